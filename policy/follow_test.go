package policy

import (
	"fmt"
	"reflect"
	"slices"
	gosync "sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// followed is an office and the snapshot that followed it.
type followed struct {
	office   offices.Office
	snapshot *Snapshot
}

// follows draws an office and changes of it, of the last version or of an older
// one. Each version's snapshot follows from that of any version before, next to it
// or far away.
func follows(t *rapid.T, made *tally) []followed {
	first, err := offices.New(drawOffice(t))
	if err != nil {
		t.Fatalf("a drawn office is none: %v", err)
	}
	list := []followed{{first, Compile(first)}}
	for range rapid.IntRange(1, 16).Draw(t, "changes") {
		from := list[len(list)-1]
		if once(t, "another branch", 6) {
			from = pick(t, "branch", list)
		}
		after, err := pick(t, "change", officeChanges)(t, from.office)
		if made.note(err == nil) {
			after = after.AtVersion(uint64(len(list)))
			if once(t, "far away", 3) {
				from = pick(t, "from", list)
			}
			list = append(list, followed{after, from.snapshot.Follow(from.office, after)})
		}
	}
	return list
}

func TestASnapshotThatFollowsHoldsWhatOneCompiledHolds(t *testing.T) {
	var n tally
	rapid.Check(t, func(t *rapid.T) {
		for _, f := range follows(t, &n) {
			holdAlike(t, Compile(f.office), f.snapshot)
		}
	})
	n.report(t, "changes were made", 300)
}

func TestASnapshotThatFollowsAnswersAsOneCompiledDoes(t *testing.T) {
	var n tally
	rapid.Check(t, func(t *rapid.T) {
		var some tally
		list := follows(t, &some)
		last, other := list[len(list)-1], pick(t, "version", list)
		n.asks(t, last, drawAbout(t, asked(last.office)))
		n.asks(t, other, drawStrangeAbout(t, asked(other.office)))
	})
	n.report(t, "were allowed", 1000)
}

// asks puts everybody's questions to both snapshots of an office, also those of who
// was deleted and of who never was there.
func (n *tally) asks(t *rapid.T, f followed, c about) {
	compiled := Compile(f.office)
	for r := range c.everything(append([]users.ID{"tom"}, someUsers...)...) {
		n.note(answersAlike(t, compiled, f.snapshot, r))
	}
	noticesAlike(t, compiled, f.snapshot)
}

func answersAlike(t rapid.TB, want, got *Snapshot, r Request) (allowed bool) {
	t.Helper()
	compiled, followed := want.Explain(r), got.Explain(r)
	if !reflect.DeepEqual(compiled, followed) || want.Check(r) != got.Check(r) {
		t.Fatalf("%s:\ncompiled %+v\nfollowed %+v", r.describe(), compiled, followed)
	}
	return compiled.Allowed()
}

func noticesAlike(t rapid.TB, want, got *Snapshot) {
	t.Helper()
	for _, id := range append([]users.ID{"tom"}, someUsers...) {
		for _, at := range someMoments {
			compiled, followed := want.Subject(id, at), got.Subject(id, at)
			if diff := gocmp.Diff(slices.Collect(compiled.Notices()), slices.Collect(followed.Notices())); diff != "" {
				t.Fatalf("%s is told (-compiled +followed):\n%s", id, diff)
			}
		}
	}
	if want.Version() != got.Version() || want.Policy() != got.Policy() {
		t.Fatalf("version %d under %s, followed as %d under %s", want.Version(), want.Policy(), got.Version(), got.Policy())
	}
}

// Whatever follows from a snapshot, one way or another, it stays what it was.
func TestASnapshotStaysWhatItWasWhateverFollows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var some tally
		list := follows(t, &some)
		for _, f := range list {
			before := contentsOf(t, f.snapshot)
			for range 2 { // two branches
				if after, err := pick(t, "change", officeChanges)(t, f.office); err == nil {
					holdAlike(t, Compile(after), f.snapshot.Follow(f.office, after))
				}
			}
			if diff := gocmp.Diff(before, contentsOf(t, f.snapshot)); diff != "" {
				t.Fatalf("(-before +after others followed):\n%s", diff)
			}
		}
	})
}

