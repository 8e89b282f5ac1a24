package scenarios

import (
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/internal/edit"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Record is a scenario file that says who of an office can do what at a moment, as the
// policy answers: a scenario for each action that recorded wants, with a table for all
// the resources that the same users can do it on. name is what the file calls the
// office by.
func Record(file *officefile.File, name string, at time.Time, recorded func(policy.Action) bool) string {
	r := recorder{file: file, at: at.UTC().Truncate(time.Second), snapshot: policy.Compile(file.Office)}
	fmt.Fprintf(&r.text, "# Who can do what in %s, as recorded. Of an action that takes properties,\n", oneLine(file.Office.Name()))
	r.text.WriteString("# it is said who could do it with some that are well chosen.\n")
	fmt.Fprintf(&r.text, "office: %s\nat: %s\n\nscenarios:\n", edit.Flow(edit.String(name)), r.at.Format(time.RFC3339))
	for a := range policy.AllActions() {
		if recorded(a) {
			r.action(a)
		}
	}
	return r.text.String()
}

type recorder struct {
	file     *officefile.File
	at       time.Time
	snapshot *policy.Snapshot
	text     strings.Builder
}

// oneLine is a text as a comment can have it.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// action records who can do an action on each resource; nothing where there is none.
func (r *recorder) action(a policy.Action) {
	var order []string
	resources := make(map[string][]string) // by who can
	for resource := range r.resources(a.On()) {
		who := r.who(a, resource)
		if _, known := resources[who]; !known {
			order = append(order, who)
		}
		id, _ := strings.CutPrefix(resource.String(), a.On().String()+":")
		resources[who] = append(resources[who], typed(a.On(), id))
	}
	if len(order) == 0 {
		return
	}
	fmt.Fprintf(&r.text, "  - name: %s\n    tables:\n", a)
	for _, who := range order {
		fmt.Fprintf(&r.text, "      - actions: [%s]\n        resources: [%s]\n        can: %s\n", a, strings.Join(resources[who], ", "), who)
	}
}

// typed is "type:id", with quotes where YAML needs them.
func typed(kind policy.ResourceType, id string) string {
	if edit.Flow(edit.String(id)) == id {
		return kind.String() + ":" + id
	}
	return edit.Flow(edit.String(kind.String() + ":" + id))
}

// who is the users who can, as a table says it.
func (r *recorder) who(a policy.Action, resource policy.Resource) string {
	list, all := edit.List{}, 0
	for u := range r.file.Office.Users() {
		all++
		subject := r.snapshot.Subject(u.ID, r.at)
		if d, _ := subject.Could(a, resource, nil); d.Allowed() {
			list = append(list, edit.String(string(u.ID)))
		}
	}
	switch len(list) {
	case 0:
		return "none"
	case all:
		return "all"
	}
	return "{only: " + edit.Flow(list) + "}"
}

// resources goes through the resources of a type.
func (r *recorder) resources(kind policy.ResourceType) iter.Seq[policy.Resource] {
	return func(yield func(policy.Resource) bool) {
		o := r.file.Office
		switch kind {
		case policy.Document:
			for i := range r.file.Documents {
				if !yield(policy.OfDocument(&r.file.Documents[i])) {
					return
				}
			}
		case policy.Company:
			each(o.Companies(), func(c companies.Company) policy.Resource { return policy.OfCompany(c.ID) }, yield)
		case policy.User:
			each(o.Users(), func(u users.User) policy.Resource { return policy.OfUser(u.ID) }, yield)
		case policy.Connection:
			each(o.Systems(), func(s sync.System) policy.Resource { return policy.OfConnection(s.ID) }, yield)
		case policy.Office:
			yield(policy.OfOffice(o.Code()))
		}
	}
}

func each[T any](list iter.Seq[T], of func(T) policy.Resource, yield func(policy.Resource) bool) {
	for v := range list {
		if !yield(of(v)) {
			return
		}
	}
}
