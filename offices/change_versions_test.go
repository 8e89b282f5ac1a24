package offices_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/sync"
)

// version is an office, and the parts that the same changes made of the first.
type version struct {
	office offices.Office
	parts  offices.Parts
}

// history draws changes, one after another and sometimes of an older version, and
// holds each against what becomes of the plain parts.
func history(t *rapid.T, note func(c change, made bool)) []version {
	p := drawStart(t)
	list := []version{{office(t, p), p}}
	for range rapid.IntRange(1, 30).Draw(t, "changes") {
		before := list[len(list)-1]
		if seldom(t, "of an older version") {
			before = rapid.SampledFrom(list).Draw(t, "version")
		}
		c := drawChange(t, before.parts)
		want, possible := c.edited(before.parts)
		after, err := c.make(before.office)
		note(c, err == nil)
		switch {
		case possible != (err == nil):
			t.Fatalf("%s: the parts are an office: %t, but the change: %v", c.name, possible, err)
		case err != nil:
			refused(t, c, after, err)
		default:
			list = append(list, version{after, want})
		}
	}
	return list
}

func refused(t *rapid.T, c change, after offices.Office, err error) {
	t.Helper()
	if !errors.Is(err, problems.ErrInvalid) || len(problems.All(err)) == 0 {
		t.Fatalf("%s is refused with %v", c.name, err)
	}
	for _, p := range problems.All(err) {
		if p.Found == "" || p.Expected == "" {
			t.Fatalf("%s is refused with %+v", c.name, p)
		}
	}
	if after != (offices.Office{}) {
		t.Fatalf("%s is refused, and something comes back: %+v", c.name, after.Parts())
	}
}

func anyChange(change, bool) {}

// neverRefused is the changes for which nothing can be wrong.
var neverRefused = map[string]bool{"AtVersion": true, "WithoutPasswordLink": true}

// A change is made exactly where what it makes of the parts is an office, and then
// it makes that one. An edit of its model says where it is stricter.
func TestAChangeIsThatOfThePartsAndRefusedWhereTheyWouldBeNoOffice(t *testing.T) {
	made, not := map[string]int{}, map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		list := history(t, func(c change, ok bool) {
			if ok {
				made[c.name]++
			} else {
				not[c.name]++
			}
		})
		for _, v := range list {
			if diff := cmp.Diff(v.parts, v.office.Parts(), same); diff != "" {
				t.Fatalf("(-parts changed +office changed):\n%s", diff)
			}
			if diff := cmp.Diff(v.parts, office(t, v.office.Parts()).Parts(), same); diff != "" {
				t.Fatalf("(-parts changed +made of its own parts):\n%s", diff)
			}
		}
	})
	for name := range made {
		if made[name] < 2 || not[name] < 2 && !neverRefused[name] {
			t.Errorf("%s was made %d times and refused %d times: the property says too little", name, made[name], not[name])
		}
	}
	if len(made) != kinds {
		t.Errorf("%d of %d kinds of change were made", len(made), kinds)
	}
}

// Whatever is made of an office, it stays what it was.
func TestEveryVersionOfAnOfficeStaysWhatItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var then []offices.Parts
		list := history(t, anyChange)
		for _, v := range list {
			then = append(then, v.office.Parts())
		}
		for _, v := range list { // every version branches once more
			_, _ = drawChange(t, v.parts).make(v.office)
		}
		for i, v := range list {
			if diff := cmp.Diff(v.parts, then[i], same); diff != "" {
				t.Fatalf("version %d (-made +after later changes):\n%s", i, diff)
			}
			if diff := cmp.Diff(then[i], v.office.Parts(), same); diff != "" {
				t.Fatalf("version %d (-before +after branching):\n%s", i, diff)
			}
		}
	})
}

// A link that went left room behind those that stayed. Two who fill it from one
// office do not write into each other's.
func TestTwoLinksMadeFromOneOfficeStayApart(t *testing.T) {
	left, err := office(t, small(t)).WithoutLink("anna", "ledger")
	if err != nil {
		t.Fatal(err)
	}
	for _, verified := range []bool{true, false} {
		l := sync.Link{User: "anna", System: "ledger", AccountingUser: "l-anna", Verified: verified}
		one, errOne := left.WithLink(l)
		l.Verified, l.AccountingUser = !verified, "l-bob"
		other, errOther := left.WithLink(l)
		if errOne != nil || errOther != nil {
			t.Fatal(errOne, errOther)
		}
		first, _ := one.Link("anna", "ledger")
		second, _ := other.Link("anna", "ledger")
		if first.Verified != verified || first.AccountingUser != "l-anna" || second != l || count(left.Links("anna")) != 1 {
			t.Errorf("the first is %+v, the second %+v, and %d were left", first, second, count(left.Links("anna")))
		}
	}
}
