package policy

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Asked about what was placed, May says what Could says by ids.
func TestMayOfWhatWasPlacedIsCould(t *testing.T) {
	var n tally
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		c := drawStrangeAbout(t, p)
		s := compiled(t, p)
		for r := range c.everything(anybody(p)...) {
			subject := s.Subject(r.Subject, r.At)
			could, _ := subject.Could(r.Action, r.Resource, nil)
			if may := subject.May(r.Action, s.Place(r.Resource)); may != could {
				t.Fatalf("%s: could %+v, may %+v", r.describe(), could, may)
			}
			n.note(could.Allowed())
		}
	})
	n.report(t, "were allowed", 1000)
}

// What was placed in one version of an office is good in all that follow from it. In a
// version that does not follow it is unknown, or means the same.
func TestWhatWasPlacedIsGoodInWhateverFollows(t *testing.T) {
	var followed, unknown, changes tally
	rapid.Check(t, func(t *rapid.T) {
		list := follows(t, &changes)
		placing, asking := pick(t, "placing", list), pick(t, "asking", list)
		c := drawStrangeAbout(t, asked(pick(t, "about", list).office))
		for r := range c.everything(usersIn(asking.office)...) {
			placed, subject := placing.snapshot.Place(r.Resource), asking.snapshot.Subject(r.Subject, r.At)
			may := subject.May(r.Action, placed)
			could, _ := subject.Could(r.Action, r.Resource, nil)
			switch {
			case unknown.note(may.Code() == UnknownResource):
				if asking.snapshot.knows(placed.of) && may != could {
					t.Fatalf("%s: could %+v, placed before it is unknown", r.describe(), could)
				}
			case followed.note(sameNames(placing.office, asking.office, r.Resource)) && may != could:
				t.Fatalf("%s: could %+v, placed in another version may %+v", r.describe(), could, may)
			case may.Allowed() && !could.Allowed():
				t.Fatalf("%s: could %+v, may %+v", r.describe(), could, may)
			}
		}
	})
	followed.report(t, "were about what both versions know", 1000)
	unknown.report(t, "were about what only one knows", 200)
}

// sameNames says whether whatever a resource names is there in both versions of an
// office, or in neither.
func sameNames(a, b offices.Office, r Resource) bool {
	user := func(id users.ID) bool { return has(a.User, id) == has(b.User, id) }
	company := func(id companies.ID) bool { return has(a.Company, id) == has(b.Company, id) }
	switch r.Type {
	case Document:
		return r.Document == nil || company(r.Document.Company()) && user(r.Document.DeliveredBy()) && user(r.Document.Route().InTurn())
	case Company:
		return company(companies.ID(r.ID))
	case User:
		return user(users.ID(r.ID))
	case Connection:
		return has(a.SystemState, companies.SystemID(r.ID)) == has(b.SystemState, companies.SystemID(r.ID))
	case Office:
	}
	return true
}

func has[K, V any](find func(K) (V, bool), id K) bool {
	_, ok := find(id)
	return ok
}

// Two offices that go different ways give one place to different things; so what was
// placed in one is nothing in the other, nor in an office compiled anew.
func TestWhatWasPlacedElsewhereIsUnknown(t *testing.T) {
	o := ok(offices.New(usual().Parts))
	s := Compile(o)
	with := func(id companies.ID) *Snapshot {
		after := ok(o.WithCompany(companies.Company{ID: id, Name: "New", System: "exact"}))
		rosa, _ := after.User("rosa")
		rosa.Access = rosa.Access.With(id)
		return s.Follow(o, ok(after.WithUser(rosa)))
	}
	one, other := with("one"), with("other")
	if one.company("one") != other.company("other") {
		t.Fatal("this test takes two companies in one place")
	}
	placed := one.Place(OfCompany("one"))
	for name, c := range map[string]struct {
		in   *Snapshot
		want Code
	}{
		"where it was placed":       {one, 0},
		"where it is another":       {other, UnknownResource},
		"where it is not yet":       {s, UnknownResource},
		"in the office of nobody":   {new(Snapshot), UnknownUser},
		"in the same compiled anew": {Compile(o), UnknownResource},
	} {
		rosa := c.in.Subject("rosa", now)
		if d := rosa.May(CompanyView, placed); d.Code() != c.want {
			t.Errorf("%s: %s", name, d.Code())
		}
		if d := rosa.May(CompanyView, Placed{}); d.Allowed() {
			t.Errorf("%s: the zero Placed is allowed", name)
		}
	}
}

// A long history finds what was placed at any point of it, and from nowhere else.
func TestALongHistoryKnowsWhatWasPlacedInIt(t *testing.T) {
	o := ok(offices.New(usual().Parts))
	s := Compile(o)
	type then struct {
		snapshot *Snapshot
		placed   Placed
		id       companies.ID
	}
	var history []then
	for i := range 200 {
		id := companies.ID("c" + string(rune('a'+i/26)) + string(rune('a'+i%26)))
		after := ok(o.WithCompany(companies.Company{ID: id, Name: "New", System: "exact"}))
		s, o = s.Follow(o, after), after
		history = append(history, then{s, s.Place(OfCompany(id)), id})
	}
	for i, of := range history {
		for j, in := range history {
			rosa := in.snapshot.Subject("rosa", now)
			if d := rosa.May(CompanyDelete, of.placed); d.Allowed() != (i <= j) {
				t.Fatalf("%s, placed at %d and asked about at %d: %+v", of.id, i, j, d)
			}
		}
	}
}

