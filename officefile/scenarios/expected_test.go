package scenarios_test

import (
	"strings"
	"testing"

	"github.com/mandaat/mandaat/words"
)

// Each thing that can be expected is looked at: what is so passes, and what is not so
// fails, once.
func TestEachExpectationIsLookedAt(t *testing.T) {
	const (
		can    = "can: [[yasmin, document.book, document:inv-6, {}, {"
		cannot = "cannot: [[anna, document.approve, document:inv-1, {}, {"
		turn   = "document.approve is for the authoriser in turn; the turn is bob's."
		books  = "Who books does so as the accounting-system user they are linked to and have logged in as."
		view   = "tables: [{users: [anna, bob], actions: [document.view], resources: [document:inv-1], "
		s1     = "findings: [{id: S1, user: sanne, company: garage, level: warning, acknowledged: true}]"
	)
	list := []struct{ so, from, to string }{
		{"can: [[bob, document.approve, document:inv-1]]", "can", "cannot"},
		{can + "rule: document.book/booker}]]", "yasmin, document.book, document:inv-6, {}, {rule: document.book/booker", "bram, document.view, document:inv-9, {}, {rule: document.view/booker"},
		{can + "rules: [document.book/booker]}]]", "yasmin, document.book, document:inv-6, {}, {rules: [document.book/booker", "bram, document.view, document:inv-9, {}, {rules: [document.view/booker"},
		{can + "reason: '" + books + "'}]]", "Who books", "Who reads"},
		{can + "source: 'ROLES, SETTINGS'}]]", "ROLES, SETTINGS", "ROLES"},
		{can + "warnings: [self_booking]}]]", "[self_booking]", "[]"},
		{can + "warnings: [self_booking]}]]", "[self_booking]", "[self_booking, self_approval]"},
		{cannot + "code: not_in_turn}]]", "not_in_turn", "role_missing"},
		{cannot + "rules: [document.approve/in-turn]}]]", "anna, document.approve, document:inv-1, {}, {rules: [document.approve/in-turn]", "anna, document.tag, document:inv-2, {}, {rules: [document.tag/client]"},
		{cannot + `reason: "` + turn + `"}]]`, "bob's", "anna's"},
		{cannot + "source: 'ROLES, SETTINGS'}]]", "ROLES, SETTINGS", "SYNC"},
		{cannot + "warnings: []}]]", "[]", "[self_approval]"},
		{cannot + "why_not: [[await turn of anna on inv-1]]}]]", "await turn of anna", "grant_role authoriser to anna], [await turn of anna"},
		{cannot + "why_not: [[await turn of anna on inv-1]]}]]", "[[await turn of anna on inv-1]]", "[]"},
		{view + "can: {only: [bob]}, code: not_in_turn}]", "[bob]", "[anna]"},
		{view + "can: {only: [bob]}, code: not_in_turn}]", "not_in_turn", "ever_assigned"},
		{strings.Replace(view, "anna, bob", "anna", 1) + "can: none}]", "none", "all"},
		{"tables: [{users: [carla], actions: [document.assign], resources: [document:inv-2], with: {authorisers: [bob]}, can: all}]", "[bob]", "[dirk]"},
		{s1, "S1", "S2"},
		{s1, "sanne", "mark"},
		{s1, "garage", "bakery"},
		{s1, "acknowledged: true", "acknowledged: false"},
		{strings.Replace(s1, "id: S1, ", "", 1), "level: warning", "level: advice"},
		{"no_findings: [{id: S1, user: mark}]", "S1, user: mark", "S1, user: sanne, acknowledged: true"},
		{"no_findings: [{id: S1}]", "{id: S1}", "{user: sanne, company: garage, acknowledged: true}"},
		{"no_findings: [{level: error}]", "error", "advice"},
	}
	for _, c := range list {
		if strings.Count(c.so, c.from) != 1 {
			t.Fatalf("%s has %q %d times", c.so, c.from, strings.Count(c.so, c.from))
		}
		other := strings.Replace(c.so, c.from, c.to, 1)
		for text, want := range map[string]int{c.so: 0, other: 1} {
			r := results(t, "  - {name: x, "+text+"}\n")[0]
			failures := len(r.Failures)
			if c.to == "[anna]" && want == 1 {
				failures-- // both answers are the other way round
			}
			if failures != want {
				t.Errorf("%s: %d failures, want %d", text, failures, want)
				for i := range r.Failures {
					t.Log(r.Failures[i].Message(words.English))
				}
			}
		}
	}
	t.Logf("%d expectations, and as many that are not so", len(list))
}
