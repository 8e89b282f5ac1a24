package policy

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	gosync "sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/users"
)

// Each list is those of all that Could allows, sorted; goes on after any element, also
// one that is not in it; and stops when asked to.
func TestAListIsWhatIsAllowed(t *testing.T) {
	var n, changes tally
	rapid.Check(t, func(t *rapid.T) {
		f := pick(t, "version", follows(t, &changes))
		c := drawAbout(t, asked(f.office))
		who := pick(t, "who", someUsers)
		s := f.snapshot.Subject(who, c.at)
		could := func(a Action, r Resource) bool {
			d, _ := s.Could(a, r, nil)
			return n.note(d.Allowed())
		}
		for range 5 {
			a := Action(rapid.IntRange(0, int(actionsEnd)).Draw(t, "action")) //nolint:gosec // few
			list(t, "users", usersIn(f.office), func(id users.ID) bool { return could(a, OfUser(id)) },
				func(after users.ID) iter.Seq[users.ID] { return s.Users(a, after) })
			if a.On() != Document {
				list(t, "companies", companiesIn(f.office), func(id companies.ID) bool { return could(a, OfCompany(id)) },
					func(after companies.ID) iter.Seq[companies.ID] { return s.Companies(a, after) })
			}
			var systems []companies.SystemID
			for sys := range f.office.Systems() {
				systems = append(systems, sys.ID)
			}
			list(t, "connections", systems, func(id companies.SystemID) bool { return could(a, OfConnection(id)) },
				func(after companies.SystemID) iter.Seq[companies.SystemID] { return s.Connections(a, after) })
			for _, on := range []Resource{c.document, c.company, c.user, c.connection, c.office} {
				placed := f.snapshot.Place(on)
				list(t, "subjects", usersIn(f.office), func(id users.ID) bool {
					other := f.snapshot.Subject(id, c.at)
					d, _ := other.Could(a, on, nil)
					return n.note(d.Allowed())
				}, func(after users.ID) iter.Seq[users.ID] { return f.snapshot.Subjects(a, placed, c.at, after) })
				list(t, "actions", slices.Collect(AllActions()), func(a Action) bool { return could(a, on) },
					func(after Action) iter.Seq[Action] { return s.Actions(placed, after) })
			}
		}
	})
	n.report(t, "were allowed", 1000)
}

// list holds a list, from its start and after each that could be in it, against what
// is allowed of everything there is.
func list[K cmp.Ordered](t *rapid.T, what string, all []K, allowed func(K) bool, from func(after K) iter.Seq[K]) {
	t.Helper()
	slices.Sort(all)
	var want []K
	for _, id := range all {
		if allowed(id) {
			want = append(want, id)
		}
	}
	var start K
	for _, after := range append([]K{start}, all...) {
		rest := slices.DeleteFunc(slices.Clone(want), func(id K) bool { return id <= after })
		if got := slices.Collect(from(after)); !slices.Equal(got, rest) {
			t.Fatalf("%s after %v: %v, want %v", what, after, got, rest)
		}
	}
	for got := range from(start) {
		if got != want[0] {
			t.Fatalf("%s: first %v, want %v", what, got, want[0])
		}
		break
	}
}

