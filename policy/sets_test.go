package policy

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
)

// What is looked up of a document is what the evaluator says of it with the very link
// there is, for everybody who could ask and every document.
func TestWhatIsLookedUpIsWhatTheEvaluatorSays(t *testing.T) {
	for a, d := range decided {
		if d == nil {
			continue
		}
		rows := &table[a]
		for n := range asker(askers) {
			for k := range 1 << 8 {
				have := n.facts() | rows.supplied() | kind(k).facts()
				for _, has := range []Facts{0, Linked, LinkVerified, Linked | LinkVerified} {
					own := link{all: has.Has(Linked), verified: has.Has(LinkVerified)}
					got := d.of(n, own.bond(0))[k]
					if first := d.of(n, wholeBond)[k]; !first.Allowed() && first != got {
						t.Fatalf("%s, %s: without a look at the link %+v, with it %+v", Action(a), have|has, first, got)
					}
					got.warnings = 0
					if want := rows.decide(have|has, 0); got != want {
						t.Fatalf("%s, %s: %+v, want %+v", Action(a), have|has, got, want)
					}
				}
			}
		}
	}
	for a := range AllActions() {
		if (a.On() == Document) != (decided[a] != nil) {
			t.Errorf("%s is not looked up", a)
		}
	}
}

// A set of companies is a set, however large, in an office of any size that grows.
func TestAReachIsASet(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a test
	var earlier []companySet
	for range 800 {
		total := []int{1, 127, 128, 129, 512, 513, 640, 3000}[r.IntN(8)]
		var list []uint32
		for _, c := range r.Perm(total)[:r.IntN(1+min(total, []int{1, 4, 20, 3000}[r.IntN(4)]))] {
			list = append(list, uint32(c)) //nolint:gosec // few
		}
		s := companySet{newReach(list, total), make(map[int32]bool), total}
		for _, c := range list {
			s.in[int32(c)] = true //nolint:gosec // few
		}
		s.check(t)
		for range 5 {
			s = s.changed(r)
			s.check(t)
		}
		for _, other := range earlier {
			s.against(t, other)
		}
		earlier = append(earlier[max(0, len(earlier)-8):], s)
	}
}

// companySet is a reach and what should be in it.
type companySet struct {
	reach
	in    map[int32]bool
	total int
}

func (s companySet) check(t *testing.T) {
	t.Helper()
	n := 0
	for c := int32(-2); int(c) < s.total+200; c++ {
		if s.has(c) != s.in[c] {
			t.Fatalf("%d of %d: %v", c, s.total, s.has(c))
		}
	}
	s.each(func(c int32) bool { n++; return s.in[c] })
	if n != len(s.in) || !slices.IsSorted(s.places()) {
		t.Fatalf("%d gone through of %d", n, len(s.in))
	}
	marking := s.marking()
	s.each(func(c int32) bool {
		if c%3 != 0 {
			marking.mark(uint32(c)) //nolint:gosec // not negative
		}
		return true
	})
	if got := marking.places(); !slices.Equal(got, s.places()) {
		t.Fatalf("%v is marked, of %v", got, s.places())
	}
	again := marking.marking()
	for c := range int32(s.total) + 200 { //nolint:gosec // few
		marks := uint64(one(s.in[c] && c%3 != 0))
		if in, marked := lookedUp(t, marking, c); in != s.in[c] || marked != marks {
			t.Fatalf("%d of %d: %v and marked %d, not %d", c, s.total, in, marked, marks)
		}
		if in, marked := lookedUp(t, again, c); in != s.in[c] || marked != 0 {
			t.Fatalf("%d of %d: %v and marked %d anew", c, s.total, in, marked)
		}
	}
}

// lookedUp is whether a company is in a set, and marked, as a check of booking has it for
// who has a link of which it depends on the company whether it reaches that.
func lookedUp(t rapid.TB, r reach, company int32) (in bool, marked uint64) {
	t.Helper()
	who := Subject{
		snap: new(Snapshot), quick: true, asker: askerOf(uint16(Active | IsAccountant | BookingRole)),
		standing: standing{words: r.words, table: r.table, shift: r.shift, brief: (proven | unsure) << 3},
	}
	answer := who.May(DocumentBook, Placed{is: ready | wholeDocument | placedAs(StageBooking/StageTagging)<<8 | 3<<16, at: company})
	switch {
	case answer.Allowed():
		return true, 1
	case answer.Code() == NotLinked:
		return true, 0
	case answer.Code() != NoCompanyAccess:
		t.Fatalf("%d: %+v", company, answer)
	}
	return false, 0
}

// changed is the set in an office that may have grown, with some more and some fewer.
func (s companySet) changed(r *rand.Rand) companySet {
	next := companySet{s.reach, make(map[int32]bool), s.total + r.IntN(3)*r.IntN(400)}
	var more, fewer []uint32
	few := 1 + r.IntN(3)*r.IntN(200)
	for c := range int32(next.total) { //nolint:gosec // few
		next.in[c] = s.in[c]
		if r.IntN(few) == 0 {
			next.in[c] = !s.in[c]
			if s.in[c] {
				fewer = append(fewer, uint32(c))
			} else {
				more = append(more, uint32(c))
			}
		}
		if !next.in[c] {
			delete(next.in, c)
		}
	}
	next.reach = s.reach.changed(more, fewer, next.total)
	return next
}

func (s companySet) against(t *testing.T, other companySet) {
	t.Helper()
	shares, within := false, true
	for c := range s.in {
		shares, within = shares || other.in[c], within && other.in[c]
	}
	if s.shares(other.reach) != shares || other.shares(s.reach) != shares || s.within(other.reach) != within {
		t.Fatalf("shares %v, within %v", shares, within)
	}
}

// Each id is found where it stands, however many there are, and no other is.
func TestIDsAreFoundWhereTheyStand(t *testing.T) {
	var list []entry[companies.ID, int]
	for n := range 300 {
		p := placesOf(list)
		for i, e := range list {
			if p.find(e.id) != place(i) || p.id(place(i)) != e.id || *p.at(place(i)) != i {
				t.Fatalf("%s of %d is at %d", e.id, n, p.find(e.id))
			}
		}
		for _, id := range []companies.ID{"", "c", "zz"} {
			if p.find(id) != noPlace {
				t.Fatalf("%q is found among %d", id, n)
			}
		}
		list = append(list, entry[companies.ID, int]{companies.ID(fmt.Sprintf("c%03d", n)), n})
	}
}
