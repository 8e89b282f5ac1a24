package review

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
	"github.com/mandaat/mandaat/workflow"
)

// mended is an office and its documents while a mend is carried out.
type mended struct {
	admin.State
	docs []documents.Document
	at   time.Time
}

// supposed is what becomes of it whoever may make the changes.
func (m mended) supposed(list ...Change) (mended, error) {
	m.docs = slices.Clone(m.docs)
	for _, c := range list {
		if err := m.moveBy(c.DocumentCommand()); err != nil {
			return m, err
		}
	}
	var err error
	m.State, err = supposing(m.State, list...)
	return m, err
}

func (m mended) moveBy(c workflow.Command) (err error) {
	for i := range m.docs {
		d := &m.docs[i]
		switch c := c.(type) {
		case workflow.Reassign:
			if c.Document == d.ID() {
				*d, err = d.Reassign(c.Authorisers.Slice()...)
			}
		case workflow.Withdraw:
			if c.Document == d.ID() {
				*d, err = d.Withdraw()
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (m mended) findings() []Finding { return Findings(m.State, m.docs, m.at) }

// actor is somebody who may do everything a mend takes: a Super user who is active.
func (m mended) actor() (users.ID, bool) {
	for u := range m.Office().Users() {
		if u.Roles.Has(roles.SuperUser) && u.ActiveOn(m.Office().Day(m.at)) {
			return u.ID, true
		}
	}
	return "", false
}

var errNobody = errors.New("nobody may")

// carriedOut makes one change as an office would: by its command, given by somebody
// who may, with what only a person knows filled in.
func (m mended) carriedOut(c Change) (mended, error) {
	if move := c.DocumentCommand(); move != nil {
		return m.moved(move)
	}
	by, found := m.actor()
	command := c.Command()
	switch typed := command.(type) {
	case admin.Reconnect:
		system, _ := m.Office().SystemState(typed.System)
		by, found = system.SynchronisationUser, true
	case nil:
		if id, own := strings.CutPrefix(c.String(), "change_email ADDRESS for "); own {
			by, found = users.ID(id), true
			command = admin.ChangeEmail{User: by, Email: id + "@own.example", OldPasswordVerified: policy.Given(true)}
		} else {
			command = admin.CreateUsers{Roles: roles.SetOf(roles.SuperUser), People: changes.ListOf(admin.Person{
				User: "sofie", Username: "sofie", Email: "sofie@own.example",
			})}
		}
	}
	if !found {
		return m, errNobody
	}
	var err error
	m.State, _, err = admin.Apply(m.State, by, m.at, command)
	return m, err
}

// moved has an Authorisation administrator of the document's company move it.
func (m mended) moved(c workflow.Command) (mended, error) {
	m.docs = slices.Clone(m.docs)
	for i := range m.docs {
		id := m.docs[i].ID()
		if c != (workflow.Withdraw{Document: id}) && !strings.Contains(c.Name(), "reassign") {
			continue
		}
		if r, ok := c.(workflow.Reassign); ok && r.Document != id {
			continue
		}
		for u := range m.Office().Users() {
			if !u.Access.Has(m.docs[i].Company()) || !u.Roles.Has(roles.AuthorisationAdministrator) || !u.ActiveOn(m.Office().Day(m.at)) {
				continue
			}
			result, err := workflow.Do(m.Snapshot(), m.docs[i], u.ID, m.at, c)
			if err == nil {
				m.docs[i] = result.Documents[0]
			}
			return m, err
		}
	}
	return m, errNobody
}

// left says whether a finding is still there, or, of what users share, whether any
// two of them still do.
func left(f *Finding, after []Finding) bool {
	return slices.ContainsFunc(after, func(a Finding) bool {
		still := 0
		for _, id := range a.Users {
			still += count(slices.Contains(f.Users, id))
		}
		return a.ID == f.ID && a.System == f.System && still > 1 || plainly(&a) == plainly(f)
	})
}

// newErrors is the findings of level error that there were not before.
func newErrors(before, after []Finding) (list []plainFinding) {
	for _, a := range after {
		if a.Level == roles.Error && !slices.ContainsFunc(before, func(b Finding) bool { return plainly(&b) == plainly(&a) }) {
			list = append(list, plainly(&a))
		}
	}
	return list
}

// Every mend is tried, on paper and by commands that somebody may give. Its finding
// is gone, and no new error has come.
func TestAMendClearsItsFindingAndCausesNoNewError(t *testing.T) {
	tried, byCommands, without := map[string]int{}, map[string]int{}, map[string]int{}
	check := func(t *rapid.T) {
		c := findingsDraw(t)
		start := mended{c.state(t), c.documents(t), c.at}
		before := start.findings()
		for _, f := range before {
			if f.Mend == nil {
				without[f.ID]++
				continue
			}
			tried[f.ID]++
			after, err := start.supposed(f.Mend...)
			if err != nil {
				t.Fatalf("%s cannot be supposed: %v", findingsTexts([]Finding{f}), err)
			}
			checkMended(t, "supposed", &f, before, after)
			done, ok := byCommand(t, start, &f)
			if !ok {
				continue
			}
			byCommands[f.ID]++
			checkMended(t, "by commands", &f, before, done)
			if diff := gocmp.Diff(whatIsFound(after), whatIsFound(done)); diff != "" {
				t.Fatalf("%s: otherwise than supposed (-supposed +done):\n%s", findingsTexts([]Finding{f}), diff)
			}
		}
	}
	for range 15 {
		rapid.Check(t, check)
	}
	t.Logf("tried: %v", tried)
	t.Logf("by commands: %v", byCommands)
	t.Logf("without a mend: %v", without)
	for r := range Rules() {
		if tried[r.ID] < 50 || byCommands[r.ID] < 20 && r.ID != "O1" {
			t.Errorf("%s was mended %d times, %d by commands", r.ID, tried[r.ID], byCommands[r.ID])
		}
	}
	for id := range without {
		if !slices.Contains([]string{"O3", "O4", "O5", "O6", "O16"}, id) {
			t.Errorf("%s has no mend", id)
		}
	}
}

// whatIsFound leaves out the names that were made up in the place of another.
func whatIsFound(m mended) (list []string) {
	for _, f := range m.findings() {
		what := plainly(&f)
		list = append(list, strings.NewReplacer("another", "ADDED", "sofie", "ADDED").Replace(fmt.Sprint(what)))
	}
	slices.Sort(list)
	return list
}

func checkMended(t *rapid.T, how string, f *Finding, before []Finding, after mended) {
	list := after.findings()
	if left(f, list) {
		t.Fatalf("%s, it is still there: %s", how, findingsTexts([]Finding{*f}))
	}
	if fresh := newErrors(before, list); fresh != nil {
		t.Fatalf("%s, new errors came of %s:\n%v", how, findingsTexts([]Finding{*f}), fresh)
	}
}

// byCommand carries a mend out; false where there is nobody at all who may.
func byCommand(t *rapid.T, m mended, f *Finding) (mended, bool) {
	for _, c := range f.Mend {
		next, err := m.carriedOut(c)
		if errors.Is(err, errNobody) {
			return m, false
		}
		if err != nil {
			t.Fatalf("%s: %q was refused: %v", findingsTexts([]Finding{*f}), c, err)
		}
		m = next
	}
	return m, true
}

func TestWhereNoMendIsSafeTheMessageSaysWhatMustHappen(t *testing.T) {
	seen := 0
	check := func(t *rapid.T) {
		c := findingsDraw(t)
		for _, f := range c.found(t) {
			says := strings.Contains(f.Message(words.English), " must first ") || strings.Contains(f.Message(words.English), "nobody else could be yet")
			if says != (f.Mend == nil) {
				t.Fatalf("says what must happen: %v; %s", says, findingsTexts([]Finding{f}))
			}
			seen += count(says)
		}
	}
	for range 3 {
		rapid.Check(t, check)
	}
	t.Logf("%d without a mend", seen)
	if seen < 30 {
		t.Errorf("only %d without a mend", seen)
	}
}