// However documents are asked about, one by one, in a batch, in a slice, in a group, in a
// sequence of the caller's own things or company by company, the answers are the same.
func TestDocumentsAreListedAsTheyAreAskedAbout(t *testing.T) {
	var n, changes tally
	check := func(t *rapid.T) {
		versions := follows(t, &changes)
		f := pick(t, "version", versions)
		p := asked(f.office)
		type own struct {
			name string
			Placed
		}
		var mine []own
		var placed []Placed
		groups := make(map[companies.ID][]Placed)
		for i := range rapid.IntRange(0, 40).Draw(t, "documents") {
			drawn := drawTold(t, p)
			in := f.snapshot
			if once(t, "placed in another version", 6) {
				in = pick(t, "placed in", versions).snapshot
			}
			d := told(t, drawn)
			mine = append(mine, own{fmt.Sprint(i), in.Place(OfDocument(d))})
			placed = append(placed, mine[i].Placed)
			groups[drawn.Company] = append(groups[drawn.Company], mine[i].Placed)
		}
		for _, who := range usersIn(f.office) {
			s := f.snapshot.Subject(who, now)
			for a := range AllActions() {
				var want []int
				var answers []Decision
				for i := range placed {
					answers = append(answers, s.May(a, placed[i]))
					if n.note(answers[i].Allowed()) {
						want = append(want, i)
					}
				}
				if got := s.AppendMay(nil, a, placed); !slices.Equal(got, answers) {
					t.Fatalf("%s, %s: in a batch %v, one by one %v", who, a, got, answers)
				}
				if got := slices.Collect(s.Among(a, placed)); !slices.Equal(got, want) {
					t.Fatalf("%s, %s: among %v, want %v", who, a, got, want)
				}
				var got []int
				for o := range Filter(&s, a, slices.Values(mine), func(o own) Placed { return o.Placed }) {
					got = append(got, slices.IndexFunc(mine, func(other own) bool { return other.name == o.name }))
				}
				if !slices.Equal(got, want) {
					t.Fatalf("%s, %s: filtered %v, want %v", who, a, got, want)
				}
				grouped(t, &s, a, placed)
				if a.On() != Document {
					continue
				}
				count := 0
				for id := range s.Companies(a, "") {
					grouped(t, &s, a, groups[id])
					for range s.Among(a, groups[id]) {
						count++
					}
				}
				if count != len(want) {
					t.Fatalf("%s, %s: company by company %d, want %d", who, a, count, len(want))
				}
			}
		}
	}
	for range 3 { // 100 each, or chance may leave too few that count
		rapid.Check(t, check)
	}
	n.report(t, "were allowed", 1000)
}

// grouped holds a group, from its start and from each place, against what is found among
// the documents it was made of. Where some of them are unknown, it may find none.
func grouped(t *rapid.T, s *Subject, a Action, placed []Placed) {
	t.Helper()
	g := GroupOf(placed)
	want := slices.Collect(s.Among(a, placed))
	if s.snap != nil && slices.ContainsFunc(placed, func(p Placed) bool { return !s.snap.knows(p.of) }) && g.placed == nil {
		want = nil
	}
	for from := -1; from <= len(placed)+1; from++ {
		rest := slices.DeleteFunc(slices.Clone(want), func(i int) bool { return i < from })
		if got := slices.Collect(s.AmongGroup(a, g, from)); !slices.Equal(got, rest) {
			t.Fatalf("%s, %s: in the group from %d %v, want %v", s.self().stored, a, from, got, rest)
		}
	}
	for range s.AmongGroup(a, g, 0) {
		break
	}
}

// A group of hundreds of documents of one company, of all kinds, finds for everybody what
// is found among them one by one; it does not keep them.
func TestAGroupOfHundredsIsListedAsTheyAreAskedAbout(t *testing.T) {
	var n, alike, changes tally
	rapid.Check(t, func(t *rapid.T) {
		versions := follows(t, &changes)
		f := pick(t, "version", versions)
		p := asked(f.office)
		placed := make([]Placed, rapid.SampledFrom([]int{1, 63, 64, 65, 128, 200}).Draw(t, "documents"))
		kinds := make([]documents.Parts, rapid.IntRange(1, 12).Draw(t, "kinds"))
		company := pick(t, "company", p.Companies).ID
		for i := range kinds {
			kinds[i] = drawTold(t, p)
			kinds[i].Company, kinds[i].DeliveredBy = company, pick(t, "deliverer", p.Users).ID
			if kinds[i].Stage == 0 {
				kinds[i].Stage = documents.Archived
			}
			if kinds[i].Assigned == 0 {
				kinds[i].Assigned = documents.EverAssigned
			}
		}
		for i := range placed {
			of := kinds[rapid.IntRange(0, len(kinds)-1).Draw(t, "kind")]
			placed[i] = pick(t, "placed in", versions).snapshot.Place(OfDocument(told(t, of)))
		}
		alike.note(GroupOf(placed).placed == nil)
		for _, who := range append(usersIn(f.office), "mallory") {
			s := f.snapshot.Subject(who, now)
			for a := range AllActions() {
				for i := range placed {
					n.note(s.May(a, placed[i]).Allowed())
				}
				if a.On() == Document {
					grouped(t, &s, a, placed)
				}
			}
		}
	})
	n.report(t, "were allowed", 1000)
	alike.report(t, "groups were of documents that are alike", 20)
}

