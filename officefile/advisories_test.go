package officefile_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// Each test here recalls what went wrong in another engine. The advisory is in
// its name; others that tell of the same stand in the comment.

// twoOf is a file with two of each kind of identifier, or one and its like.
const twoOf = `version: 1
office: {code: office-1, name: n, time_zone: UTC}
accounting_systems:
  - {id: SYSTEM1, name: n, connection: disconnected, synchronisation_user: USER1, users: [{id: ACCOUNT1, name: n, email: a@b, rank: 1, can_book: true, can_change_master_data: true, companies: all}, {id: ACCOUNT2, name: n, email: a@b, rank: 1, can_book: true, can_change_master_data: true, companies: all}]}
  - {id: SYSTEM2, name: n, connection: disconnected, synchronisation_user: USER1}
companies:
  - {id: COMPANY1, name: n, accounting_system: SYSTEM1, authorisation_workflow: true, payment_agreement: true}
  - {id: COMPANY2, name: n, accounting_system: SYSTEM2, authorisation_workflow: true, payment_agreement: true}
users:
  - {id: USER1, username: NAME1, email: a@b, roles: [client_user], companies: [COMPANY1]}
  - {id: USER2, username: NAME2, email: a@b, roles: [client_user], companies: [COMPANY2]}
deleted_users:
  - {id: USER3, username: NAME3}
documents:
  - {id: DOCUMENT1, company: COMPANY1, delivered_by: USER3, stage: tagging}
  - {id: DOCUMENT2, company: COMPANY2, delivered_by: USER3, stage: tagging}
`

// twoWith is that file with some identifiers as given, quoted, and the others
// each of their own.
func twoWith(given map[string]string) string {
	var pairs []string
	for _, kind := range []string{"SYSTEM", "ACCOUNT", "COMPANY", "USER", "NAME", "DOCUMENT"} {
		for _, n := range []string{"1", "2", "3"} {
			id, ok := given[kind+n]
			if !ok {
				id = strings.ToLower(kind) + "-" + n
			}
			quoted, err := json.Marshal(id)
			if err != nil {
				panic(err)
			}
			pairs = append(pairs, kind+n, string(quoted))
		}
	}
	return strings.NewReplacer(pairs...).Replace(twoOf)
}

// Two layers disagreed on whether case counts. Here what differs by no more is
// refused before any layer sees it, whatever it identifies. Also CVE-2026-42273.
func TestCVE_2026_55170_LookAlikesAreRefusedAtLoad(t *testing.T) {
	parse(t, twoWith(nil))
	kinds := [][2]string{
		{"SYSTEM1", "SYSTEM2"},
		{"ACCOUNT1", "ACCOUNT2"},
		{"COMPANY1", "COMPANY2"},
		{"DOCUMENT1", "DOCUMENT2"},
		{"USER1", "USER2"},
		{"USER2", "USER3"},
		{"NAME1", "NAME2"},
		{"NAME2", "NAME3"},
	}
	alike := [][2]string{
		{"bakery", "Bakery"},
		{"BAKERY", "bakery"},
		{"caf\u00e9", "cafe\u0301"},
		{"\u212aiosk", "kiosk"},
		{"\uff42akery", "bakery"},
		{"stra\u00dfe", "STRASSE"},
		{"\u01c6", "\u01c5"},
		{"\u03c3", "\u03c2"},
		{"\ufb01rm", "FIRM"},
	}
	for _, kind := range kinds {
		for _, pair := range alike {
			text := twoWith(map[string]string{kind[0]: pair[0], kind[1]: pair[1]})
			if _, err := officefile.Parse("f", []byte(text)); err == nil || !strings.Contains(err.Error(), "by more than case or Unicode form") {
				t.Errorf("%s %q and %s %q: found %v, expected look-alikes", kind[0], pair[0], kind[1], pair[1], err)
			}
		}
		parse(t, twoWith(map[string]string{kind[0]: "a.b", kind[1]: "axb"}))
	}
}

