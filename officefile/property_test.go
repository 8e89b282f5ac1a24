package officefile_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// What is written reads back equal, in whatever order its lists and keys are,
// and however its texts are spelt.
func TestWrittenReadsBackEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := anOffice(t)
		office, err := offices.New(parts)
		if err != nil {
			t.Fatalf("the generator made no office: %v", err)
		}
		text := written(t, parts)
		file, err := officefile.Parse("office.yaml", []byte(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if diff := cmp.Diff(office.Parts(), file.Office.Parts(), byValue); diff != "" {
			t.Fatalf("office (-written +read):\n%s\n%s", diff, text)
		}
	})
}

// text draws something to read, of any script.
func text(t *rapid.T, label string) string {
	return rapid.StringOfN(rapid.Rune().Filter(func(r rune) bool { return !unicode.IsControl(r) && r != unicode.ReplacementChar }), 1, 12, 100).Draw(t, label)
}

// names draws so many identifiers that do not look alike: each ends in a number
// of its own.
func names[S ~string](t *rapid.T, label string, least, most int) []S {
	list := make([]S, rapid.IntRange(least, most).Draw(t, label+"s"))
	for i := range list {
		list[i] = S(rapid.SampledFrom([]string{text(t, label) + "#", "", "0", "-", "true#"}).Draw(t, label+" form") + strconv.Itoa(i+1))
		if list[i] == S(strconv.Itoa(i+1)) || list[i] == S("0"+strconv.Itoa(i+1)) || list[i] == S("-"+strconv.Itoa(i+1)) {
			list[i] = S(strings.Repeat("0", i+2)) // a number, until it is quoted
		}
	}
	return list
}

func some[V any](t *rapid.T, label string, of []V) []V {
	var chosen []V
	for _, v := range of {
		if rapid.Bool().Draw(t, label) {
			chosen = append(chosen, v)
		}
	}
	return chosen
}

func either(t *rapid.T, label string) bool { return rapid.Bool().Draw(t, label) }

// anOffice draws the parts of any valid office.
func anOffice(t *rapid.T) offices.Parts {
	zone, err := time.LoadLocation(rapid.SampledFrom([]string{"UTC", "Europe/Amsterdam", "America/Curacao"}).Draw(t, "zone"))
	if err != nil {
		t.Fatal(err)
	}
	p := offices.Parts{
		Code: text(t, "code"), Name: text(t, "name"), TimeZone: zone,
		PasswordLink: time.Duration(rapid.IntRange(0, 1440).Draw(t, "minutes")) * time.Minute,
		Version:      rapid.Uint64Range(0, 1<<62).Draw(t, "version"), SettingKinds: someKinds(t),
	}
	people := names[users.ID](t, "user", 1, 5)
	systems := names[companies.SystemID](t, "system", 0, 3)
	var firms []companies.ID
	if len(systems) > 0 {
		firms = names[companies.ID](t, "company", 0, 4)
	}
	for _, id := range firms {
		p.Companies = append(p.Companies, companies.Company{
			ID: id, Name: text(t, "company name"), System: rapid.SampledFrom(systems).Draw(t, "system"),
			AuthorisationWorkflow: either(t, "workflow"), PaymentAgreement: either(t, "agreement"),
			SynchronisationOff: either(t, "not synchronised"),
		})
		p.Settings = append(p.Settings, someSettings(t, id, p.SettingKinds)...)
	}
	for _, id := range systems {
		p.Systems = append(p.Systems, aSystem(t, id, people, firms))
	}
	for i, id := range people {
		p.Users = append(p.Users, aUser(t, id, i, firms))
		p.Links = append(p.Links, someLinks(t, id, p.Systems)...)
		if either(t, "password link") {
			p.PasswordLinks = append(p.PasswordLinks, aPasswordLink(t, id))
		}
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "deleted") {
		p.Deleted = append(p.Deleted, users.Deleted{ID: users.ID(fmt.Sprint("gone", i)), Username: fmt.Sprint("gone", i)})
	}
	return p
}

func someKinds(t *rapid.T) (kinds []companies.SettingKind) {
	for _, code := range names[string](t, "setting", 0, 3) {
		k := companies.SettingKind{Code: code, Mandatory: either(t, "mandatory")}
		if either(t, "closed") {
			k.Values = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"month", "quarter", "no", "3", "a: b"}), 1, 3, rapid.ID).Draw(t, "values")
		}
		kinds = append(kinds, k)
	}
	return kinds
}