// Two versions of an office that went different ways give one place to different
// companies. A group of documents from both finds none for another.
func TestAGroupOfSeveralVersionsConfusesNoCompanies(t *testing.T) {
	first := officeOf(t, usual())
	root := Compile(first)
	with := func(id companies.ID) *Snapshot {
		return root.Follow(first, chain(t, first, func(o offices.Office) (offices.Office, error) {
			return o.WithCompany(companies.Company{ID: id, Name: "New", System: "exact"})
		}, func(o offices.Office) (offices.Office, error) {
			bram, _ := o.User("bram")
			bram.Access = users.AccessTo(id)
			return o.WithUser(bram)
		}))
	}
	a, b := with("atelier"), with("boatyard")
	document := func(in companies.ID) Resource {
		return OfDocument(must(documents.New(documents.Parts{
			ID: "d", Company: in, DeliveredBy: "gina", Stage: documents.Booking, Assigned: documents.NeverAssigned,
		})))
	}
	mixed := []Placed{a.Place(document("atelier")), b.Place(document("boatyard"))}
	if mixed[0].at != mixed[1].at {
		t.Fatal("the companies have places of their own")
	}
	for i, v := range []*Snapshot{a, b} {
		bram := v.Subject("bram", now)
		if got := slices.Collect(bram.AmongGroup(DocumentView, GroupOf(mixed), 0)); !slices.Equal(got, []int{i}) {
			t.Errorf("version %d: %v", i, got)
		}
	}
	newer := a.Place(document("bakery"))
	newer.of = a.line // as if somebody who came since had delivered it
	if g := GroupOf([]Placed{root.Place(document("bakery")), newer}); g.placed != nil {
		t.Error("a group of two versions that follow each other is looked through one by one")
	}
}

// Of what there is, groups take in a few bytes what Placed takes in 24.
func TestAGroupIsSmallAndOfNothingIsEmpty(t *testing.T) {
	s := usual().compile(t)
	carla := s.Subject("carla", now)
	for _, g := range []*Group{nil, {}, GroupOf(nil), GroupOf([]Placed{{}})} {
		for i := range carla.AmongGroup(DocumentView, g, 0) {
			t.Errorf("of %d, it finds %d", g.Len(), i)
		}
	}
	var placed []Placed
	for i := range 1000 {
		placed = append(placed, s.Place(OfDocument(must(documents.New(documents.Parts{
			ID: "d", Company: "bakery", DeliveredBy: "gina", Stage: documents.Stages()[i%3&^1], Assigned: documents.NeverAssigned,
		})))))
	}
	g := GroupOf(placed)
	if took := 8*cap(g.which) + 8*cap(g.parts) + 128; g.Len() != 1000 || g.placed != nil || took > 10*1000 {
		t.Errorf("%d documents take %d bytes", g.Len(), took)
	}
	placed[0] = Placed{}
	if n := len(slices.Collect(carla.AmongGroup(DocumentView, g, 0))); n == 0 {
		t.Error("carla may view none of them")
	}
}

// Whoever reaches no company, or has no right to an action on any document, looks
// through no company.
func TestWhatCannotBeReachedCostsNothing(t *testing.T) {
	s := usual().compile(t)
	for _, c := range []struct {
		who    users.ID
		action Action
		want   []companies.ID
	}{
		{"bram", DocumentView, []companies.ID{"bakery", "garage"}},
		{"carla", DocumentView, []companies.ID{"bakery"}},
		{"carla", DocumentBook, nil},
		{"rosa", DocumentView, nil}, // a Super user has no right in the document flow
		{"mallory", DocumentView, nil},
	} {
		subject := s.Subject(c.who, now)
		if got := slices.Collect(subject.Companies(c.action, "")); !slices.Equal(got, c.want) {
			t.Errorf("%s, %s: %v, want %v", c.who, c.action, got, c.want)
		}
	}
}

