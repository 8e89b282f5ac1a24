package roles_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
)

// The seven roles in the words of the articles, from the highest rank down.
var words = []struct {
	role                 roles.Role
	code, english, dutch string
}{
	{roles.SuperUser, "super_user", "Super user", "Supergebruiker"},
	{roles.Accountant, "accountant", "Accountant", "Accountant"},
	{roles.SMEAccountant, "sme_accountant", "SME Accountant", "Boekhouder MKB"},
	{roles.AuthorisationAdministrator, "authorisation_administrator", "Authorisation administrator", "Autorisatiebeheerder"},
	{roles.Authoriser, "authoriser", "Authoriser", "Autorisator"},
	{roles.ClientUser, "client_user", "Client user", "Klantgebruiker"},
	{roles.RestrictedClientUser, "restricted_client_user", "Restricted client user", "Beperkte Klantgebruiker"},
}

func TestEveryRoleGoesByTheWordsOfTheArticles(t *testing.T) {
	for _, w := range words {
		t.Run(w.english, func(t *testing.T) {
			got := []string{w.role.String(), w.role.Name(), w.role.Dutch()}
			if diff := cmp.Diff([]string{w.code, w.english, w.dutch}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if !w.role.Known() {
				t.Error("is not known")
			}
		})
	}
}

func TestARoleIsReadByItsCodeAndPrintedBackTheSame(t *testing.T) {
	for _, w := range words {
		if got, err := roles.Parse(w.code); got != w.role || err != nil {
			t.Errorf("Parse(%q) = %v, %v", w.code, got, err)
		}
		var read roles.Role
		text, err := json.Marshal(w.role)
		if err != nil || string(text) != `"`+w.code+`"` {
			t.Errorf("%v is written %s, %v", w.role, text, err)
		}
		if err := json.Unmarshal(text, &read); read != w.role || err != nil {
			t.Errorf("%s is read back as %v, %v", text, read, err)
		}
	}
}

func TestARoleIsReadFromNothingButItsExactCode(t *testing.T) {
	wrong := []string{"", "Role(0)", "Role(1)", "1", "no role", "superuser", "super-user", "super_user,accountant"}
	for _, w := range words {
		wrong = append(wrong, strings.ToUpper(w.code), strings.ToUpper(w.code[:1])+w.code[1:],
			" "+w.code, w.code+" ", w.code+"\n", w.code+"s", w.code[1:], w.dutch, w.english)
	}
	for _, text := range wrong {
		role := roles.Authoriser // must stay what it was
		if got, err := roles.Parse(text); got != 0 || !errors.Is(err, problems.ErrInvalid) {
			t.Errorf("Parse(%q) = %v, %v; want a refusal", text, got, err)
		}
		if err := role.UnmarshalText([]byte(text)); err == nil || role != roles.Authoriser {
			t.Errorf("UnmarshalText(%q) gave %v, %v", text, role, err)
		}
	}
}

func TestARefusedRoleIsToldTheSevenCodes(t *testing.T) {
	_, err := roles.Parse("boss")
	want := `found "boss", expected one of super_user, accountant, sme_accountant, ` +
		`authorisation_administrator, authoriser, client_user, restricted_client_user`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestAllListsTheRolesByRank(t *testing.T) {
	var want []roles.Role
	for _, w := range words {
		want = append(want, w.role)
	}
	if diff := cmp.Diff(want, roles.All()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	roles.All()[0] = roles.ClientUser
	if roles.All()[0] != roles.SuperUser {
		t.Error("changing the list given out changed the roles")
	}
}

func TestARoleOutranksThoseListedBelowItAndNoRoleRanksBelowAll(t *testing.T) {
	all := roles.All()
	for i, r := range all {
		for j, other := range all {
			if got, want := r.Above(other), i < j; got != want {
				t.Errorf("%v above %v: %v, want %v", r, other, got, want)
			}
		}
		if !r.Above(0) || roles.Role(0).Above(r) {
			t.Errorf("a user without a role does not rank below %v", r)
		}
	}
	if roles.Role(0).Above(0) {
		t.Error("no role outranks no role")
	}
}

func TestWhatIsNoneOfTheSevenGivesNothing(t *testing.T) {
	for n := range 256 {
		r := roles.Role(n)
		if slices.Contains(roles.All(), r) {
			continue
		}
		checkNothing(t, r)
	}
}

func checkNothing(t *testing.T, r roles.Role) {
	t.Helper()
	full := roles.SetOf(roles.All()...)
	if r.Known() || r.Name() != "no role" || r.Dutch() != "geen rol" {
		t.Errorf("%v is known as %q, %q", r, r.Name(), r.Dutch())
	}
	if roles.SetOf(r) != 0 || full.Has(r) || full.With(r) != full || full.Without(r) != full {
		t.Errorf("%v has a place in a set", r)
	}
	if r.Above(roles.RestrictedClientUser) {
		t.Errorf("%v outranks a role", r)
	}
	if text, err := r.MarshalText(); err == nil || problems.All(err)[0].Found != r.String() {
		t.Errorf("%v is written %q, %v", r, text, err)
	}
	if _, err := roles.Parse(r.String()); err == nil {
		t.Errorf("%v can be read", r)
	}
}

func TestLevelsAreReadAndPrinted(t *testing.T) {
	for level, code := range map[roles.Level]string{
		roles.Error: "error", roles.Warning: "warning", roles.Advice: "advice",
	} {
		parsed, err := roles.ParseLevel(code)
		if parsed != level || err != nil || level.String() != code {
			t.Errorf("%q is read as %v, %v", code, parsed, err)
		}
		var read roles.Level
		text, err := json.Marshal(level)
		if err != nil || string(text) != `"`+code+`"` {
			t.Errorf("%v is written %s, %v", level, text, err)
		}
		if err := json.Unmarshal(text, &read); read != level || err != nil {
			t.Errorf("%s is read back as %v, %v", text, read, err)
		}
	}
}

func TestTheHeaviestLevelComesFirst(t *testing.T) {
	levels := []roles.Level{roles.Error, roles.Warning, roles.Advice}
	if !slices.IsSorted(levels) || levels[0] == 0 {
		t.Errorf("levels are %v", levels)
	}
}

func TestNoOtherLevelIsReadOrWritten(t *testing.T) {
	for _, text := range []string{"", "Error", "WARNING", "advice ", " advice", "info", "Level(0)"} {
		level := roles.Warning
		if got, err := roles.ParseLevel(text); got != 0 || !errors.Is(err, problems.ErrInvalid) {
			t.Errorf("ParseLevel(%q) = %v, %v", text, got, err)
		}
		if err := level.UnmarshalText([]byte(text)); err == nil || level != roles.Warning {
			t.Errorf("UnmarshalText(%q) gave %v, %v", text, level, err)
		}
	}
	for _, level := range []roles.Level{0, 4, 255} {
		if text, err := level.MarshalText(); err == nil || problems.All(err)[0].Found != level.String() {
			t.Errorf("%v is written %q, %v", level, text, err)
		}
	}
	if got := roles.Level(0).String(); got != "Level(0)" {
		t.Errorf("no level prints %q", got)
	}
}