// A wildcard granted too much. Here an asterisk is a letter, and the one word that
// reaches every company is a value of another kind than a list. Also
// CVE-2026-24851, CVE-2025-25196 and CVE-2022-39341.
func TestCVE_2025_64751_AnAsteriskIsALetterInAFile(t *testing.T) {
	for _, name := range []string{"*", "all", "**", ".*", "%"} {
		file := parse(t, twoWith(map[string]string{"COMPANY1": name}))
		s := policy.Compile(file.Office)
		for who, sees := range map[users.ID]companies.ID{"user-1": companies.ID(name), "user-2": "company-2"} {
			for _, id := range []companies.ID{companies.ID(name), "company-2"} {
				r := policy.Request{Subject: who, Action: policy.CompanyView, Resource: policy.OfCompany(id), At: now}
				if d := s.Check(r); d.Allowed() != (id == sees) {
					t.Errorf("%s views %q: %+v", who, id, d)
				}
			}
		}
	}
	for _, text := range []string{"'*'", "'[*]'", "[*]", "['*']", "[all]", "[bakery, '*']", "ALL", "every", "{all: true}", "[[all]]", "true"} {
		if _, err := officefile.Parse("f", []byte(change(t, "companies: []", "companies: "+text))); err == nil {
			t.Errorf("companies: %s is read", text)
		}
	}
}

// A dot that was not escaped matched any letter.
func TestCVE_2026_39350_ADotIsADotInAFile(t *testing.T) {
	text := twoWith(map[string]string{"COMPANY1": "a.b", "COMPANY2": "axb", "SYSTEM1": "s.t", "SYSTEM2": "sxt", "ACCOUNT1": "u.v", "ACCOUNT2": "uxv"})
	for u := range parse(t, text).Office.Users() {
		if want := map[users.ID]companies.ID{"user-1": "a.b", "user-2": "axb"}[u.ID]; !u.Access.Equal(users.AccessTo(want)) {
			t.Errorf("found that %s reaches %v, expected %s", u.ID, u.Access, want)
		}
	}
	for _, from := range []string{"accounting_system: twin", "synchronisation_user: rosa\n    users"} {
		to := strings.NewReplacer("twin", "tw.n", "rosa\n", "r.sa\n").Replace(from)
		if _, err := officefile.Parse("f", []byte(change(t, from, to))); err == nil {
			t.Errorf("%s is read", to)
		}
	}
}

// A decoder fell over what had been tampered with. Here every damaged file is read
// or refused, with each error inside it.
func TestGHSA_vhvq_fv9f_wh4q_DamagedFilesAreReadOrRefused(t *testing.T) {
	check := func(data []byte) {
		if _, err := officefile.Parse("f", data); err != nil {
			checkPlaces(t, data, officefile.Errors(err))
		}
	}
	for i := 0; i < len(base); i += 23 {
		check([]byte(base[:i]))
		for _, b := range []byte{0, 0xff, '\n', '&', '*', '{', ':', '"'} {
			data := []byte(base)
			data[i] = b
			check(data)
		}
	}
}

// Definitions that went round in a circle, or too deep, were followed until
// nothing was left. Here each is refused, and soon.
func TestCVE_2023_43645_CirclesAndDepthsAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"a: &a [*a]\n":          "*a inside what it stands for",
		"a: &a {b: {c: *a}}\n":  "*a inside what it stands for",
		"a: &a [&b [*a], *b]\n": "*a inside what it stands for",
		smallest + "users:\n  - &u {id: u, username: u, email: u@x, roles: *u, companies: []}\n": "*u inside what it stands for",
		smallest + "x: " + strings.Repeat("{a: ", 100) + strings.Repeat("}", 100):                "at depth 33",
		laughs(100):                       "aliases that add",
		strings.Repeat("[", 1_000_000):    "not YAML",
		strings.Repeat("{a: ", 1_000_000): "not YAML",
		strings.Repeat("- ", 1_000_000):   "not YAML",
		strings.Repeat("? ", 1_000_000):   "not YAML",
		indents(1_400):                    "at depth 33",
	} {
		began := time.Now()
		file, err := officefile.Parse("f", []byte(text))
		if file != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80q: found %.200v, expected %s", text, err, want)
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%.80q: refused after %s", text, took)
		}
	}
}

