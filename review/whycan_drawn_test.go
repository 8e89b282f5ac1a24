package review

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// Of offices and questions beyond the enumeration, every ending of whatever size ends
// what it is to end, as does no part of it that is told and could be carried out; those who
// may make it are just those who can when everybody tries every order; and the order is
// that which is told.
func TestEveryEndingHoldsAndNoPartOfItDoes(t *testing.T) {
	questions := canQuestions()
	var n canDrawnCount
	rapid.Check(t, func(t *rapid.T) {
		p := canOffice(rapid.IntRange(1, 127).Draw(t, "roles"), rapid.IntRange(1000, 9999).Draw(t, "round"))
		for _, id := range []users.ID{"vera", "walt"} {
			p.Users = append(p.Users, users.User{
				ID: id, Username: string(id), Email: "someone@example.com", Access: users.AccessTo("bakery"),
				Roles: rapid.SampledFrom(plainTargets).Draw(t, "roles of "+string(id)), Used: rapid.Bool().Draw(t, "used"),
			})
		}
		o, err := offices.New(p)
		if err != nil {
			t.Fatal(err)
		}
		d := canDrawn{drawnOffice{parts: p, state: admin.Open(o)}, &n}
		from := rapid.IntRange(0, len(questions)-1).Draw(t, "from")
		for i := range 14 {
			q := questions[(from+i*7)%len(questions)]
			d.check(t, &q)
		}
	})
	t.Logf("%+v", n)
	if n.endings < 200 || n.parts < 300 || n.may < 200 || n.largest < 3 || n.pairs < 50 || n.unlike < 20 {
		t.Error("that was too little")
	}
}

// canDrawnCount is how much the drawn test looked at.
type canDrawnCount struct{ allowed, endings, parts, users, may, largest, pairs, unlike int }

type canDrawn struct {
	drawnOffice
	n *canDrawnCount
}

func (d *canDrawn) check(t *rapid.T, q *plainQuestion) {
	r := q.asked(q.docs)
	standing := WhyCan(d.state, r)
	if standing.Allowed() {
		d.n.allowed++
	}
	for i, e := range standing.Endings {
		if i > 0 && i < 5 {
			d.order(t, q, standing.Endings[i-1], e)
		}
		if len(e.Changes) > 4 || i > 5 {
			continue // to try all orders and parts would take long
		}
		d.n.endings++
		d.n.largest = max(d.n.largest, len(e.Changes))
		singles := d.canSingles(e.Remedy)
		if !d.ended(q, singles, r) {
			t.Fatalf("%s: %v does not do", q.name, e.Changes)
		}
		for part := range 1<<len(singles) - 1 {
			some := slices.DeleteFunc(slices.Clone(singles), func(c plainChange) bool {
				return part&(1<<slices.Index(singles, c)) == 0
			})
			d.n.parts++
			if d.ended(q, some, r) {
				t.Fatalf("%s: of %v, %v are enough", q.name, e.Changes, some)
			}
		}
		d.by(t, q, e.Remedy, r)
	}
}

// canSingles is the single changes of an ending.
func (d *canDrawn) canSingles(r Remedy) (list []plainChange) {
	for _, c := range canChanges(&d.parts) {
		if slices.ContainsFunc(r.Changes, func(change Change) bool { return madeBy(&d.parts, c, change) }) {
			list = append(list, c)
		}
	}
	return list
}

// ended says whether changes end it, may be told of together and could be carried out.
func (d *canDrawn) ended(q *plainQuestion, set []plainChange, r policy.Request) bool {
	b := brute{parts: d.parts}
	after, ok := b.after(set)
	return ok && !after.Check(r).Allowed() && b.canTell(q, r, set) && couldBe(&d.parts, set)
}

// by holds who may make an ending against everybody trying every order.
func (d *canDrawn) by(t *rapid.T, q *plainQuestion, m Remedy, r policy.Request) {
	var commands []admin.Command
	for _, c := range m.Changes {
		commands = append(commands, c.Command())
	}
	var may []users.ID
	for _, u := range d.parts.Users {
		d.n.users++
		if d.tries(d.state, u.ID, commands, func(s admin.State) bool { return !s.Snapshot().Check(r).Allowed() }) {
			may = append(may, u.ID)
		}
	}
	d.n.may += len(may)
	slices.Sort(may)
	if !slices.Equal(may, m.By) || !m.ByOffice {
		t.Fatalf("%s: %v is told to be by %v; those who can are %v", q.name, m.Changes, m.By, may)
	}
}

// order holds two endings that follow each other against the order that is told: an end
// date last, then the fewest changes, then what else they would change, then the text.
func (d *canDrawn) order(t *rapid.T, q *plainQuestion, one, next Ending) {
	d.n.pairs++
	a, b := []int{canLast(one), len(one.Changes)}, []int{canLast(next), len(next.Changes)}
	switch slices.Compare(a, b) {
	case 1:
		t.Fatalf("%s: %v comes before %v", q.name, one.Changes, next.Changes)
	case 0:
		less, more := d.changed(t, one), d.changed(t, next)
		d.n.unlike += count(less != more)
		if less > more || less == more && textOf(one.Changes) >= textOf(next.Changes) {
			t.Fatalf("%s: %v changes %d, and comes before %v, which changes %d", q.name, one.Changes, less, next.Changes, more)
		}
	}
}

func canLast(e Ending) int {
	return count(slices.ContainsFunc(e.Changes, func(c Change) bool {
		cmd, ok := c.Command().(admin.ChangeEndDate)
		return ok && !cmd.EndDate.IsZero()
	}))
}

// changed is how many rights an ending gives and takes.
func (d *canDrawn) changed(t *rapid.T, e Ending) int {
	after, err := supposing(d.state, e.Changes...)
	if err != nil {
		t.Fatal(err)
	}
	c := Compare(d.state, after, plainNow)
	return c.Gained.Len() + c.Lost.Len()
}
