package officefile_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/users"
)

// placeOf is where the only occurrence of a text stands in another, found by
// counting.
func placeOf(t *testing.T, text, part string) officefile.Place {
	t.Helper()
	before, _, _ := strings.Cut(text, part)
	if strings.Count(text, part) != 1 {
		t.Fatalf("%q is there %d times, expected once", part, strings.Count(text, part))
	}
	return placeAfter(before)
}

// placeAfter is where the next character would stand.
func placeAfter(text string) officefile.Place {
	last := text[strings.LastIndex(text, "\n")+1:]
	return officefile.Place{Line: 1 + strings.Count(text, "\n"), Column: 1 + utf8.RuneCountInString(last)}
}

func TestWhereEntriesStand(t *testing.T) {
	where := parse(t, base).Where
	for part, found := range map[string]officefile.Place{
		"office:\n":           where.Office(),
		"id: exact\n":         where.System("exact"),
		"{id: twin,":          where.System("twin"),
		"{id: bakery,":        where.Company("bakery"),
		"{id: garage,":        where.Company("garage"),
		"id: rosa\n":          where.User("rosa"),
		"id: bram\n":          where.User("bram"),
		"{id: anna,":          where.User("anna"),
		"id: inv-1\n":         where.Document("inv-1"),
		"{id: inv-4,":         where.Document("inv-4"),
		"{finding: S1, user:": where.Acknowledgement(0),
		"{finding: O11,":      where.Acknowledgement(1),
	} {
		if want := placeOf(t, base, part); found != want {
			t.Errorf("%q is said to be at %v, expected %v", part, found, want)
		}
	}
}

func TestWhatIsNotThereIsNowhere(t *testing.T) {
	where := parse(t, base).Where
	for what, found := range map[string]officefile.Place{
		"a deleted user": where.User("tom"), "another case": where.User("Bram"), "no user": where.User(""),
		"no system": where.System("x"), "no company": where.Company("office"), "no document": where.Document("inv-5"),
		"before the first": where.Acknowledgement(-1), "after the last": where.Acknowledgement(2),
		"in no file": officefile.Places{}.User("bram"), "in no file, the office": officefile.Places{}.Office(),
	} {
		if found != (officefile.Place{}) {
			t.Errorf("%s is said to be at %v, expected nowhere", what, found)
		}
	}
}

// layout writes a file entry by entry, in one style or the other, and notes where
// each began.
type layout struct {
	*rapid.T
	strings.Builder
	places map[string]officefile.Place
}

// entry writes one entry, which is noted under a name.
func (l *layout) entry(name string, keys ...string) {
	for rapid.IntRange(0, 3).Draw(l.T, "something before") == 0 {
		l.WriteString(rapid.SampledFrom([]string{"\n", "  # ë 𝄞\n", "\t\n"}).Draw(l.T, "what"))
	}
	if rapid.Bool().Draw(l.T, "flow") {
		l.WriteString(rapid.SampledFrom([]string{"  - ", "  -   ", "  - # why\n     "}).Draw(l.T, "dash"))
		l.places[name] = placeAfter(l.String())
		l.WriteString("{" + strings.Join(keys, ", ") + "}\n")
		return
	}
	l.WriteString("  - ")
	l.places[name] = placeAfter(l.String())
	l.WriteString(strings.Join(keys, "\n    ") + "\n")
}

// several writes a list of entries, all on one line or each on its own.
func (l *layout) several(kind string, ids []string, keys ...string) {
	l.WriteString(kind + ":")
	if len(ids) == 0 {
		l.WriteString(" []\n")
		return
	}
	if rapid.Bool().Draw(l.T, "on one line") {
		l.WriteString(" [")
		for i, id := range ids {
			l.WriteString([]string{"", ", "}[min(i, 1)])
			l.places[kind+" "+id] = placeAfter(l.String())
			l.WriteString("{" + strings.Join(append([]string{"id: " + quoted(l.T, id)}, keys...), ", ") + "}")
		}
		l.WriteString("]\n")
		return
	}
	l.WriteString("\n")
	for _, id := range ids {
		l.entry(kind+" "+id, append([]string{"id: " + quoted(l.T, id)}, keys...)...)
	}
}

