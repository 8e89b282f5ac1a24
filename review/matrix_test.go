package review

import (
	"maps"
	"slices"
	"testing"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// A role can do an action in full where everything that can be asked, and meets what
// the action always needs, is allowed; under conditions where something is.
func TestTheMatrixIsWhatAskingFinds(t *testing.T) {
	var met leastMet
	met.met, met.usual = map[Grant]map[policy.Action]map[policy.Facts]bool{}, map[policy.Action][]policy.Request{}
	for a := range policy.AllActions() {
		met.usual[a] = leastQuestions(leastOffice(0, 0), a, false)
	}
	for _, role := range roles.All() {
		for rights := range subsetsOf(everyRight) {
			met.ask(t, leastOffice(roles.SetOf(role), rights), Grant{roles.SetOf(role), rights})
		}
	}
	count := map[Extent]int{}
	for l := range Matrix() {
		for _, role := range roles.All() {
			if got, want := l.Of(role), met.extent(l, role); got != want {
				t.Errorf("%s for %s: %s, by asking %s", l.Action, role, got, want)
			}
			count[l.Of(role)]++
		}
	}
	t.Logf("%d questions: %v", met.asked, count)
	if len(count) != 3 || count[Full] < 30 || count[Conditional] < 30 || count[Never] < 100 {
		t.Error("too few")
	}
	if (MatrixLine{}).Of(0) != Never {
		t.Error("no role can do something")
	}
}

// extent tries a role with all rights and without each, leaving out what a right
// opens to whoever has it.
func (m *leastMet) extent(l MatrixLine, role roles.Role) Extent {
	full, some := true, false
	for rights := range subsetsOf(everyRight) {
		if rights&l.Rights != 0 {
			continue
		}
		for word, allowed := range m.met[Grant{roles.SetOf(role), rights}][l.Action] {
			if word.Has(l.Action.Always()) {
				full, some = full && allowed, some || allowed
			}
		}
	}
	switch {
	case full && some:
		return Full
	case some:
		return Conditional
	}
	return Never
}

// A right that opens an action by itself does so for every role, and is needed.
func TestWhatARightOpensByItself(t *testing.T) {
	got := map[policy.Action]policy.Facts{}
	for l := range Matrix() {
		if l.Rights != 0 {
			got[l.Action] = l.Rights
		}
	}
	if !maps.Equal(got, map[policy.Action]policy.Facts{policy.DocumentView: policy.ArchiveRight}) {
		t.Error(got)
	}
}

func TestTheMatrixOfAnOfficeIsWhoMay(t *testing.T) {
	o := leastOffice(roles.SetOf(roles.Accountant, roles.ClientUser), policy.BankRight)
	s := admin.Open(o)
	cells, may := 0, 0
	for _, r := range []policy.Resource{
		policy.OfDocument(leastDocuments[0]), policy.OfCompany("bakery"), policy.OfUser("t5-0"), policy.OfUser("xeno"),
		policy.OfConnection("exact"), policy.OfOffice("devries"),
	} {
		byUser := map[users.ID]UserLine{}
		for l := range MatrixOn(s, r, leastNow) {
			byUser[l.User] = l
		}
		for a := range ActionsOn(r.Type) {
			var who []users.ID
			for actor := range Who(s, a, r, nil, leastNow) {
				who = append(who, actor.User)
			}
			for u := range o.Users() {
				cells++
				if slices.Contains(byUser[u.ID].May, a) != slices.Contains(who, u.ID) {
					t.Errorf("%s of %s on %s", a, u.ID, r)
				}
			}
			may += len(who)
		}
	}
	t.Logf("%d of %d may", may, cells)
	if may < 500 || may > cells-500 {
		t.Error("too few")
	}
}

func TestAnExtentReadsAsItPrints(t *testing.T) {
	for e := Never; e <= Full; e++ {
		text, err := e.MarshalText()
		var again Extent
		if err != nil || again.UnmarshalText(text) != nil || again != e {
			t.Errorf("%s: %s, %v", e, text, err)
		}
	}
	if _, err := Extent(9).MarshalText(); err == nil || new(Extent).UnmarshalText([]byte("some")) == nil {
		t.Error("there are more extents")
	}
}
