package main

// shown is a place in a file, and what is shown there.
type shown struct {
	of, file  string
	text      string
	want, not []string
}

const (
	office    = "office.yaml"
	scenarios = "scenarios.yaml"
)

// typing is where something is typed, at the caret.
var typing = []shown{
	{of: "a key of the file", file: office, text: "version: 1\n‸\n", want: []string{"office", "accounting_systems", "companies", "users", "deleted_users", "documents", "acknowledged"}, not: []string{"version"}},
	{of: "a key of the office", file: office, text: "version: 1\noffice:\n  code: a\n  ‸\n", want: []string{"name", "time_zone", "password_link_minutes"}, not: []string{"code", "users"}},
	{of: "a time zone", file: office, text: "office:\n  time_zone: ‸\n", want: []string{"Europe/Amsterdam"}},
	{of: "a key of a user", file: office, text: "users:\n  - id: rosa\n    ‸\n", want: []string{"username", "email", "roles", "companies", "end_date", "archive", "accounting_users", "password_link"}, not: []string{"id", "stage"}},
	{of: "a key of a user in a flow", file: office, text: "users:\n  - {id: rosa, u‸}\n", want: []string{"username", "roles"}},
	{of: "a role", file: office, text: "users:\n  - id: rosa\n    roles: [‸]\n", want: []string{"super_user", "restricted_client_user"}},
	{of: "a role in a block", file: office, text: "users:\n  - id: rosa\n    roles:\n      - ‸\n", want: []string{"super_user", "restricted_client_user"}},
	{of: "companies", file: office, text: "users:\n  - id: rosa\n    companies: ‸\n", want: []string{"all"}},
	{of: "an archive right", file: office, text: "users:\n  - id: rosa\n    archive: ‸\n", want: []string{"by_role", "all"}},
	{of: "who pays", file: office, text: "users:\n  - id: rosa\n    bill_to: ‸\n", want: []string{"office"}},
	{of: "a truth value", file: office, text: "users:\n  - id: rosa\n    spenser: ‸\n", want: []string{"true", "false"}},
	{of: "a stage", file: office, text: "documents:\n  - id: inv-1\n    stage: ‸\n", want: []string{"tagging", "authorisation", "booking", "archived"}},
	{of: "an outcome", file: office, text: "documents:\n  - id: inv-1\n    route:\n      - authoriser: anna\n        outcome: ‸\n", want: []string{"pending", "approved", "rejected"}},
	{of: "a connection", file: office, text: "accounting_systems:\n  - id: exact\n    connection: ‸\n", want: []string{"login_success", "disconnected"}},
	{of: "a finding", file: office, text: "acknowledged:\n  - finding: ‸\n", want: []string{"R1", "O18", "S6"}},

	{of: "a key of a scenario file", file: scenarios, text: "office: office.yaml\n‸\n", want: []string{"at", "scenarios"}, not: []string{"office"}},
	{of: "a key of a scenario", file: scenarios, text: "scenarios:\n  - name: x\n    ‸\n", want: []string{"given", "can", "cannot", "tables", "findings", "no_findings", "at"}},
	{of: "an action", file: scenarios, text: "scenarios:\n  - name: x\n    can:\n      - [anna, ‸]\n", want: []string{"document.approve", "connection.reconnect"}},
	{of: "half an action", file: scenarios, text: "scenarios:\n  - name: x\n    can:\n      - [anna, document.app‸]\n", want: []string{"document.approve"}},
	{of: "an action that must not be possible", file: scenarios, text: "scenarios:\n  - name: x\n    cannot:\n      - [anna, ‸]\n", want: []string{"document.approve", "connection.reconnect"}},
	{of: "a resource", file: scenarios, text: "scenarios:\n  - name: x\n    can:\n      - [anna, document.approve, ‸]\n", want: []string{"\"document:\"", "\"user:\""}},
	{of: "a property", file: scenarios, text: "scenarios:\n  - name: x\n    can:\n      - [carla, document.assign, document:inv-1, {a‸}]\n", want: []string{"authorisers"}, not: []string{"role", "comment"}},
	{of: "a property of what must not be possible", file: scenarios, text: "scenarios:\n  - name: x\n    cannot:\n      - [carla, user.import, office:devries, {c‸}]\n", want: []string{"roles", "companies", "system", "users"}, not: []string{"comment"}},
	{of: "a role as a property", file: scenarios, text: "scenarios:\n  - name: x\n    can:\n      - [rosa, user.grant_role, user:bram, {role: ‸}]\n", want: []string{"super_user", "authoriser"}},
	{of: "what is expected of a no", file: scenarios, text: "scenarios:\n  - name: x\n    cannot:\n      - [anna, document.approve, document:inv-1, {}, {c‸}]\n", want: []string{"code", "why_not", "warnings"}, not: []string{"rule"}},
	{of: "a code", file: scenarios, text: "scenarios:\n  - name: x\n    cannot:\n      - [anna, document.approve, document:inv-1, {}, {code: ‸}]\n", want: []string{"not_in_turn", "unknown_user"}},
	{of: "what is expected of a yes", file: scenarios, text: "scenarios:\n  - name: x\n    can:\n      - [anna, document.approve, document:inv-1, {}, {c‸}]\n", want: []string{"rule", "warnings"}, not: []string{"code", "why_not"}},
	{of: "a command", file: scenarios, text: "scenarios:\n  - name: x\n    given:\n      - [rosa, ‸]\n", want: []string{"user.grant_role", "document.assign", "company.create"}},
	{of: "a field of a command", file: scenarios, text: "scenarios:\n  - name: x\n    given:\n      - [rosa, user.grant_role, {user: carla, r‸}]\n", want: []string{"role"}, not: []string{"user", "companies"}},
	{of: "a role as a field", file: scenarios, text: "scenarios:\n  - name: x\n    given:\n      - [rosa, user.grant_role, {user: carla, role: ‸}]\n", want: []string{"authoriser"}},
	{of: "a field of a command of the software", file: scenarios, text: "scenarios:\n  - name: x\n    given:\n      - [connection.record_disconnection, {c‸}]\n", want: []string{"system"}},
	{of: "a key of a table", file: scenarios, text: "scenarios:\n  - name: x\n    tables:\n      - actions: [document.view]\n        ‸\n", want: []string{"users", "resources", "with", "can", "code"}},
	{of: "an action of a table", file: scenarios, text: "scenarios:\n  - name: x\n    tables:\n      - actions: [‸]\n", want: []string{"document.view"}},
	{of: "who can", file: scenarios, text: "scenarios:\n  - name: x\n    tables:\n      - can: ‸\n", want: []string{"all", "none"}},
	{of: "a property of a table", file: scenarios, text: "scenarios:\n  - name: x\n    tables:\n      - with: {c‸}\n", want: []string{"comment", "authorisers"}},
	{of: "a level", file: scenarios, text: "scenarios:\n  - name: x\n    findings:\n      - level: ‸\n", want: []string{"error", "warning", "advice"}},
	{of: "a key of an office inside", file: scenarios, text: "office:\n  ‸\nscenarios: []\n", want: []string{"office", "users", "companies"}},
}