// quoted spells an id in one of the ways there are, which differ in length.
func quoted(t *rapid.T, id string) string {
	if rapid.Bool().Draw(t, "escaped") {
		return fmt.Sprintf("%+q", id)
	}
	return fmt.Sprintf("%q", id)
}

// In JSON a character may be two escapes, which the YAML reader is spared.
func TestWhereEntriesOfJSONStand(t *testing.T) {
	const text = `{"version": 1, "office": {"code": "\ud834\udd1e", "name": "\ud834\udd1e", "time_zone": "UTC"}, ` +
		`"users": [{"id": "\ud834\udd1e1", "username": "a", "email": "a@x.example", "roles": [], "companies": []}, ` +
		`{"id": "b", "username": "b", "email": "b@x.example", "roles": [], "companies": []}]}`
	where := parse(t, text).Where
	for part, found := range map[string]officefile.Place{
		`"office"`: where.Office(), `{"id": "\ud834\udd1e1"`: where.User("𝄞1"), `{"id": "b"`: where.User("b"),
	} {
		if want := placeOf(t, text, part); found != want {
			t.Errorf("%s is said to be at %v, expected %v", part, found, want)
		}
	}
}

var someIDs = rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z ë𝄞"']{1,6}[0-9]`), 0, 4, strings.ToLower)

// Whatever a file looks like, its entries are where its writer put them.
func TestEntriesStandWhereTheyWereWritten(t *testing.T) {
	looked := 0
	rapid.Check(t, func(rt *rapid.T) {
		l := &layout{T: rt, places: map[string]officefile.Place{}}
		l.WriteString(rapid.SampledFrom([]string{"", "# ë\n", "\n\n"}).Draw(rt, "first") + "version: 1\n")
		l.places["office"] = placeAfter(l.String())
		l.WriteString("office: {code: a, name: b, time_zone: UTC}\n")
		people := append([]string{"rosa"}, someIDs.Draw(rt, "users")...)
		l.several("accounting_systems", []string{"exact"}, "name: E", "connection: disconnected", "synchronisation_user: rosa")
		firms := someIDs.Draw(rt, "companies")
		l.several("companies", firms, "name: c", "accounting_system: exact", "authorisation_workflow: true", "payment_agreement: false")
		l.WriteString("users:\n")
		for i, id := range people {
			l.entry("users "+id, "id: "+quoted(rt, id), fmt.Sprintf("username: u%d", i), "email: e@x.example", "roles: []", "companies: []")
		}
		if len(firms) > 0 {
			l.several("documents", someIDs.Draw(rt, "documents"), "company: "+quoted(rt, firms[0]), "delivered_by: rosa", "stage: booking")
		}
		l.WriteString("acknowledged:\n")
		for i := range rapid.IntRange(1, 3).Draw(rt, "acknowledged") {
			l.entry(fmt.Sprint("acknowledged ", i), "finding: O1", "reason: r", "until: 2027-01-01")
		}
		looked += l.compare()
	})
	t.Logf("%d places", looked)
	if looked < 500 {
		t.Errorf("only %d places", looked)
	}
}

func (l *layout) compare() int {
	file, err := officefile.Parse("office.yaml", []byte(l.String()))
	if err != nil {
		l.Fatalf("%v\n%s", err, l.String())
	}
	for name, want := range l.places {
		if found := whereIs(file.Where, name); found != want {
			l.Fatalf("%s is said to be at %v, and was written at %v of\n%s", name, found, want, l.String())
		}
	}
	return len(l.places)
}

func whereIs(where officefile.Places, name string) officefile.Place {
	kind, id, _ := strings.Cut(name, " ")
	switch kind {
	case "office":
		return where.Office()
	case "accounting_systems":
		return where.System(companies.SystemID(id))
	case "companies":
		return where.Company(companies.ID(id))
	case "users":
		return where.User(users.ID(id))
	case "documents":
		return where.Document(documents.ID(id))
	default:
		return where.Acknowledgement(int(id[0] - '0'))
	}
}
