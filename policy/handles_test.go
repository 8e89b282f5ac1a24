package policy

import (
	"fmt"
	"slices"
	"testing"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// Whatever action a list is to go on after, also one that is none, it gives none that
// came before.
func TestActionsGoOnAfterAnyAction(t *testing.T) {
	s := usual().compile(t)
	rosa := s.Subject("rosa", now)
	p := s.Place(OfUser("carla"))
	for after := range 1 << 8 {
		for a := range rosa.Actions(p, Action(after)) {
			if int(a) <= after {
				t.Fatalf("after %d: %d", after, a)
			}
		}
	}
}

// Where a subject is nobody at all, the answer is that of nobody.
func TestNoSubjectIsNobody(t *testing.T) {
	var s *Subject
	if d := s.Check(DocumentView, tagging, nil); d.Code() != UnknownUser {
		t.Errorf("Check: %+v", d)
	}
	if d, _ := s.Could(DocumentView, tagging, nil); d.Code() != UnknownUser {
		t.Errorf("Could: %+v", d)
	}
	if d := s.May(DocumentView, usual().compile(t).Place(tagging)); d.Code() != UnknownUser {
		t.Errorf("May: %+v", d)
	}
}

// For an action on documents, the companies are those of which there is a document that
// may be acted on: no fewer and no more.
func TestCompaniesAreThoseOfWhichSomeDocumentMayBeActedOn(t *testing.T) {
	for name, change := range map[string]change{
		"usual":      func(*world) {},
		"unlinked":   unlinked("bram", "exact"),
		"unverified": func(w *world) { w.link("sam", "exact").Verified = false },
		"elsewhere":  linked("bram", "exact", "sam@exact"),
	} {
		w := usual()
		change(w)
		s := w.compile(t)
		for _, who := range w.Users {
			subject := s.Subject(who.ID, now)
			for a := range AllActions() {
				if a.On() != Document {
					continue
				}
				var want []companies.ID
				for _, c := range w.Companies {
					if slices.ContainsFunc(documentsOf(c.ID, who.ID), func(d Resource) bool { return subject.May(a, s.Place(d)).Allowed() }) {
						want = append(want, c.ID)
					}
				}
				slices.Sort(want)
				if got := slices.Collect(subject.Companies(a, "")); !slices.Equal(got, want) {
					t.Errorf("%s: %s, %s: %v, want %v", name, who.ID, a, got, want)
				}
			}
		}
	}
}

// documentsOf is a document of each kind of a company, delivered by a user and in their
// turn.
func documentsOf(company companies.ID, who users.ID) (list []Resource) {
	for _, stage := range []documents.Stage{documents.Tagging, documents.Booking, documents.Archived} {
		list = append(list, doc(stage, of(company), by(who)))
	}
	return append(list, doc(documents.Authorisation, of(company), by(who), route(string(who))))
}

// Users who reach all share one set, however small it is, and it is counted once.
func TestAccessThatAllShareIsCountedOnce(t *testing.T) {
	w := usual()
	one := w.compile(t).Memory().Access
	for i := range 100 {
		w.join(users.ID(fmt.Sprintf("more-%d", i)), users.AccessTo("bakery", "garage", "florist"), roles.ClientUser)
	}
	if many := w.compile(t).Memory().Access; many != one {
		t.Errorf("the access takes %d bytes, and %d with a hundred more who reach all", one, many)
	}
}

// The zero Snapshot is that of the office that has nobody and nothing, and can be
// followed as any other.
func TestTheZeroSnapshotIsFollowed(t *testing.T) {
	o := ok(offices.New(usual().Parts))
	want, got := Compile(o), new(Snapshot).Follow(offices.Office{}, o)
	for _, u := range usual().Users {
		for _, on := range []Resource{tagging, toBook, OfCompany("bakery"), OfUser("carla"), OfConnection("exact")} {
			a, b := want.Subject(u.ID, now), got.Subject(u.ID, now)
			for action := range AllActions() {
				x, y := a.Check(action, on, nil), b.Check(action, on, nil)
				if z := b.May(action, got.Place(on)); x != y || z != a.May(action, want.Place(on)) {
					t.Fatalf("%s, %s, %s: %+v, followed %+v, %+v by handle", u.ID, action, on, x, y, z)
				}
			}
		}
	}
}
