package policy

import (
	"strings"
	"testing"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// matrix says, for each action, which single role may do it when everything but
// the role is as favourable as can be: S super_user, A accountant, M
// sme_accountant, D authorisation_administrator, O authoriser, C client_user, R
// restricted_client_user, and - for somebody without a role. A document is asked
// about at each stage.
const matrix = `
document.upload                              ->  CR
company.list_authorisers                     ->  DCR
document.view tagging                        ->  CR
document.view authorisation                  ->  DO
document.view booking                        ->  AM
document.view archived                       ->  AM
document.view archived, in turn              ->  AMDO
document.view archived, archive right        ->  SAMDOCR-
document.view booking, never assigned        ->  AMCR
document.split                               ->  CR
document.merge                               ->  CR
document.tag                                 ->  CR
document.assign                              ->  CR
document.approve                             ->  O
document.reject                              ->  O
document.reassign                            ->  D
document.withdraw                            ->  D
document.return                              ->  AM
document.book                                ->  AM
document.change_bank_details                 ->  AM
company.view                                 ->  SAMDOCR-
company.create                               ->  SAM
company.delete                               ->  S
company.change_settings                      ->  SAM
company.change_mandatory_settings            ->  SA
company.control_sync                         ->  S
office.view_settings                         ->  S
office.change_settings                       ->  S
accounting_system.create                     ->  S
accounting_system.delete                     ->  S
accounting_system.fetch_users                ->  S
connection.view                              ->  S
connection.manage                            ->  S
connection.reconnect                         ->  SAMDOCR-
user.view                                    ->  SAMD
user.view oneself                            ->  SAMDOCR-
user.create                                  ->  SAM
user.import                                  ->  SA
user.delete                                  ->  S
user.change_details                          ->  SAM
user.change_details oneself                  ->  SAMDOCR-
user.change_end_date                         ->  SAM
user.change_end_date oneself                 ->  S
user.change_company_access                   ->  SAM
user.change_company_access oneself           ->  S
user.change_bill_to                          ->  SAM
user.change_later_companies                  ->  SA
user.change_later_companies oneself          ->  S
user.grant_role client_user                  ->  SAM
user.grant_role authoriser                   ->  SAD
user.grant_role authoriser, oneself          ->  S
user.revoke_role restricted_client_user      ->  SAM
user.change_roles                            ->  SAM
user.change_bank_right                       ->  S
user.change_archive_right                    ->  S
user.send_password_link                      ->  SAM
user.send_password_link oneself              ->  SAMDOCR-
user.change_password                         ->
user.change_password oneself                 ->  SAMDOCR-
user.change_email                            ->  SAM
user.change_email oneself                    ->  SAMDOCR-
user.link_accounting_user                    ->  SA
user.unlink_accounting_user                  ->  SA
user.enter_accounting_password               ->  S
user.enter_accounting_password oneself       ->  SAMDOCR-
`

const letters = "SAMDOCR" // in rank order

// favourable is the question of a line of the matrix, as xeno would ask it.
func favourable(line string) (Action, Resource, With) {
	name, circumstance, _ := strings.Cut(line, " ")
	a, err := ParseAction(name)
	if err != nil {
		panic(err)
	}
	target := users.ID("yara")
	if strings.Contains(circumstance, "oneself") {
		target = "xeno"
	}
	with := With{
		Authorisers: []users.ID{"anna"}, Comment: "wrong", Role: roles.ClientUser,
		Companies: Given(users.AccessTo("bakery")), Roles: Given(roles.SetOf(roles.RestrictedClientUser)),
		EndDate: Given(users.Date{}), OldPasswordVerified: Given(true), BillTo: users.BillToOffice,
		System: "exact", User: "sam@exact", SynchronisationUser: "rosa",
		Documents: []*documents.Document{doc(documents.Tagging, by("xeno"), named("inv-2")).Document},
	}
	if role, err := roles.Parse(strings.TrimSuffix(circumstance, ", oneself")); err == nil {
		with.Role = role
	}
	switch a.On() {
	case Document:
		return a, favourableDocument(a, circumstance), with
	case Company:
		return a, OfCompany("bakery"), with
	case Connection:
		return a, OfConnection("afas"), with
	case User:
		return a, OfUser(target), with
	case Office:
	}
	return a, office, with
}

func favourableDocument(a Action, circumstance string) Resource {
	ever := assigned
	if strings.Contains(circumstance, "never") {
		ever = func(*documents.Parts) {}
	}
	switch {
	case strings.Contains(circumstance, "in turn"):
		return doc(documents.Archived, by("xeno"), route("xeno"))
	case strings.Contains(circumstance, "archived"):
		return doc(documents.Archived, by("xeno"), ever)
	case strings.Contains(circumstance, "booking"), a == DocumentReturn, a == DocumentBook, a == DocumentChangeBankDetails:
		return doc(documents.Booking, by("xeno"), ever)
	case strings.Contains(circumstance, "authorisation"), a == DocumentApprove, a == DocumentReject,
		a == DocumentReassign, a == DocumentWithdraw:
		return doc(documents.Authorisation, by("xeno"), route("xeno"))
	}
	return doc(documents.Tagging, by("xeno"))
}

// favoured is the office in which xeno, of one role or none, has everything but
// other roles, and yara is whom it is easiest to manage. AFAS is a system without
// companies that xeno synchronises.
func favoured(role roles.Role, archiveRight bool) *world {
	w := usual()
	everything := users.AccessTo("bakery", "garage", "florist")
	w.join("xeno", everything, role)
	w.join("yara", users.AccessTo("bakery"), roles.ClientUser)
	unused("yara")(w)
	bankRight("xeno")(w)
	laterRight("xeno")(w)
	if archiveRight {
		archivist("xeno")(w)
	}
	linked("xeno", "exact", "bram@exact")(w)
	linked("yara", "exact", "sam@exact")(w)
	system := w.Systems[2]
	system.ID, system.SynchronisationUser = "afas", "xeno"
	w.Systems = append(w.Systems, system)
	linked("rosa", "afas", "rosa@snelstart")(w)
	return w
}

func TestEachActionMeetsEachRole(t *testing.T) {
	met := map[Action]bool{}
	for line := range strings.Lines(strings.TrimPrefix(matrix, "\n")) {
		question, want, ok := strings.Cut(strings.TrimSpace(line), "->")
		if !ok {
			t.Fatalf("a line of the matrix without an arrow: %q", line)
		}
		question, want = strings.TrimSpace(question), strings.TrimSpace(want)
		t.Run(question, func(t *testing.T) {
			a, resource, with := favourable(question)
			met[a] = true
			if got := whoMay(t, a, resource, with, strings.Contains(question, "archive right")); got != want {
				t.Errorf("%s: got %q, want %q", question, got, want)
			}
		})
	}
	for a := range AllActions() {
		if !met[a] {
			t.Errorf("%s has no line in the matrix", a)
		}
	}
}

func whoMay(t *testing.T, a Action, resource Resource, with With, archiveRight bool) string {
	var got strings.Builder
	for role := roles.SuperUser; role <= roles.RestrictedClientUser+1; role++ {
		if favoured(role, archiveRight).compile(t).Check(Request{"xeno", a, resource, &with, now}).Allowed() {
			got.WriteByte((letters + "-")[role-1])
		}
	}
	return got.String()
}
