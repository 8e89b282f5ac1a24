package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/workflow"
)

// drawnCount is how much the drawn test looked at.
type drawnCount struct{ remedies, subsets, users, may, moved, largest int }

// Of offices and questions beyond the enumeration, every remedy of whatever size is
// sound and has nothing superfluous, and those who may make it are just those who can
// when everybody tries every order.
func TestEveryRemedyHoldsAndNoPartOfItDoes(t *testing.T) {
	questions := plainQuestions()
	var n drawnCount
	rapid.Check(t, func(t *rapid.T) {
		p := plainOffice(rapid.IntRange(0, 127).Draw(t, "roles"), rapid.IntRange(1000, 9999).Draw(t, "round"))
		for _, id := range []users.ID{"vera", "walt"} {
			p.Users = append(p.Users, users.User{
				ID: id, Username: string(id), Email: "someone@example.com", Access: users.AccessTo("bakery"),
				Roles: rapid.SampledFrom(plainTargets).Draw(t, "roles of "+string(id)), Used: rapid.Bool().Draw(t, "used"),
			})
		}
		d := drawnOffice{parts: p, count: &n}
		o, err := offices.New(p)
		if err != nil {
			t.Fatal(err)
		}
		d.state = admin.Open(o)
		for range 4 {
			q := rapid.SampledFrom(questions).Draw(t, "question")
			d.check(t, &q)
		}
	})
	t.Logf("%+v", n)
	if n.remedies < 200 || n.subsets < 300 || n.may < 200 || n.moved < 3 || n.largest < 4 {
		t.Error("that was too little")
	}
}

type drawnOffice struct {
	parts offices.Parts
	state admin.State
	count *drawnCount
}

func (d *drawnOffice) check(t *rapid.T, q *plainQuestion) {
	answer := WhyNot(d.state, q.asked(q.docs))
	for i, r := range answer.Remedies {
		if i > 0 && len(r.Changes) < len(answer.Remedies[i-1].Changes) {
			t.Fatalf("%s: %v comes after %v", q.name, r.Changes, answer.Remedies[i-1].Changes)
		}
		if len(r.Changes) > 5 || i > 30 {
			continue // to try all orders and parts would take long
		}
		d.count.remedies++
		d.count.largest = max(d.count.largest, len(r.Changes))
		singles := d.singles(r)
		given := d.given(q, r)
		if !d.holds(singles, given) {
			t.Fatalf("%s: %v does not do", q.name, r.Changes)
		}
		for part := range 1<<len(singles) - 1 {
			some := slices.DeleteFunc(slices.Clone(singles), func(c plainChange) bool {
				return part&(1<<slices.Index(singles, c)) == 0
			})
			d.count.subsets++
			if d.holds(some, given) {
				t.Fatalf("%s: of %v, %v are enough", q.name, r.Changes, some)
			}
		}
		d.by(t, q, r)
	}
}

// singles is the single changes of a remedy, of the office.
func (d *drawnOffice) singles(r Remedy) (list []plainChange) {
	for _, c := range plainChanges(&d.parts) {
		if slices.ContainsFunc(r.Changes, func(change Change) bool { return madeBy(&d.parts, c, change) }) {
			list = append(list, c)
		}
	}
	return list
}

// madeBy says whether a change makes a single one, or that and others.
func madeBy(p *offices.Parts, c plainChange, change Change) bool {
	switch cmd := change.Command().(type) {
	case admin.ChangeRoles:
		return c.kind == "role" && cmd.User == c.user && (cmd.Roles ^ plainUser(p, c.user).Roles).Has(c.role)
	case admin.ChangeCompanyAccess:
		sign := map[bool]string{true: "+", false: "-"}[c.on]
		return c.kind == "access" && cmd.User == c.user && slices.Contains(strings.Fields(change.String()), sign+string(c.company))
	}
	return plainText(p, []plainChange{c})[0] == change.String()
}

// given is the question as it is with what a remedy gives and awaits.
func (d *drawnOffice) given(q *plainQuestion, r Remedy) []policy.Request {
	var others []string
	for _, c := range r.Changes {
		if c.Command() == nil {
			others = append(others, c.String())
		}
	}
	slices.Sort(others)
	b := brute{parts: d.parts, states: []supposed{{after: d.state.Snapshot()}}}
	for _, docs := range b.documents(q) {
		shown := slices.Sorted(slices.Values(docs.shown))
		if slices.Equal(shown, others) {
			return docs.requests
		}
	}
	return nil
}

