package admin_test

import (
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
)

// nobodysRight stands for what takes no right: what the software records, and what
// a password link is for.
const nobodysRight = ""

// rightsFor is the actions one of which must be allowed for a change of each kind.
var rightsFor = map[string][]string{
	"user_created":                   {"user.create", "user.import"},
	"details_changed":                {"user.change_details"},
	"username_changed":               {"user.change_details"},
	"roles_changed":                  {"user.grant_role", "user.revoke_role", "user.change_roles"},
	"access_changed":                 {"user.change_company_access"},
	"later_companies_changed":        {"user.change_later_companies"},
	"archive_right_changed":          {"user.change_archive_right"},
	"bank_right_changed":             {"user.change_bank_right"},
	"end_date_changed":               {"user.change_end_date"},
	"bill_to_changed":                {"user.change_bill_to"},
	"email_changed":                  {"user.change_email"},
	"password_link_sent":             {"user.send_password_link"},
	"password_link_used":             {nobodysRight},
	"password_changed":               {"user.change_password"},
	"user_used":                      {nobodysRight},
	"user_deleted":                   {"user.delete"},
	"linked":                         {"user.link_accounting_user", "user.import", "connection.manage", "accounting_system.create"},
	"unlinked":                       {"user.unlink_accounting_user", "accounting_system.fetch_users"},
	"link_verified":                  {"user.enter_accounting_password", "connection.reconnect"},
	"company_created":                {"company.create"},
	"company_deleted":                {"company.delete"},
	"setting_changed":                {"company.change_settings", "company.change_mandatory_settings"},
	"authorisation_workflow_changed": {"company.change_settings"},
	"payment_agreement_changed":      {"office.change_settings"},
	"synchronisation_switched":       {"company.control_sync"},
	"office_changed":                 {"office.change_settings"},
	"accounting_system_created":      {"accounting_system.create"},
	"accounting_system_deleted":      {"accounting_system.delete"},
	"accounting_users_fetched":       {"accounting_system.fetch_users"},
	"accounting_user_fetched":        {"connection.manage"},
	"synchronisation_user_chosen":    {"connection.manage"},
	"connection_changed": {
		nobodysRight, "connection.manage", "connection.reconnect", "user.link_accounting_user", "user.enter_accounting_password",
	},
}

// checkEvents checks the trail of each event: when, by whom, by what command and by
// what right.
func checkEvents(t *rapid.T, told string, want *attempt, version uint64, c admin.Command, events []admin.Event) {
	t.Helper()
	for i, e := range events {
		if e.Version != version+uint64(i)+1 || e.By != want.actor || !e.At.Equal(want.at) || e.Command != c.Name() || e.Policy != policy.Hash() {
			t.Fatalf("%s: event %d after version %d is %+v", told, i, version, e)
		}
		checkRight(t, told, want, e)
		if again := (admin.Event{Version: e.Version, Trail: e.Trail, Change: e.Change}); again != e {
			t.Fatalf("%s: %+v is not itself", told, e)
		}
	}
	if n := len(events); n > 1 && slices.Contains(events[:n-1], events[n-1]) {
		t.Fatalf("%s: an event twice in %v", told, events)
	}
}

func checkRight(t *rapid.T, told string, want *attempt, e admin.Event) {
	t.Helper()
	action, _, _ := strings.Cut(e.Rule, "/")
	if !slices.Contains(rightsFor[e.Change.Name()], action) {
		t.Fatalf("%s: %s by the right %q", told, e.Change.Name(), e.Rule)
	}
	if e.Rule == nobodysRight {
		return
	}
	if _, err := policy.ParseRuleID(e.Rule); err != nil || !want.rules[e.Rule] {
		t.Fatalf("%s: %s by the right %q, which is none or was not asked: %v", told, e.Change.Name(), e.Rule, err)
	}
}

// needsNoTrace is what happens without the office being any different: a link goes
// out again, a password is changed of which the office knows nothing.
var needsNoTrace = []string{"password_link_sent", "password_changed"}

// checkNeeded checks that no event says of an office that stayed as it was that it
// changed.
func checkNeeded(t *rapid.T, told string, before, after offices.Parts, events []admin.Event) {
	t.Helper()
	after.Version = before.Version
	for _, e := range events {
		if slices.Contains(needsNoTrace, e.Change.Name()) {
			return
		}
	}
	if len(events) > 0 && cmp.Equal(before, after, sameParts) {
		t.Fatalf("%s: nothing changed, and yet %+v", told, events)
	}
}