// pointing is where the mouse is held, at the caret.
var pointing = []shown{
	{of: "a key of a user", file: office, text: "users:\n  - id: rosa\n    end‸_date: 2027-01-31\n", want: []string{"the first day on which they are inactive"}},
	{of: "a key that is referred to", file: office, text: "office:\n  co‸de: devries\n", want: []string{"what the office is known by"}},
	{of: "a key with codes", file: office, text: "documents:\n  - sta‸ge: booking\n", want: []string{"how far it has come", "authorisation"}},
	{of: "a key of a scenario", file: scenarios, text: "scenarios:\n  - name: x\n    giv‸en: []\n", want: []string{"commands that are carried out first"}},
	{of: "a code", file: scenarios, text: "scenarios:\n  - name: x\n    cannot:\n      - [anna, document.approve, document:inv-1, {}, {co‸de: not_in_turn}]\n", want: []string{"the code of the denial"}},
	{of: "a property", file: scenarios, text: "scenarios:\n  - name: x\n    can:\n      - [carla, document.assign, document:inv-1, {autho‸risers: [anna]}]\n", want: []string{"in order"}},
}

const (
	officeAround    = "version: 1\noffice: {code: devries, name: De Vries, time_zone: Europe/Amsterdam}\n"
	scenariosAround = "office: office.yaml\nscenarios:\n  - name: x\n"
)

