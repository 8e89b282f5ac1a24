package review

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// diffText is a group in words: whoever has its rights, and what they are.
func diffText(l words.Language, g Group) string {
	return fmt.Sprintf("%v %v %s\n", g.Users, g.Actions, strings.Join(Teller{Language: l}.Group(g), "; "))
}

func diffTexts(d Difference) (text string) {
	for _, g := range append(d.Gained.Groups(), d.Lost.Groups()...) {
		text += diffText(words.English, g)
	}
	return text
}

// diffCounted is how often each right is in the groups.
func diffCounted(groups []Group) map[Right]int {
	n := map[Right]int{}
	for _, g := range groups {
		for r := range g.All() {
			n[r]++
		}
	}
	return n
}

// The groups hold every right once, and no other; and no two that differ read the
// same, in either language.
func TestGroupsAreTheRights(t *testing.T) {
	said, groups, rights, merged := map[string]string{}, 0, 0, 0
	large := admin.Open(diffLargeOffice(t, 60))
	rapid.Check(t, func(rt *rapid.T) {
		before, after := diffDrawPair(rt, t)
		if diffOnce(rt, 10) {
			before, after = large, admin.Open(diffDrawLarge(rt, large.Office()))
		}
		d := Compare(before, after, diffNow)
		sets := []Rights{d.Gained, d.Lost}
		if len(d.Gained.there.users) < 10 {
			sets = append(sets, Compare(admin.State{}, after, diffNow).Gained)
		}
		for _, set := range sets {
			want := map[Right]int{}
			for r := range set.All() {
				want[r]++
			}
			list := set.Groups()
			if got := diffCounted(list); !maps.Equal(want, got) {
				rt.Fatalf("%d rights are told as %d: %v", len(want), len(got), list)
			}
			groups, rights = groups+len(list), rights+len(want)
			for _, g := range list {
				if len(g.Users) > 1 {
					merged++
				}
				diffReadsAlone(rt, said, g)
			}
		}
	})
	t.Logf("%d rights in %d groups, %d of them of several users", rights, groups, merged)
	if rights < 10_000 || groups*5 > rights || merged < 50 {
		t.Error("that is little, or little of it is told together")
	}
}

// Whatever rights users have on one another, they are told as they are.
func TestGroupsAreWhateverRightsThereAre(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := newComparison(admin.State{}, admin.Open(diffExampleOffice(t)), diffNow)
		r := Rights{book: c.rightBook, there: c.population(c.sides[1])}
		want := map[Right]int{}
		for u := range c.users {
			l := newRightLedger(c.rightBook)
			for _, a := range []policy.Action{policy.UserView, policy.UserDelete} {
				for target := range c.users {
					if rapid.Bool().Draw(rt, "may") {
						l.note(a, target, 0, c.memo.plainly)
						want[Right{User: c.users[u], Action: a, Target: c.users[target]}]++
					}
				}
			}
			r = r.and(u, l.pieces())
		}
		if got := diffCounted(r.Groups()); !maps.Equal(got, want) {
			rt.Fatalf("%v are told as %v", want, got)
		}
	})
}

// diffReadsAlone says whether what a group says was said of other rights before.
func diffReadsAlone(t *rapid.T, said map[string]string, g Group) {
	what := fmt.Sprint(slices.SortedFunc(g.All(), Right.Compare))
	for _, l := range []words.Language{words.English, words.Dutch} {
		text := fmt.Sprint(g.there.users, g.there.companies, diffText(l, g))
		if was, ok := said[text]; ok && was != what {
			t.Fatalf("these read the same:\n%s\n%s\n%s", text, was, what)
		}
		said[text] = what
	}
}

// However many users or companies are told of, a teller says no more names than it
// was told.
func TestATellerSaysNoMoreThanItMay(t *testing.T) {
	s := admin.Open(diffLargeOffice(t, 200))
	for _, g := range RightsOf(s, "user-00003", diffNow).Groups() {
		for _, clause := range (Teller{Most: 3}).Group(g) {
			if len(clause) > 300 || strings.Count(clause, "user-") > 8 {
				t.Errorf("%v: %s", g.Actions, clause)
			}
		}
	}
}