// What became of the office counts: a deleted company, a deleted user and a user who
// lost access are what they are by ids.
func TestWhatWasPlacedAndDeletedIsGone(t *testing.T) {
	o := ok(offices.New(usual().Parts))
	s := Compile(o)
	doc := must(documents.New(documents.Parts{
		ID: "inv-1", Company: "garage", DeliveredBy: "gina", Stage: documents.Tagging, Assigned: documents.NeverAssigned,
	}))
	onDoc, onCompany, onUser := s.Place(OfDocument(doc)), s.Place(OfCompany("garage")), s.Place(OfUser("gina"))
	after := ok(ok(o.WithoutUser("gina")).WithoutCompany("garage"))
	next := s.Follow(o, after)
	rosa := next.Subject("rosa", now)
	for _, c := range []struct {
		action Action
		placed Placed
		byID   Resource
	}{
		{DocumentView, onDoc, OfDocument(doc)}, {CompanyView, onCompany, OfCompany("garage")}, {UserView, onUser, OfUser("gina")},
	} {
		want := rosa.Check(c.action, c.byID, nil)
		if d := rosa.May(c.action, c.placed); d != want || d.Allowed() {
			t.Errorf("%s: by ids %+v, placed %+v", c.action, want, d)
		}
	}
	if ids := slices.Collect(rosa.Companies(CompanyView, "")); slices.Contains(ids, "garage") {
		t.Errorf("a deleted company is listed: %v", ids)
	}
}

// ok is what there is where nothing went wrong.
func ok[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// A company that goes from one accounting system to another, or comes back in another,
// takes its documents along: whichever version placed them, each version books in the
// system that the company has there.
func TestWhatWasPlacedIsBookedInTheSystemOfEachVersion(t *testing.T) {
	to := func(system companies.SystemID) officeChange {
		return func(o offices.Office) (offices.Office, error) {
			return o.WithCompany(companies.Company{ID: "garage", Name: "Garage", System: system})
		}
	}
	access := func(o offices.Office) (offices.Office, error) {
		bram, _ := o.User("bram")
		bram.Access = users.AccessTo("garage")
		return o.WithUser(bram)
	}
	w := usual()
	for i := range w.Systems {
		w.Systems[i].Connection = sync.LoginSuccess // of those, links that are sure are looked at no further
	}
	w.Systems[0].Users[2].Reach = sync.ReachAll // bram's
	w.Systems[2].Users = append(w.Systems[2].Users, account1("bram@snelstart", 2, true, true, sync.ReachAll))
	w.Links = append(w.Links, sync.Link{User: "bram", System: "snelstart", AccountingUser: "bram@snelstart", Verified: true})
	first := officeOf(t, w)
	versions := []followed{{first, Compile(first)}}
	for _, change := range []officeChange{
		to("twinfield"), to("snelstart"),
		func(o offices.Office) (offices.Office, error) { return o.WithoutCompany("garage") },
		to("twinfield"), access, to("exact"),
	} {
		last := versions[len(versions)-1]
		next := chain(t, last.office, change)
		versions = append(versions, followed{next, last.snapshot.Follow(last.office, next)})
	}
	for _, change := range []officeChange{to("snelstart"), access} { // what else could have become of the first
		next := chain(t, first, change)
		versions = append(versions, followed{next, versions[0].snapshot.Follow(first, next)})
	}
	doc := must(documents.New(documents.Parts{
		ID: "inv-1", Company: "garage", DeliveredBy: "gina", Stage: documents.Booking, Assigned: documents.NeverAssigned,
	}))
	var booked, denied int
	for i, placing := range versions {
		placed := placing.snapshot.Place(OfDocument(doc))
		for j, asking := range versions {
			bram := asking.snapshot.Subject("bram", now)
			want, got := bram.Check(DocumentBook, OfDocument(doc), nil), bram.May(DocumentBook, placed)
			if want != got && has(placing.office.Company, "garage") == has(asking.office.Company, "garage") {
				t.Errorf("placed in version %d, asked in %d: by ids %+v, placed %+v", i, j, want, got)
			}
			grouped := slices.Collect(bram.AmongGroup(DocumentBook, GroupOf([]Placed{placed}), 0))
			if got.Allowed() != (len(grouped) == 1) {
				t.Errorf("placed in version %d, asked in %d: alone %+v, in a group %v", i, j, got, grouped)
			}
			if got.Allowed() {
				booked++
			} else {
				denied++
			}
		}
	}
	if booked == 0 || denied == 0 {
		t.Errorf("%d booked and %d denied", booked, denied)
	}
}