// wrong is files with one mistake each.
var wrong = []shown{
	{of: "none", file: office, text: officeAround + "users:\n  - {id: \"007\", username: rosa, email: rosa@x.example, roles: [super_user], companies: all, end_date: 2027-01-31}\n"},
	{of: "a key is missing", file: office, text: officeAround + "users:\n  - {id: rosa, username: rosa, roles: [super_user], companies: all}\n", want: []string{`Missing property "email"`}},
	{of: "a key that there is none of", file: office, text: officeAround + "users:\n  - {id: rosa, username: rosa, emial: x, email: rosa@x.example, roles: [super_user], companies: all}\n", want: []string{"Property emial is not allowed"}},
	{of: "a role that there is none of", file: office, text: officeAround + "users:\n  - {id: rosa, username: rosa, email: rosa@x.example, roles: [superuser], companies: all}\n", want: []string{`Value is not accepted. Valid values: "super_user"`}},
	{of: "a number for a text", file: office, text: "version: 1\noffice: {code: 007, name: De Vries, time_zone: Europe/Amsterdam}\n", want: []string{"expected an identifier: 1 to 128 bytes of valid UTF-8 without control characters; quote what could be a number"}},
	{of: "an empty id", file: office, text: "version: 1\noffice: {code: \"\", name: De Vries, time_zone: Europe/Amsterdam}\n", want: []string{"expected an identifier"}},
	{of: "a word for a truth value", file: office, text: officeAround + "users:\n  - {id: rosa, username: rosa, email: rosa@x.example, roles: [], companies: all, used: yes}\n", want: []string{"expected true or false"}},
	{of: "a date the Dutch way", file: office, text: officeAround + "users:\n  - {id: rosa, username: rosa, email: rosa@x.example, roles: [], companies: all, end_date: 31-01-2027}\n", want: []string{"expected a date such as 2027-01-31"}},
	{of: "a company for companies", file: office, text: officeAround + "users:\n  - {id: rosa, username: rosa, email: rosa@x.example, roles: [], companies: bakery}\n", want: []string{"expected all, or a list of company ids"}},
	{of: "a text for a list", file: office, text: officeAround + "users:\n  - {id: rosa, username: rosa, email: rosa@x.example, roles: super_user, companies: all}\n", want: []string{"expected a list"}},
	{of: "no address", file: office, text: officeAround + "users:\n  - {id: rosa, username: rosa, email: rosa, roles: [], companies: all}\n", want: []string{"expected an address such as name@example.com"}},
	{of: "too long a link", file: office, text: "version: 1\noffice: {code: a, name: b, time_zone: UTC, password_link_minutes: 1441}\n", want: []string{"above the maximum of 1440"}},
	{of: "a company called office", file: office, text: officeAround + "companies:\n  - {id: office, name: x, accounting_system: exact, authorisation_workflow: true, payment_agreement: false}\n", want: []string{"expected another id: this word stands for the office itself"}},
	{of: "an empty list of users", file: office, text: officeAround + "users:\n", want: []string{"expected a list"}},

	{of: "none", file: scenarios, text: scenariosAround + "    can:\n      - [rosa, document.view, document:inv-1]\n    cannot:\n      - [anna, document.vieuw, document:inv-1, {}, {code: unknown_action}]\n      - [anna, document.reject, document:inv-1, {comment: 7}, {code: bad_property}]\n"},
	{of: "an action that there is none of", file: scenarios, text: scenariosAround + "    can:\n      - [anna, document.aprove, document:inv-1]\n", want: []string{"expected an action such as document.view"}},
	{of: "an action that there is none of, and must not be possible", file: scenarios, text: scenariosAround + "    cannot:\n      - [anna, document.aprove, document:inv-1]\n", want: []string{"expected an action such as document.view"}},
	{of: "a resource of another type", file: scenarios, text: scenariosAround + "    can:\n      - [anna, document.approve, user:rosa]\n", want: []string{"expected document:id"}},
	{of: "a resource without a type", file: scenarios, text: scenariosAround + "    can:\n      - [anna, user.view, rosa]\n", want: []string{"expected user:id"}},
	{of: "a question cut short", file: scenarios, text: scenariosAround + "    can:\n      - [anna, document.approve]\n", want: []string{"too few items"}},
	{of: "a property that the action does not take", file: scenarios, text: scenariosAround + "    can:\n      - [anna, document.approve, document:inv-1, {comment: x}]\n", want: []string{"Property comment is not allowed"}},
	{of: "a property of another type", file: scenarios, text: scenariosAround + "    can:\n      - [carla, document.assign, document:inv-1, {authorisers: anna}]\n", want: []string{"expected a list of ids"}},
	{of: "a code that there is none of", file: scenarios, text: scenariosAround + "    cannot:\n      - [anna, document.approve, document:inv-1, {}, {code: not_in_tern}]\n", want: []string{"expected a code of a denial such as role_missing"}},
	{of: "a code of a yes", file: scenarios, text: scenariosAround + "    can:\n      - [anna, document.approve, document:inv-1, {}, {code: not_in_turn}]\n", want: []string{"Property code is not allowed"}},
	{of: "a command without a field", file: scenarios, text: scenariosAround + "    given:\n      - [rosa, user.grant_role, {user: carla}]\n    can:\n      - [rosa, user.view, user:carla]\n", want: []string{`Missing property "role"`}},
	{of: "a command that there is none of", file: scenarios, text: scenariosAround + "    given:\n      - [rosa, user.promote, {user: carla}]\n    can:\n      - [rosa, user.view, user:carla]\n", want: []string{"expected a command such as user.grant_role"}},
	{of: "a scenario that expects nothing", file: scenarios, text: scenariosAround, want: []string{"expected at least one of can, cannot, tables, findings, no_findings"}},
	{of: "an empty list of scenarios", file: scenarios, text: "office: office.yaml\nscenarios: []\n", want: []string{"too few items"}},
	{of: "a table without anything asked", file: scenarios, text: scenariosAround + "    tables:\n      - {actions: [document.view], can: all}\n", want: []string{`Missing property "resources"`}},
	{of: "who can, in words", file: scenarios, text: scenariosAround + "    tables:\n      - {actions: [document.view], resources: [document:inv-1], can: some}\n", want: []string{`Value must be "all" | "none"`}},
	{of: "a finding of which nothing is told", file: scenarios, text: scenariosAround + "    findings:\n      - {}\n", want: []string{"fewer properties"}},
	{of: "a mistake in an office inside", file: scenarios, text: "office:\n  office: {code: a, name: b, time_zone: UTC}\n  users:\n    - {id: rosa, username: rosa, roles: [], companies: all}\nscenarios:\n  - {name: x, no_findings: [{level: error}]}\n", want: []string{`Missing property "email"`}},
}