func TestEndsAndAccessRead(t *testing.T) {
	day := End{true, diffDay("2027-01-31")}
	later := End{true, diffDay("2027-02-28")}
	for _, c := range []struct {
		end              EndDifference
		english, inDutch string
	}{
		{EndDifference{"bob", End{Active: true}, day}, "The end date of bob was none and is 2027-01-31.", "De einddatum van bob was geen en is 2027-01-31."},
		{EndDifference{"bob", day, later}, "The end date of bob was 2027-01-31 and is 2027-02-28.", "De einddatum van bob was 2027-01-31 en is 2027-02-28."},
		{EndDifference{"bob", End{}, day}, "bob has the end date 2027-01-31.", "bob heeft de einddatum 2027-01-31."},
		{EndDifference{"bob", day, End{}}, "bob had the end date 2027-01-31.", "bob had de einddatum 2027-01-31."},
		{EndDifference{"bob", day, day}, "bob ends on 2027-01-31 in another time zone.", "bob eindigt op 2027-01-31 in een andere tijdzone."},
	} {
		if got := (Teller{}).End(c.end); got != c.english {
			t.Errorf("it reads %q, want %q", got, c.english)
		}
		if got := (Teller{Language: words.Dutch}).End(c.end); got != c.inDutch {
			t.Errorf("it reads %q, want %q", got, c.inDutch)
		}
	}
	for want, a := range map[string]AccessDifference{
		"The access of bob that others can only leave as it is has bakery and garage too.": {"bob", diffCompanies, nil},
		"The access of bob that others can only leave as it is has bakery no longer.":      {"bob", nil, diffCompanies[:1]},
		"The access of bob that others can only leave as it is has garage too, and bakery no longer.": {
			"bob", diffCompanies[1:], diffCompanies[:1],
		},
	} {
		if got := (Teller{}).Access(a); got != want {
			t.Errorf("it reads %q, want %q", got, want)
		}
	}
}

func diffGroup(set Rights, a policy.Action) (list []string) {
	for _, g := range set.Groups() {
		if slices.Contains(g.Actions, a) {
			list = append(list, strings.Join((Teller{}).Group(g), "; "))
		}
	}
	return list
}

func TestWhatSomebodyMayDoReads(t *testing.T) {
	s := admin.Open(diffExampleOffice(t))
	for _, c := range []struct {
		who  users.ID
		do   policy.Action
		want []string
	}{
		{"anna", policy.UserView, []string{"on every user"}},
		{"anna", policy.CompanyDelete, []string{"on bakery and garage"}},
		{"anna", policy.OfficeViewSettings, []string{"on office:devries"}},
		{"anna", policy.ConnectionView, []string{"on books"}},
		{"anna", policy.UserChangeCompanyAccess, []string{"on every user; leaving the access as it is; giving or taking bakery and garage"}},
		{"anna", policy.UserChangeEndDate, []string{"on themselves; no end date", "on every other user; no end date or any end date"}},
		{"anna", policy.UserChangeRoles, []string{"on themselves; to any valid set of any role, with Super user", "on every other user; to any valid set of any role"}},
		{"anna", policy.UserCreate, []string{"on office:devries; as any role; access to bakery and garage"}},
		{"anna", policy.UserChangeBillTo, []string{"on every user; to the office; to garage"}},
		{"bob", policy.UserChangeCompanyAccess, []string{"on carla; leaving the access as it is; giving or taking bakery"}},
		{"bob", policy.DocumentView, []string{"documents ready for booking and archived, whoever delivered them; of bakery"}},
		{"carla", policy.DocumentView, []string{"documents ready for tagging, ready for booking (never assigned) and archived (never assigned), whoever delivered them; of bakery and garage"}},
		{"carla", policy.DocumentAssign, nil},
		{"carla", policy.UserView, []string{"on themselves"}},
	} {
		if got := diffGroup(RightsOf(s, c.who, diffNow), c.do); !slices.Equal(got, c.want) {
			t.Errorf("%s may %s\n%q, want\n%q", c.who, c.do, got, c.want)
		}
	}
}