// Under the race detector this also proves that nothing is written into what two
// snapshots share.
func TestManyMayFollowOneSnapshotWhileOthersAskIt(t *testing.T) {
	o := officeOf(t, usual())
	s := Compile(o)
	list := scenarios()
	want := make([]Explanation, len(list))
	for i := range list {
		want[i] = s.Explain(list[i].request())
	}
	var group gosync.WaitGroup
	for range 4 {
		group.Go(func() {
			for i := range list {
				if got := s.Explain(list[i].request()); !reflect.DeepEqual(got, want[i]) {
					t.Errorf("%s: alone %+v, while others follow %+v", list[i].name, want[i], got)
				}
			}
		})
	}
	for branch := range 4 {
		group.Go(func() {
			at, followed := o, s
			for i := range 40 {
				next := branching(t, at, fmt.Sprint(branch, "-", i))
				at, followed = next, followed.Follow(at, next)
			}
			if diff := gocmp.Diff(contentsOf(t, Compile(at)), contentsOf(t, followed)); diff != "" {
				t.Errorf("branch %d (-compiled +followed):\n%s", branch, diff)
			}
		})
	}
	group.Wait()
}

// branching is the office with a company more, another Super user who reaches it,
// and another user of an accounting system.
func branching(t *testing.T, o offices.Office, name string) offices.Office {
	id := companies.ID(name)
	rosa, _ := o.User("rosa")
	rosa.Access = rosa.Access.With(id)
	return chain(t, o, func(o offices.Office) (offices.Office, error) {
		return o.WithCompany(companies.Company{ID: id, Name: name, System: "exact"})
	}, func(o offices.Office) (offices.Office, error) {
		return o.WithUser(rosa)
	}, func(o offices.Office) (offices.Office, error) {
		return o.WithUser(users.User{
			ID: users.ID(name), Username: name, Email: "x@devries.example", Roles: roles.SetOf(roles.SuperUser),
			EndDate: date("2031-12-31"), Access: users.AccessTo(id, "bakery"),
		})
	}, func(o offices.Office) (offices.Office, error) {
		return o.WithAccountingUser("exact", account1(sync.UserID(name+"@exact"), 3, true, true, reaching(id)))
	})
}

type officeChange = func(o offices.Office) (offices.Office, error)

// chain makes changes that can be made.
func chain(t testing.TB, o offices.Office, changes ...officeChange) offices.Office {
	t.Helper()
	for _, change := range changes {
		next, err := change(o)
		if err != nil {
			t.Error(err)
			return o
		}
		o = next
	}
	return o
}

