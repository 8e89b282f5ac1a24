package officefile_test

import (
	"strings"
	"testing"

	"github.com/mandaat/mandaat/officefile"
)

// base is a valid file that uses every key; the tests of malformed files change
// one place of it.
const base = `version: 1
office:
  code: devries
  name: De Vries Accountants
  time_zone: Europe/Amsterdam
  password_link_minutes: 45
  version: 12
  company_settings: [{code: vat_period, mandatory: true, values: [month, quarter]}, {code: colour}]
accounting_systems:
  - id: exact
    name: Exact Online
    connection: login_success
    synchronisation_user: rosa
    users:
      - {id: rosa@exact, name: Rosa, email: rosa@devries.example, rank: 1, can_book: true, can_change_master_data: true, companies: all}
      - {id: bram@exact, name: Bram, email: bram@devries.example, rank: 2, can_book: true, can_change_master_data: false, companies: [bakery]}
  - {id: twin, name: Twinfield, connection: disconnected, synchronisation_user: rosa}
companies:
  - {id: bakery, name: Bakkerij Jansen, accounting_system: exact, authorisation_workflow: true, payment_agreement: true, synchronisation: false, settings: {vat_period: month}}
  - {id: garage, name: Garage De Wit, accounting_system: twin, authorisation_workflow: false, payment_agreement: false, synchronisation: true}
users:
  - id: rosa
    username: rosa
    email: rosa@devries.example
    roles: [super_user]
    companies: all
    accounting_users:
      - {system: exact, user: rosa@exact}
  - id: bram
    username: bram
    email: bram@devries.example
    roles: [accountant, client_user, accountant]
    companies: [bakery]
    end_date: 2027-01-31
    later_companies: true
    archive: all
    change_bank_details: true
    bill_to: bakery
    spenser: true
    used: true
    accounting_users:
      - {system: exact, user: bram@exact, verified: true}
  - {id: anna, username: anna, email: anna@jansen.example, roles: [], companies: [], end_date: "2030-12-01", bill_to: office, password_link: {address: anna@jansen.example, sent: 2026-11-22T09:00:00Z, minutes: 30}}
deleted_users:
  - {id: tom, username: tommy}
documents:
  - id: inv-1
    company: bakery
    delivered_by: tom
    stage: authorisation
    route:
      - {authoriser: tom, outcome: approved}
      - {authoriser: anna, outcome: pending}
  - {id: inv-2, company: bakery, delivered_by: bram, stage: tagging, route: [{authoriser: anna, outcome: rejected, comment: wrong amount}], ever_assigned: true}
  - {id: inv-3, company: garage, delivered_by: anna, stage: booking, ever_assigned: true}
  - {id: inv-4, company: garage, delivered_by: anna, stage: archived}
acknowledged:
  - {finding: S1, user: bram, company: bakery, reason: two-person office, until: 2027-06-30}
  - {finding: O11, users: [bram, tom], reason: one mailbox, until: "2027-06-30"}
`

// change is base with one place of it changed, which must be there once.
func change(t *testing.T, from, to string) string {
	t.Helper()
	if n := strings.Count(base, from); n != 1 {
		t.Fatalf("base has %q %d times, expected once", from, n)
	}
	return strings.Replace(base, from, to, 1)
}

// parse reads a file that must be valid.
func parse(t *testing.T, text string) *officefile.File {
	t.Helper()
	file, err := officefile.Parse("office.yaml", []byte(text))
	if err != nil {
		t.Fatalf("found errors in a valid file:\n%v\n%s", err, text)
	}
	return file
}