func someSettings(t *rapid.T, id companies.ID, kinds []companies.SettingKind) (set []companies.Setting) {
	for _, k := range some(t, "set", kinds) {
		value := text(t, "value")
		if len(k.Values) > 0 {
			value = rapid.SampledFrom(k.Values).Draw(t, "value")
		}
		set = append(set, companies.Setting{Company: id, Code: k.Code, Value: value})
	}
	return set
}

func aPasswordLink(t *rapid.T, id users.ID) users.PasswordLink {
	return users.PasswordLink{
		User: id, Address: "a@b", Length: time.Duration(rapid.IntRange(1, 1440).Draw(t, "link minutes")) * time.Minute,
		Sent: time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "sent"), rapid.SampledFrom([]int64{0, 0, 5e8, 1}).Draw(t, "nanoseconds")).UTC(),
	}
}

func aSystem(t *rapid.T, id companies.SystemID, people []users.ID, firms []companies.ID) sync.System {
	s := sync.System{
		ID: id, Name: text(t, "system name"), SynchronisationUser: rapid.SampledFrom(people).Draw(t, "synchronisation user"),
		Connection: rapid.SampledFrom([]sync.Connection{sync.Disconnected, sync.LoginSuccess}).Draw(t, "connection"),
	}
	for _, id := range names[sync.UserID](t, "accounting user", 0, 3) {
		u := sync.User{
			ID: id, Name: text(t, "accounting name"), Email: "a@b", Rank: rapid.IntRange(1, 1<<40).Draw(t, "rank"),
			CanBook: either(t, "books"), CanChangeMasterData: either(t, "changes"), Reach: sync.ReachAll,
		}
		if either(t, "reaches some") {
			u.Reach = sync.ReachSome(users.AccessTo(some(t, "reach", firms)...))
		}
		s.Users = append(s.Users, u)
	}
	return s
}

func aUser(t *rapid.T, id users.ID, i int, firms []companies.ID) users.User {
	u := users.User{
		ID: id, Username: fmt.Sprint(text(t, "username"), "#", i), Email: "user@" + strings.ReplaceAll(text(t, "domain"), " ", "") + "x",
		Roles: roles.SetOf(some(t, "role", roles.All())...), Access: users.AccessTo(some(t, "access", firms)...),
		LaterCompanies: either(t, "later"), Archive: rapid.SampledFrom([]users.ArchiveRight{users.ByRole, users.AllDocuments}).Draw(t, "archive"),
		Name:              rapid.SampledFrom([]string{"", "Rosa de Vries", "true"}).Draw(t, "name"),
		Language:          rapid.SampledFrom([]string{"", "nl", "no"}).Draw(t, "language"),
		ChangeBankDetails: either(t, "bank"), Spenser: either(t, "spenser"), Used: either(t, "used"),
		BillTo: rapid.SampledFrom([]users.BillTo{{}, users.BillToOffice}).Draw(t, "bill-to"),
	}
	if len(firms) > 0 && either(t, "bill-to a company") {
		u.BillTo = users.BillToCompany(rapid.SampledFrom(firms).Draw(t, "bill-to"))
	}
	if either(t, "ends") {
		u.EndDate = users.DateOf(time.Unix(rapid.Int64Range(-1<<35, 1<<37).Draw(t, "end"), 0), time.UTC)
	}
	return u
}

func someLinks(t *rapid.T, id users.ID, systems []sync.System) []sync.Link {
	var links []sync.Link
	for _, s := range some(t, "linked", systems) {
		if len(s.Users) > 0 {
			links = append(links, sync.Link{
				User: id, System: s.ID, Verified: either(t, "verified"),
				AccountingUser: rapid.SampledFrom(s.Users).Draw(t, "accounting user").ID,
			})
		}
	}
	return links
}

// jsonEscape is a character as JSON escapes it.
func jsonEscape(r rune) string {
	if high, low := utf16.EncodeRune(r); high != unicode.ReplacementChar {
		return fmt.Sprintf(`\u%04x\u%04x`, high, low)
	}
	return fmt.Sprintf(`\u%04x`, r)
}