func officeOf(t testing.TB, w *world) offices.Office {
	t.Helper()
	o, err := offices.New(w.Parts)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// followsEach follows an office through changes one by one, and at once from the
// first to the last, and holds every snapshot against the office compiled.
func followsEach(t *testing.T, o offices.Office, changes ...officeChange) *Snapshot {
	t.Helper()
	first, start := Compile(o), o
	s := first
	for _, change := range changes {
		next := chain(t, o, change)
		s = s.Follow(o, next)
		holdAlike(t, Compile(next), s)
		holdAlike(t, Compile(next), first.Follow(start, next))
		o = next
	}
	holdAlike(t, Compile(start), first)
	holdAlike(t, Compile(start), s.Follow(o, start))
	return s
}

func TestACompanyComesBackUnderItsIDInAnotherAccountingSystem(t *testing.T) {
	o := officeOf(t, usual())
	s := followsEach(t, o,
		func(o offices.Office) (offices.Office, error) { return o.WithoutCompany("bakery") },
		func(o offices.Office) (offices.Office, error) {
			return o.WithCompany(companies.Company{ID: "bakery", Name: "Bakery", System: "twinfield"})
		},
		func(o offices.Office) (offices.Office, error) {
			anna, _ := o.User("anna")
			anna.Access = users.AccessTo("bakery")
			return o.WithUser(anna)
		},
	)
	for _, id := range []users.ID{"anna", "bob", "carla"} { // only one was given access anew
		r := Request{Subject: id, Action: CompanyView, Resource: OfCompany("bakery"), At: now}
		if d := s.Check(r); d.Allowed() != (id == "anna") {
			t.Errorf("%s views what came back: %+v", id, d)
		}
	}
}

func TestAnAccountingSystemComesBackUnderItsID(t *testing.T) {
	w := usual()
	w.Companies[2].System = "exact" // twinfield has none
	followsEach(t, officeOf(t, w),
		func(o offices.Office) (offices.Office, error) { return o.WithoutSystem("twinfield") },
		func(o offices.Office) (offices.Office, error) {
			return o.WithSystem(sync.System{ID: "twinfield", Name: "T", SynchronisationUser: "rosa", Users: []sync.User{
				account1("rosa@twinfield", 1, true, true, sync.ReachAll), account1("theo@twinfield", 2, false, true, reaching("florist")),
			}})
		},
		func(o offices.Office) (offices.Office, error) {
			return o.WithLink(sync.Link{User: "theo", System: "twinfield", AccountingUser: "theo@twinfield", Verified: true})
		},
		func(o offices.Office) (offices.Office, error) {
			return o.WithCompany(companies.Company{ID: "garage", Name: "Garage", System: "twinfield"})
		},
		func(o offices.Office) (offices.Office, error) {
			return o.WithSystemState(sync.System{ID: "twinfield", Name: "T", Connection: sync.LoginSuccess, SynchronisationUser: "theo"})
		},
	)
}

// Somebody's access, account, link and duty change at once, and the access of
// another too, in an office of so many companies that what they reach is held as a
// list.
func TestAUserOfWhomEverythingChangesAtOnce(t *testing.T) {
	w := usual()
	for i := range 200 {
		w.Companies = append(w.Companies, companies.Company{ID: numberedCompany(i), Name: "C", System: "exact"})
	}
	followsEach(t, officeOf(t, w), func(o offices.Office) (offices.Office, error) {
		bram, _ := o.User("bram")
		bram.Access = users.AccessTo("garage", numberedCompany(7))
		sam, _ := o.User("sam")
		sam.Access = users.AccessTo(numberedCompany(8))
		return chain(
			t, o,
			func(o offices.Office) (offices.Office, error) { return o.WithUser(bram) },
			func(o offices.Office) (offices.Office, error) { return o.WithUser(sam) },
			func(o offices.Office) (offices.Office, error) {
				return o.WithAccountingUser("exact", account1("bram@exact", 2, true, true, reaching(numberedCompany(7))))
			},
			func(o offices.Office) (offices.Office, error) {
				return o.WithSystemState(sync.System{ID: "snelstart", Name: "S", SynchronisationUser: "bram"})
			},
			func(o offices.Office) (offices.Office, error) {
				return o.WithLink(sync.Link{User: "bram", System: "snelstart", AccountingUser: "rosa@snelstart"})
			},
		), nil
	})
}

// Both ways of holding a set of companies are grown, shrunk and left, beyond
// several multiples of 64.
func TestSetsOfCompaniesGrowAndShrinkWithTheOffice(t *testing.T) {
	var n tally
	rapid.Check(t, func(t *rapid.T) {
		p := usual().Parts
		start := rapid.SampledFrom([]int{0, 60, 440, 510, 600, 900}).Draw(t, "companies more at the start")
		for i := range start {
			p.Companies = append(p.Companies, companies.Company{ID: numberedCompany(i), Name: "C", System: "exact"})
		}
		o, err := offices.New(p)
		if err != nil {
			t.Fatal(err)
		}
		s := Compile(o)
		for range 12 {
			next := grownOrShrunk(t, o, start+70)
			s, o = s.Follow(o, next), next
			holdAlike(t, Compile(o), s)
			n.note(s.userOf(s.user("carla")).reach().table)
		}
	})
	n.report(t, "were held as a table", 100)
	if n.asked-n.met < 100 {
		t.Errorf("only %d of %d were held as bits", n.asked-n.met, n.asked)
	}
}

// A company that came after a set of companies was laid out is in none of it: not in what
// stands behind the companies in reach either, the linked ones of them.
func TestALaterCompanyIsNotTakenForALinkedOne(t *testing.T) {
	for total := 3; total < 600; total += 25 {
		w := usual()
		for i := 3; i < total; i++ {
			w.Companies = append(w.Companies, companies.Company{ID: numberedCompany(i), Name: "C", System: "exact"})
		}
		w.Systems[1].Connection = sync.LoginSuccess // no connection is to be warned of
		o := officeOf(t, w)
		s := Compile(o)
		for i := range 300 {
			id := companies.ID(fmt.Sprintf("later-%03d", i))
			next := chain(t, o, func(o offices.Office) (offices.Office, error) {
				return o.WithCompany(companies.Company{ID: id, Name: "C", System: "exact"})
			})
			s, o = s.Follow(o, next), next
			d, bram := doc(documents.Booking, of(id)), s.Subject("bram", now)
			for name, got := range map[string]Decision{
				"by ids":      s.Check(Request{"bram", DocumentBook, d, nil, now}),
				"by subject":  bram.Check(DocumentBook, d, nil),
				"by handle":   bram.May(DocumentBook, s.Place(d)),
				"the company": s.Check(Request{"bram", CompanyView, OfCompany(id), nil, now}),
			} {
				if got.Code() != NoCompanyAccess {
					t.Fatalf("of %d companies and %d later ones, bram reaches the last, %s: %+v", total, i, name, got)
				}
			}
			if n := GroupOf([]Placed{s.Place(d)}); len(slices.Collect(bram.AmongGroup(DocumentBook, n, 0))) > 0 {
				t.Fatalf("of %d companies and %d later ones, bram finds the last in a group", total, i)
			}
		}
	}
}

func numberedCompany(i int) companies.ID { return companies.ID(fmt.Sprintf("company-%03d", i)) }

// grownOrShrunk is the office with some companies in a row more or fewer, of which
// some users reach some from then on.
func grownOrShrunk(t *rapid.T, o offices.Office, end int) offices.Office {
	from, size := rapid.IntRange(0, end).Draw(t, "from"), rapid.IntRange(1, 70).Draw(t, "how many")
	adds := rapid.IntRange(0, 2).Draw(t, "adds") > 0
	var given []companies.ID
	for i := from; i < from+size; i++ {
		id := numberedCompany(i)
		var err error
		if _, known := o.Company(id); adds {
			o, err = o.WithCompany(companies.Company{ID: id, Name: "C", System: pick(t, "system", []companies.SystemID{"exact", "twinfield"})})
			given = append(given, id)
		} else if known {
			o, err = o.WithoutCompany(id)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []users.ID{"rosa", "carla", "gina"} {
		u, _ := o.User(id)
		switch rapid.IntRange(0, 3).Draw(t, "access of "+string(id)) {
		case 0:
			u.Access = users.AccessTo(slices.AppendSeq(slices.Clone(given), u.Access.All())...)
		case 1:
			u.Access = o.Everything()
		case 2:
			u.Access = users.AccessTo(given[:min(1, len(given))]...)
		}
		next, err := o.WithUser(u)
		if err != nil {
			t.Fatal(err)
		}
		o = next
	}
	return o
}
