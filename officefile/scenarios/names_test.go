package scenarios_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/workflow"
)

// nameless is the fields of commands that hold no names: values, and codes that the
// command itself reads.
var nameless = []string{
	"roles", "role", "grant_roles", "name", "language", "spenser", "username", "end_date", "old_password_verified", "email", "later_companies", "archive",
	"change_bank_details", "give_later_companies", "authorisation_workflow", "payment_agreement", "synchronisation", "password_link_minutes", "comment",
}

// holding is the fields that hold others, with a field among those that holds names.
var holding = map[string]string{"people": "people[].user", "account": "account.companies[]", "accounts": "accounts[].companies[]", "settings": "settings[].code"}

// A field of a command that is new holds names that are looked up, or is said here to
// hold none.
func TestEachFieldOfACommandIsLookedUpOrHoldsNoNames(t *testing.T) {
	fields := 0
	for _, name := range slices.Concat(admin.CommandNames(), workflow.CommandNames()) {
		for _, f := range slices.Concat(admin.CommandFields(name), workflow.CommandFields(name)) {
			fields++
			inside, holds := holding[f.Key]
			_, imports := map[string]bool{"user.create": true, "user.import": true}[name]
			looked := scenarios.Names(name, f.Key) || scenarios.Names(name, f.Key+"[]") || holds && (scenarios.Names(name, inside) || imports)
			if looked == slices.Contains(nameless, f.Key) {
				t.Errorf("%s %s: looked up %t, and known to hold no names %t", name, f.Key, looked, !looked)
			}
		}
	}
	t.Logf("%d fields", fields)
	if fields < 80 {
		t.Error("too few")
	}
}

// An unknown name in a property is denied with the code that lets it stand there on
// purpose, and with no other.
func TestAnUnknownNameInAPropertyLeadsToItsCode(t *testing.T) {
	_, file := exampleOffice(t)
	d, asked := directly(file), 0
	for a := range policy.AllActions() {
		needed, optional := a.Takes()
		for p := range (needed | optional).Each() {
			want, names := scenarios.LeadsTo(p.String())
			if !names {
				continue
			}
			with := map[string]any{
				"role": "authoriser", "roles": []any{"client_user"}, "companies": []any{"bakery"}, "system": "exact", "user": "nina@exact",
				"synchronisation_user": "rosa", "authorisers": []any{"anna"}, "end_date": nil,
			}
			with[p.String()] = "nobody"
			if slices.Contains([]string{"authorisers", "companies", "users", "with"}, p.String()) {
				with[p.String()] = []any{"nobody"}
			}
			on := map[policy.ResourceType]string{policy.Document: "document:inv-2", policy.User: "user:carla", policy.Connection: "connection:exact", policy.Office: "office:devries"}[a.On()]
			code := policy.Code(0)
			for _, who := range drawnUsers {
				if answer := d.state.Snapshot().Check(d.request(who, a.String(), on, with)); answer.Allowed() {
					t.Errorf("%s may %s with %s nobody", who, a, p)
				} else if answer.Code() == want {
					code = want
				}
			}
			if asked++; code != want && a != policy.DocumentReassign { // no document of those has a route
				t.Errorf("%s with %s nobody is never %s", a, p, want)
			}
		}
	}
	t.Log(fmt.Sprint(asked), "properties of actions")
	if asked < 15 {
		t.Error("too few")
	}
}
