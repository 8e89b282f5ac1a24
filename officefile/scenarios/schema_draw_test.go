package scenarios_test

import (
	"strings"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/officefile/internal/schematest"
)

// suiteWords are keys, names and codes that belong somewhere in a scenario file.
var suiteWords = strings.Fields(`
	name at given can cannot tables findings no_findings users actions resources with only code rule rules role roles comment authorisers
	companies system user end_date id level why_not warnings command document
	rosa bram carla nobody tom bakery exact inv-1 devries all none office.yaml
	document.view document.assign user.grant_role company.view document.vieuw user.bulk connection.record_disconnection
	document:inv-1 document: user:rosa company:bakery connection:exact office:devries documents:inv-1 : nobody:x
	unknown_user unknown_action unknown_resource bad_property not_in_turn authoriser_unfit missing_property not_in_tern
	document.view/client document.book/booker self_approval S1 O11 S7 error advice
`)

// What a scenario file that can be used may be made of.
var suiteParts = map[string][]string{
	"office": lines(`
		office.yaml
		{office: {code: devries, name: De Vries, time_zone: Europe/Amsterdam, company_settings: [{code: period, values: [month, year]}]}, accounting_systems: [{id: exact, name: Exact, connection: login_success, synchronisation_user: rosa, users: [{id: rosa@exact, name: Rosa, email: rosa@x.example, rank: 1, can_book: true, can_change_master_data: true, companies: all}]}], companies: [{id: bakery, name: B, accounting_system: exact, authorisation_workflow: true, payment_agreement: false, settings: {period: month}}], users: [{id: rosa, username: rosa, email: rosa@x.example, roles: [super_user], companies: all}, {id: bram, username: bram, email: bram@x.example, roles: [accountant], companies: all}, {id: carla, username: carla, email: carla@x.example, roles: [client_user], companies: [bakery]}, {id: anna, username: anna, email: anna@x.example, roles: [authoriser], companies: all}], deleted_users: [{id: tom, username: tom}], documents: [{id: inv-2, company: bakery, delivered_by: carla, stage: tagging}, {id: inv-3, company: bakery, delivered_by: carla, stage: tagging}, {id: inv-1, company: bakery, delivered_by: carla, stage: authorisation, route: [{authoriser: anna, outcome: pending}]}]}
	`),
	"at": lines(`
		2026-11-22T09:00:00Z
		"2026-11-22T09:00:00.5+01:00"
	`),
	"name": lines(`
		Only the authoriser in turn can approve
		\u00e9
	`),
	"given": lines(`
		[rosa, user.grant_role, {user: carla, role: authoriser}]
		[rosa, user.change_end_date, {user: carla, end_date: 2027-01-31}]
		[rosa, user.change_end_date, {user: carla, end_date: null}]
		[rosa, user.change_roles, {user: bram, roles: [accountant, client_user]}]
		[rosa, user.change_archive_right, {user: bram, archive: all}]
		[rosa, user.change_bill_to, {user: anna, bill_to: office}]
		[rosa, user.change_details, {user: bram, name: Bram, language: "", spenser: true}]
		[rosa, user.change_company_access, {user: bram, companies: [bakery]}]
		[rosa, user.bulk, {users: [bram, carla], change_bank_details: false}]
		[rosa, user.create, {roles: [client_user], companies: [bakery], people: [{user: piet, username: piet, email: piet@x.example}]}]
		[rosa, office.change_settings, {name: X, password_link_minutes: 45}]
		[rosa, company.change_settings, {company: bakery, settings: []}]
		[rosa, accounting_system.fetch_users, {system: exact, accounts: [{id: rosa@exact, name: R, email: r@x.example, rank: 1, can_book: true, can_change_master_data: true, companies: all}]}]
		[connection.record_disconnection, {system: exact}]
		[carla, document.assign, {document: inv-2, authorisers: [anna]}]
		[anna, document.reject, {document: inv-1, comment: wrong}]
		[carla, document.merge, {document: inv-2, with: [inv-3]}]
	`),
	"can": lines(`
		[carla, document.view, document:inv-2]
		[carla, document.view, document:inv-2, {}]
		[carla, document.assign, document:inv-2, {authorisers: [anna]}, {rule: document.assign/client}]
		[rosa, user.grant_role, user:carla, {role: authoriser}, {rules: [user.grant_role/super-user], warnings: [], source: ROLES}]
		[rosa, user.change_end_date, user:carla, {end_date: null}]
		[rosa, user.change_roles, user:carla, {roles: [client_user]}, {warnings: [role_set_invalid]}]
		[rosa, company.create, office:devries, {accounting_system: exact}]
		[rosa, connection.manage, connection:exact, {synchronisation_user: rosa, accounting_user: rosa@exact}]
		[rosa, user.import, office:devries, {roles: [], companies: [], system: exact, users: [rosa@exact]}]
		[bram, user.change_password, user:bram, {old_password_verified: true}]
		[bram, company.view, company:bakery]
	`),
	"cannot": lines(`
		[tom, document.view, document:inv-2]
		[anna, document.approve, document:inv-2, {}, {code: no_route_pending}]
		[nobody, document.view, document:inv-2, {}, {code: unknown_user}]
		[anna, document.vieuw, document:inv-2, {x: 7}, {code: unknown_action}]
		[anna, document.view, document:inv-999, {}, {code: unknown_resource}]
		[anna, document.view, folder:x, {}, {code: unknown_resource}]
		[carla, document.reject, document:inv-1, {comment: 7}, {code: bad_property}]
		[carla, document.assign, document:inv-2, {authorisers: [nobody, ""]}, {code: authoriser_unfit}]
		[carla, document.merge, document:inv-2, {with: [inv-999]}, {code: bad_property}]
		[anna, document.reject, document:inv-1, {comment: ""}, {why_not: [[await_turn anna on inv-1]]}]
		[anna, document.book, document:inv-1, {}, {why_not: [], reason: because, warnings: []}]
		[bram, user.change_end_date, user:rosa, {end_date: 2027-01-31}, {code: not_manageable}]
	`),
	"tables": lines(`
		{actions: [document.view], resources: ["document:inv-2", "document:inv-1"], can: none}
		{users: [anna, carla], actions: [document.view, document.reject], resources: [document:inv-1], with: {comment: too late}, can: {only: [anna]}, code: not_in_turn}
		{actions: [document.reject], resources: [document:inv-1], with: {comment: 7}, can: none, code: bad_property}
		{actions: [user.grant_role, user.change_roles], resources: [user:carla], with: {role: client_user, roles: [authoriser]}, can: all}
	`),
	"findings": lines(`
		{id: S1, user: bram, company: bakery}
		{level: error}
		{acknowledged: true, id: O5}
	`),
}

