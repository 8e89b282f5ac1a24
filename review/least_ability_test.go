package review

import (
	"errors"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
)

func TestAnAbilityReadsAsItPrints(t *testing.T) {
	n := 0
	same := func(b Ability) {
		n++
		text, err := b.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		got, err := ParseAbility(string(text))
		if err != nil || got.String() != b.String() || got.situation|got.action.Always() != b.situation|got.action.Always() && b.situation != 0 {
			t.Fatalf("%s reads as %s, %v", b, got, err)
		}
	}
	for a := range policy.AllActions() {
		same(AbilityTo(a))
		for rule := range a.Rules() {
			same(AbilityBy(rule))
		}
		for b := range leastSituations(a) {
			b.situation &= telling(a)
			same(b)
		}
		same(Ability{action: a, situation: policy.Active})
	}
	if n < 600 {
		t.Errorf("only %d", n)
	}
	if _, err := (Ability{}).MarshalText(); err == nil || AbilityTo(0) != (Ability{}) || AbilityBy(0) != (Ability{}) {
		t.Error("the zero Ability is something")
	}
	if (Ability{}).opens(^policy.Facts(0)) {
		t.Error("somebody has the zero Ability")
	}
}

func TestWhatIsNoAbility(t *testing.T) {
	for text, says := range map[string]string{
		"":                                          "expected an action such as document.view",
		"document.fly":                              `found "document.fly", expected an action`,
		"Document.view":                             "expected an action",
		"document.view ":                            "expected an action",
		"document.view/clients":                     "expected a rule such as document.view/client",
		"document.view/":                            "expected a rule",
		"document.view/client+in_turn":              "expected a rule",
		"document.view+":                            `found "", expected a fact that document.view looks at: active, company_access, stage_tagging,`,
		"document.view+stage_archive":               `found "stage_archive", expected a fact that`,
		"document.view+stage_archived+":             `found ""`,
		"document.view+is_client_user":              "found is_client_user, expected a fact besides the roles and rights of who asks",
		"document.view+archive_right":               "expected a fact besides the roles",
		"document.view+self":                        `found "self", expected a fact that document.view looks at`,
		"document.view+in_turn+in_turn":             "found in_turn twice, expected each fact once",
		"document.view+stage_tagging+stage_booking": "found stage_tagging+stage_booking, expected facts that can hold together",
		"document.view+stage_tagging+in_turn":       "found open_to_clients+route_pending, expected facts that can hold together",
		"user.view+self+another":                    "found self+another, expected",
	} {
		b, err := ParseAbility(text)
		if _, is := errors.AsType[*problems.Problem](err); !is || b != (Ability{}) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, %v", text, b, err)
		}
	}
}

func FuzzParseAbility(f *testing.F) {
	f.Add("document.view")
	f.Add("document.view/client")
	f.Add("document.view+stage_archived+in_turn")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := ParseAbility(text)
		if err != nil {
			return
		}
		again, err := ParseAbility(b.String())
		if err != nil || again != b {
			t.Errorf("%q reads as %s, which reads as %s, %v", text, b, again, err)
		}
	})
}

func TestLeastGrantsByExample(t *testing.T) {
	for _, c := range []struct{ can, cannot, want string }{
		{"document.upload document.book", "document.tag/client", "sme_accountant, restricted_client_user; accountant, restricted_client_user"},
		{"document.change_bank_details", "user.import", "sme_accountant, bank_right"},
		{"document.view+stage_archived", "document.view+stage_booking document.upload office.view_settings", "authoriser, archive_right; authorisation_administrator, archive_right"},
		{"document.view+in_turn user.grant_role+another+seen_by_administrator+grants_authoriser", "user.view/accountant", "authorisation_administrator; super_user, authoriser"},
		{"document.approve", "document.approve", ""},
	} {
		can, cannot := leastParse(t, c.can), leastParse(t, c.cannot)
		var got []string
		enough, _ := LeastGrants(can, cannot)
		for _, e := range enough {
			got = append(got, e.Grant.String())
		}
		if joined := strings.Join(got, "; "); joined != c.want {
			t.Errorf("%s without %s: %s", c.can, c.cannot, joined)
		}
	}
}

func leastParse(t *testing.T, text string) (list []Ability) {
	t.Helper()
	for one := range strings.FieldsSeq(text) {
		b, err := ParseAbility(one)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, b)
	}
	return list
}