// Many at once are told what one is told alone. Under the race detector this also
// proves that asking writes nothing.
func TestManyAtOnceAreToldWhatOneIsTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		s := compiled(t, p)
		c := drawAbout(t, p)
		requests := slices.Collect(c.everything(anybody(p)...))
		ask := func() (answers []Decision) {
			for _, r := range requests {
				subject := s.Subject(r.Subject, r.At)
				answers = append(answers, s.Check(r), subject.May(r.Action, s.Place(r.Resource)))
			}
			return answers
		}
		alone := ask()
		var all gosync.WaitGroup
		together := make([][]Decision, 4)
		for i := range together {
			all.Go(func() { together[i] = ask() })
		}
		all.Wait()
		for _, answers := range together {
			if !slices.Equal(answers, alone) {
				t.Fatal("they were told otherwise")
			}
		}
	})
}

// lister goes through one list. Each is a function of its own, as in a program: in one
// large function the compiler no longer makes the iterators part of the loops.
type lister func(s *Subject, a Action, placed []Placed) int

func listAmong(s *Subject, a Action, placed []Placed) (n int) {
	for range s.Among(a, placed) {
		n++
	}
	return n
}

func listAmongGroup(s *Subject, a Action, g *Group) (n int) {
	for range s.AmongGroup(a, g, 0) {
		n++
	}
	return n
}

func listFilter(s *Subject, a Action, placed []Placed) (n int) {
	for range Filter(s, a, slices.Values(placed), func(p Placed) Placed { return p }) {
		n++
	}
	return n
}

func listCompanies(s *Subject, a Action, _ []Placed) (n int) {
	for range s.Companies(a, "") {
		n++
	}
	return n
}

func listUsers(s *Subject, a Action, _ []Placed) (n int) {
	for range s.Users(a, "") {
		n++
	}
	return n
}

func listSubjects(s *Subject, a Action, placed []Placed) (n int) {
	if s.snap != nil {
		for range s.snap.Subjects(a, placed[0], now, "") {
			n++
		}
	}
	return n
}

func listActions(s *Subject, _ Action, placed []Placed) (n int) {
	for range s.Actions(placed[0], 0) {
		n++
	}
	return n
}

// Neither an answer by handle nor a list allocates.
func TestListsAllocateNothing(t *testing.T) {
	s := usual().compile(t)
	var placed []Placed
	for _, company := range []companies.ID{"bakery", "garage", "florist"} {
		for _, stage := range []documents.Stage{documents.Tagging, documents.Booking, documents.Archived} {
			placed = append(placed, s.Place(OfDocument(must(documents.New(documents.Parts{
				ID: "d", Company: company, DeliveredBy: "gina", Stage: stage, Assigned: documents.NeverAssigned,
			})))))
		}
	}
	answers := make([]Decision, 0, len(placed))
	alike, mixed := GroupOf(placed[:3]), GroupOf(placed)
	for name, list := range map[string]lister{
		"AppendMay": func(s *Subject, a Action, placed []Placed) int {
			answers = s.AppendMay(answers[:0], a, placed)
			return len(answers)
		},
		"AmongGroup": func(s *Subject, a Action, _ []Placed) int {
			return listAmongGroup(s, a, alike) + listAmongGroup(s, a, mixed)
		},
		"Among": listAmong, "Filter": listFilter, "Companies": listCompanies, "Users": listUsers, "Subjects": listSubjects,
		"Actions": listActions,
	} {
		listed := 0
		for _, who := range []users.ID{"rosa", "bram", "carla", "gina", "anna", "nobody"} {
			subject := s.Subject(who, now)
			for a := range AllActions() {
				if n := testing.AllocsPerRun(5, func() { listed += list(&subject, a, placed) }); n != 0 {
					t.Errorf("%s, %s, %s: %v allocations", name, who, a, n)
				}
			}
		}
		if listed == 0 {
			t.Errorf("%s listed nothing", name)
		}
	}
}