func lines(text string) (list []string) {
	for line := range strings.Lines(strings.TrimSpace(text)) {
		list = append(list, strings.TrimSpace(line))
	}
	return list
}

// drawnSuite draws a scenario file that can be used, as a text.
func drawnSuite(t *rapid.T) string {
	some := func(part string) string { return rapid.SampledFrom(suiteParts[part]).Draw(t, part) }
	file := "{office: " + some("office")
	if rapid.Bool().Draw(t, "at") {
		file += ", at: " + some("at")
	}
	var scenarios []string
	for range rapid.IntRange(1, 3).Draw(t, "scenarios") {
		scenario := "{name: " + some("name")
		if rapid.Bool().Draw(t, "at") {
			scenario += ", at: " + some("at")
		}
		for _, key := range []string{"given", "can", "cannot", "tables", "findings", "no_findings"} {
			if part := strings.TrimPrefix(key, "no_"); key == "tables" || rapid.Bool().Draw(t, key) {
				scenario += ", " + key + ": [" + some(part) + ", " + some(part) + "]"
			}
		}
		scenarios = append(scenarios, scenario+"}")
	}
	return file + ", scenarios: [" + strings.Join(scenarios, ", ") + "]}"
}

// drawnTree is a scenario file as it can be mutated.
func drawnTree(t *rapid.T) any {
	text := drawnSuite(t)
	tree, err := schematest.Tree(text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return tree
}