// holds says whether changes help and could be carried out.
func (d *drawnOffice) holds(set []plainChange, asked []policy.Request) bool {
	b := brute{parts: d.parts}
	after, ok := b.after(set)
	return ok && slices.ContainsFunc(asked, func(r policy.Request) bool { return after.Check(r).Allowed() }) && couldBe(&d.parts, set)
}

// by holds who may make a remedy against everybody trying every order.
func (d *drawnOffice) by(t *rapid.T, q *plainQuestion, r Remedy) {
	var commands []admin.Command
	for _, c := range r.Changes {
		if c.Command() != nil {
			commands = append(commands, c.Command())
		}
	}
	asked := d.given(q, r)
	awaits := slices.ContainsFunc(r.Changes, func(c Change) bool { return strings.HasPrefix(c.String(), "await") })
	if len(commands) == 0 && !awaits {
		if !slices.Equal(r.By, []users.ID{"alice"}) {
			t.Fatalf("%s: %v by %v", q.name, r.Changes, r.By)
		}
		return
	}
	var may []users.ID
	for _, u := range d.parts.Users {
		d.count.users++
		if d.tries(d.state, u.ID, commands, func(s admin.State) bool {
			return slices.ContainsFunc(asked, func(r policy.Request) bool { return s.Snapshot().Check(r).Allowed() }) &&
				d.moves(s, u.ID, q, r)
		}) {
			may = append(may, u.ID)
		}
	}
	d.count.may += len(may)
	slices.Sort(may)
	if !slices.Equal(may, r.By) {
		t.Fatalf("%s: %v is told to be by %v; those who can are %v", q.name, r.Changes, r.By, may)
	}
}

// tries carries commands out in every order, and says whether one of them comes to
// an end that will do.
func (d *drawnOffice) tries(s admin.State, by users.ID, rest []admin.Command, end func(admin.State) bool) bool {
	if len(rest) == 0 {
		return end(s)
	}
	for i, c := range rest {
		next, _, err := admin.Apply(s, by, plainNow, c)
		if err == nil && d.tries(next, by, append(slices.Clone(rest[:i]), rest[i+1:]...), end) {
			return true
		}
	}
	return false
}

// moves says whether a user can move each document to where a remedy awaits it.
func (d *drawnOffice) moves(s admin.State, by users.ID, q *plainQuestion, r Remedy) bool {
	for _, p := range q.docs {
		for _, c := range r.Changes {
			words := strings.Fields(c.String())
			if words[0] == "await" && words[len(words)-1] == string(p.ID) {
				doc, err := documents.New(p)
				if err != nil || !d.walks(s, by, doc, words[1]) {
					return false
				}
				d.count.moved++
			}
		}
	}
	return true
}

// walks tries every move that a user may make, again and again.
func (d *drawnOffice) walks(s admin.State, by users.ID, doc documents.Document, to string) bool {
	there := func(d documents.Document) bool {
		switch to {
		case "route":
			return d.Route().IsPending()
		case "turn":
			return d.Route().InTurn() == "alice"
		}
		return d.Stage().String() == to
	}
	queue, seen := []documents.Document{doc}, map[string]bool{}
	for range 5 {
		var next []documents.Document
		for _, from := range queue {
			if there(from) {
				return true
			}
			for _, c := range drawnMoves(doc.ID(), d.parts.Users) {
				result, err := workflow.Do(s.Snapshot(), from, by, plainNow, c)
				if err != nil {
					continue
				}
				if at := fmt.Sprint(result.Documents[0].Parts()); !seen[at] {
					seen[at] = true
					next = append(next, result.Documents[0])
				}
			}
		}
		queue = next
	}
	return false
}

func drawnMoves(id documents.ID, everybody []users.User) []workflow.Command {
	list := []workflow.Command{
		workflow.Tag{Document: id},
		workflow.Approve{Document: id},
		workflow.Reject{Document: id, Comment: "no"},
		workflow.Withdraw{Document: id},
		workflow.Return{Document: id},
		workflow.Book{Document: id},
	}
	for _, u := range everybody {
		list = append(list,
			workflow.Assign{Document: id, Authorisers: changes.ListOf(u.ID)}, workflow.Reassign{Document: id, Authorisers: changes.ListOf(u.ID)})
	}
	return list
}