// indents is a text of about a million bytes in which each line lies below the
// one before.
func indents(lines int) string {
	var b strings.Builder
	for i := range lines {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// What was printed meant something else when it was read. Here an office is
// taken apart, and written in other forms; all of them decide the same.
func TestCVE_2022_23628_AnOfficeWrittenOtherwiseDecidesTheSame(t *testing.T) {
	file := parse(t, base)
	again, err := offices.New(file.Office.Parts())
	if err != nil {
		t.Fatal(err)
	}
	asJSON := parse(t, string(baseAsJSON(t)))
	want := decisions(file.Office, file.Documents)
	for name, found := range map[string][]policy.Decision{
		"taken apart": decisions(again, file.Documents), "as JSON": decisions(asJSON.Office, asJSON.Documents),
		"escaped": decisions(parse(t, string(escaped(baseAsJSON(t)))).Office, file.Documents),
	} {
		if !cmp.Equal(want, found, cmp.Comparer(func(a, b policy.Decision) bool { return a == b })) {
			t.Errorf("%s: found other decisions", name)
		}
	}
	allowed := 0
	for _, d := range want {
		if d.Allowed() {
			allowed++
		}
	}
	if allowed < 10 {
		t.Errorf("found %d of %d allowed, expected more to compare", allowed, len(want))
	}
}

// decisions asks every action of everything in an office, for every user.
func decisions(o offices.Office, docs []documents.Document) []policy.Decision {
	s := policy.Compile(o)
	resources := []policy.Resource{policy.OfOffice(o.Code())}
	for i := range docs {
		resources = append(resources, policy.OfDocument(&docs[i]))
	}
	for c := range o.Companies() {
		resources = append(resources, policy.OfCompany(c.ID))
	}
	for c := range o.Systems() {
		resources = append(resources, policy.OfConnection(c.ID))
	}
	for u := range o.Users() {
		resources = append(resources, policy.OfUser(u.ID))
	}
	var all []policy.Decision
	for u := range o.Users() {
		for a := range policy.AllActions() {
			for _, on := range resources {
				all = append(all, s.Check(policy.Request{Subject: u.ID, Action: a, Resource: on, At: now}))
			}
		}
	}
	return all
}

var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// Readers of JSON let a key stand twice, or in another case, text stand behind the
// value, and what is no UTF-8 pass. None of it does here.
func TestWhatJSONReadersLetPassIsRefused(t *testing.T) {
	const office = `{"version": 1, "office": {"code": "a", "name": "b", "time_zone": "UTC"}, "users": [{"id": "u", "username": "u", "email": "a@b", "roles": [], "companies": []}]}`
	parse(t, office)
	for name, text := range map[string]string{
		"a key twice":              strings.Replace(office, `"roles": []`, `"roles": [], "roles": ["super_user"]`, 1),
		"a key in another case":    strings.Replace(office, `"roles": []`, `"roles": [], "Roles": ["super_user"]`, 1),
		"a key escaped":            strings.Replace(office, `"roles": []`, `"roles": [], "\u0072oles": ["super_user"]`, 1),
		"text behind":              office + ` {"users": []}`,
		"a word behind":            office + ` x`,
		"what is no UTF-8":         strings.Replace(office, `"b"`, "\"b\xff\"", 1),
		"half of a surrogate pair": strings.Replace(office, `"b"`, `"\ud83d"`, 1),
	} {
		var lax struct{ Users []struct{ Roles []string } }
		laxErr := json.NewDecoder(strings.NewReader(text)).Decode(&lax)
		if _, err := officefile.Parse("f", []byte(text)); err == nil || laxErr != nil {
			t.Errorf("%s: found %v; encoding/json found %v", name, err, laxErr)
		}
	}
}
