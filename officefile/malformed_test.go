package officefile_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/problems"
)

// Each case changes one place of base, or is a file of its own where it does not
// say which place; all the errors of the file are listed.
var malformed = []struct {
	name, from, to string
	want           []string
}{
	// The text.
	{"empty", "", "", []string{
		"f:1:1: found an empty file, expected a mapping",
	}},
	{"only a comment", "", "# nothing\n", []string{
		"f:1:1: found an empty file, expected a mapping",
	}},
	{"only a document start", "", "---\n", []string{
		"f:2:1: found nothing, expected an office file, which is a mapping",
	}},
	{"a list", "", "- version: 1\n", []string{
		"f:1:1: found a list, expected an office file, which is a mapping",
	}},
	{"a text", "", "hello", []string{
		`f:1:1: found "hello", expected an office file, which is a mapping`,
	}},
	{"not UTF-8", "", "version: 1\noffice: \xff\n", []string{
		"f:2:9: found the byte 0xff, expected text in UTF-8",
	}},
	{"UTF-16", "", "\xff\xfev\x00", []string{
		"f:1:1: found the byte 0xff, expected text in UTF-8",
	}},
	{"binary", "", "\x7fELF\x02\x01\x00\x00", []string{
		"f:1:5: found the character U+0002, expected text in UTF-8",
	}},
	{"a line separator", "name: Garage De Wit", "name: Gar\u2028age", []string{
		"f:18:27: found the character U+2028, expected text in UTF-8",
	}},
	{"not YAML", "code: devries", "code: [devries", []string{
		"f:4:7: found text that is not YAML (while parsing a flow sequence: did not find expected ',' or ']'), expected YAML",
	}},
	{"a tab as indentation", "  code: devries", "\tcode: devries", []string{
		"f:3:1: found text that is not YAML (while scanning for the next token: found character that cannot start any token), expected YAML",
	}},
	{"an unknown anchor", "code: devries", "code: *devries", []string{
		"f:3:9: found text that is not YAML (unknown anchor 'devries' referenced), expected YAML",
	}},
	{"cut off", "", "version: 1\noffice: {", []string{
		"f:2:10: found text that is not YAML (while parsing a flow node: did not find expected node content), expected YAML",
	}},
	{"a second document", "deleted_users:\n", "---\ndeleted_users:\n", []string{
		"f:42:1: found a second document, expected one document in a file",
	}},
	{"an empty second document", "until: \"2027-06-30\"}\n", "until: \"2027-06-30\"}\n---\n", []string{
		"f:58:1: found a second document, expected one document in a file",
	}},
	{"a second document that is not YAML", "until: \"2027-06-30\"}\n", "until: \"2027-06-30\"}\n--- [\n", []string{
		"f:59:1: found text that is not YAML (while parsing a flow node: did not find expected node content), expected YAML",
	}},
	// Keys.
	{"an unknown key, close to one", "    roles: [super_user]", "    rols: [super_user]", []string{
		"f:20:5: found a user without roles, expected the key roles",
		`f:23:5: found the unknown key "rols" in a user, expected roles`,
	}},
	{"an unknown key, close to none", "  code: devries", "  code: devries\n  colour: blue", []string{
		`f:4:3: found the unknown key "colour" in an office, expected one of code, name, time_zone, password_link_minutes`,
	}},
	{"a key of another case", "version: 1", "Version: 1", []string{
		"f:1:1: found an office file without version, expected the key version",
		`f:1:1: found the unknown key "Version" in an office file, expected version`,
	}},
	{"a number as a key", "  code: devries", "  code: devries\n  7: blue", []string{
		`f:4:3: found the unknown key "7" in an office, expected one of code, name, time_zone, password_link_minutes`,
	}},
	{"a duplicate key", "    username: bram", "    username: bram\n    id: bram", []string{
		`f:29:5: found the key "id" again, expected it once, as on line 27`,
	}},
	{"a duplicate key, spelt in two ways", "    username: bram", "    username: bram\n    \"username\": bram", []string{
		`f:29:5: found the key "username" again, expected it once, as on line 28`,
	}},
	{"a list as a key", "  code: devries", "  code: devries\n  ? [a]\n  : b", []string{
		"f:4:5: found a list as a key, expected a text",
	}},
	{"an alias as a key", "code: devries\n  name:", "code: &k name\n  *k :", []string{
		"f:3:3: found an office without name, expected the key name",
		"f:4:3: found the alias *k as a key, expected a key written out",
	}},
	{"a merge key", "{id: tom, username: tommy}", "{<<: {id: tom}, username: tommy}", []string{
		"f:43:5: found a deleted user without id, expected the key id",
		"f:43:6: found the merge key <<, expected each key written out",
		`f:47:19: found "tom", expected a user or a deleted user of this office`,
		`f:50:22: found "tom", expected a user or a deleted user of this office`,
		`f:57:34: found "tom", expected a user or a deleted user of this office`,
	}},
	{"missing keys", "", "office: {}\n", []string{
		"f:1:1: found an office file without version, expected the key version",
		"f:1:9: found an office without code, expected the key code",
		"f:1:9: found an office without name, expected the key name",
		"f:1:9: found an office without time_zone, expected the key time_zone",
	}},
	{"a user without keys", "{id: tom, username: tommy}", "{}", []string{
		"f:43:5: found a deleted user without id, expected the key id",
		"f:43:5: found a deleted user without username, expected the key username",
		`f:47:19: found "tom", expected a user or a deleted user of this office`,
		`f:50:22: found "tom", expected a user or a deleted user of this office`,
		`f:57:34: found "tom", expected a user or a deleted user of this office`,
	}},
	{"every list of the wrong type", "", "version: 1\noffice: {code: a, name: b, time_zone: UTC}\naccounting_systems: {}\ncompanies: null\nusers:\ndeleted_users: none\ndocuments: 7\nacknowledged: true\n", []string{
		"f:3:21: found a mapping, expected a list",
		"f:4:12: found null, expected a list",
		"f:5:7: found nothing, expected a list",
		`f:6:16: found "none", expected a list`,
		"f:7:12: found the number 7, expected a list",
		"f:8:15: found the boolean true, expected a list",
	}},
	{"elements of the wrong type", "", "version: 1\noffice: []\naccounting_systems: [a]\ncompanies: [b, c]\nusers: [d, 7]\ndeleted_users: [~]\ndocuments: [[]]\nacknowledged: [x]\n", []string{
		"f:2:9: found a list, expected an office, which is a mapping",
		`f:3:22: found "a", expected an accounting system, which is a mapping`,
		`f:4:13: found "b", expected a company, which is a mapping`,
		`f:4:16: found "c", expected a company, which is a mapping`,
		`f:5:9: found "d", expected a user, which is a mapping`,
		"f:5:12: found the number 7, expected a user, which is a mapping",
		"f:6:17: found ~, expected a deleted user, which is a mapping",
		"f:7:13: found a list, expected a document, which is a mapping",
		`f:8:16: found "x", expected an acknowledgement, which is a mapping`,
	}},
	// Values.
	{"another version", "version: 1", "version: 2", []string{
		"f:1:10: found the number 2, expected the number 1",
	}},
	{"a version in quotes", "version: 1", `version: "1"`, []string{
		`f:1:10: found "1", expected the number 1`,
	}},
	{"a version with a point", "version: 1", "version: 1.0", []string{
		"f:1:10: found the number 1.0, expected the number 1",
	}},
	{"an unquoted number as an id", "id: garage", "id: 007", []string{
		`f:18:10: found the number 007, expected a text; quote it: "007"`,
		`f:53:26: found "garage", expected a company of this office`,
		`f:54:26: found "garage", expected a company of this office`,
	}},
	{"an unquoted boolean as an id", "id: garage", "id: true", []string{
		`f:18:10: found the boolean true, expected a text; quote it: "true"`,
		`f:53:26: found "garage", expected a company of this office`,
		`f:54:26: found "garage", expected a company of this office`,
	}},
	{"nothing as an id", "id: garage", "id: ", []string{
		"f:18:10: found nothing, expected a text",
		`f:53:26: found "garage", expected a company of this office`,
		`f:54:26: found "garage", expected a company of this office`,
	}},
	{"null as an id", "id: garage", "id: null", []string{
		`f:18:10: found null, expected a text; quote it: "null"`,
		`f:53:26: found "garage", expected a company of this office`,
		`f:54:26: found "garage", expected a company of this office`,
	}},
	{"an unquoted date as an id", "id: inv-4", "id: 2027-01-01", []string{
		`f:54:10: found the date 2027-01-01, expected a text; quote it: "2027-01-01"`,
	}},
	{"a list as an id", "id: inv-4", "id: [inv-4]", []string{
		"f:54:10: found a list, expected a text",
	}},
	{"the merge sign as an id", "id: inv-4", "id: <<", []string{
		`f:54:10: found the merge sign <<, expected a text; quote it: "<<"`,
	}},
	{"a number as a name", "name: Twinfield", "name: 1_000", []string{
		`f:15:22: found the number 1_000, expected a text; quote it: "1_000"`,
	}},
	{"an empty id", "id: inv-4", "id: ''", []string{
		"f:54:10: found nothing, expected an identifier: 1 to 128 bytes of valid UTF-8 without control characters",
	}},
	{"an id with a control character", "id: inv-4", `id: "inv\t4"`, []string{
		"f:54:10: found \"inv\\t4\", expected an identifier: 1 to 128 bytes of valid UTF-8 without control characters",
	}},
	{"an id of 129 bytes", "id: inv-4", "id: " + strings.Repeat("x", 129), []string{
		`f:54:10: found "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"... (129 bytes), expected an identifier: 1 to 128 bytes of valid UTF-8 without control characters`,
	}},
	{"yes for true", "later_companies: true", "later_companies: yes", []string{
		`f:33:22: found "yes", expected true or false`,
	}},
	{"a quoted boolean", "later_companies: true", "later_companies: 'true'", []string{
		`f:33:22: found "true", expected true or false`,
	}},
	{"a number for a boolean", "later_companies: true", "later_companies: 1", []string{
		"f:33:22: found the number 1, expected true or false",
	}},
	{"a quoted number", "rank: 2", "rank: '2'", []string{
		`f:14:73: found "2", expected a whole number from 1, the highest rank`,
	}},
	{"an octal number", "rank: 2", "rank: 02", []string{
		"f:14:73: found the number 02, expected a whole number from 1, the highest rank",
	}},
	{"a rank of 0", "rank: 2", "rank: 0", []string{
		"f:14:73: found 0, expected a whole number from 1, the highest rank",
	}},
	{"a rank with a point", "rank: 2", "rank: 2.5", []string{
		"f:14:73: found the number 2.5, expected a whole number from 1, the highest rank",
	}},
	{"a rank beyond counting", "rank: 2", "rank: 99999999999999999999", []string{
		"f:14:73: found the number 99999999999999999999, expected a whole number from 1, the highest rank",
	}},
	{"no minutes", "password_link_minutes: 45", "password_link_minutes: 0", []string{
		"f:6:26: found the number 0, expected a whole number of minutes from 1 to 1440",
	}},
	{"too many minutes", "password_link_minutes: 45", "password_link_minutes: 1441", []string{
		"f:6:26: found the number 1441, expected a whole number of minutes from 1 to 1440",
	}},
	{"an unknown time zone", "Europe/Amsterdam", "Europe/Amersfoort", []string{
		`f:5:14: found "Europe/Amersfoort", expected a time zone such as Europe/Amsterdam`,
	}},
	{"the machine's time zone", "Europe/Amsterdam", "Local", []string{
		`f:5:14: found "Local", expected a time zone such as Europe/Amsterdam`,
	}},
	{"no time zone", "Europe/Amsterdam", "''", []string{
		`f:5:14: found "", expected a time zone such as Europe/Amsterdam`,
	}},
	{"an address without an at sign", "email: anna@jansen.example", "email: anna", []string{
		`f:41:39: found "anna", expected an address such as name@example.com`,
	}},
	{"an unknown role", "[super_user]", "[superuser]", []string{
		`f:23:13: found "superuser", expected one of super_user, accountant, sme_accountant, authorisation_administrator, authoriser, client_user, restricted_client_user`,
	}},
	{"a role that is a number", "[super_user]", "[1]", []string{
		"f:23:13: found the number 1, expected one of super_user, accountant, sme_accountant, authorisation_administrator, authoriser, client_user, restricted_client_user",
	}},
	{"roles that are a text", "[super_user]", "super_user", []string{
		`f:23:12: found "super_user", expected a list`,
	}},
	{"an unknown connection", "connection: disconnected", "connection: connected", []string{
		`f:15:45: found "connected", expected one of disconnected, login_success`,
	}},
	{"an unknown archive right", "archive: all", "archive: true", []string{
		"f:34:14: found the boolean true, expected one of by_role, all",
	}},
	{"an unknown stage", "stage: archived", "stage: done", []string{
		`f:54:61: found "done", expected one of tagging, authorisation, booking, archived`,
	}},
	{"an unknown outcome", "outcome: pending", "outcome: waiting", []string{
		`f:51:37: found "waiting", expected one of pending, approved, rejected`,
	}},
	{"an unknown outcome, which contradicts nothing", "outcome: rejected", "outcome: refused", []string{
		`f:52:106: found "refused", expected one of pending, approved, rejected`,
	}},
	{"a day that does not exist", "2027-01-31", "2027-02-31", []string{
		`f:32:15: found "2027-02-31", expected a date such as 2027-01-31`,
	}},
	{"a date as a number", "2027-01-31", "20270131", []string{
		"f:32:15: found the number 20270131, expected a date such as 2027-01-31",
	}},
	{"a short date", "2027-01-31", "2027-1-31", []string{
		"f:32:15: found the date 2027-1-31, expected a date such as 2027-01-31",
	}},
	{"null for no date", "2027-01-31", "null", []string{
		"f:32:15: found null, expected a date such as 2027-01-31",
	}},
	{"a moment for a date", "2027-01-31", "2027-01-31T00:00:00Z", []string{
		"f:32:15: found the date 2027-01-31T00:00:00Z, expected a date such as 2027-01-31",
	}},
	{"companies that are a text", "companies: []", "companies: none", []string{
		`f:41:82: found "none", expected all, or a list of company ids`,
	}},
	{"a tag of one's own", "name: Twinfield", "name: !brand Twinfield", []string{
		"f:15:22: found the tag !brand, expected a value without a tag",
	}},
	{"a tag that says nothing", "name: Twinfield", "name: ! Twinfield", []string{
		"f:15:22: found the tag !, expected a value without a tag",
	}},
	{"a tag declared", "", "%TAG ! tag:example.com,2000:\n---\nversion: 1\n", []string{
		"f:1:1: found a line that declares a tag, expected values without tags",
	}},
	{"a tag declared later", "", "version: 1 %TAG\n...\n%TAG ! tag:example.com,2000:\n---\n", []string{
		"f:3:1: found a line that declares a tag, expected values without tags",
	}},
	{"a set", "  code: devries", "  code: devries\n  name: !!set {a, b}", []string{
		"f:4:9: found the tag !!set, expected a value without a tag",
		`f:5:3: found the key "name" again, expected it once, as on line 4`,
	}},
	// What stands twice.
	{"a duplicate company", "id: garage", "id: bakery", []string{
		`f:18:10: found "bakery", expected an id that companies[0] (line 17) does not have`,
		`f:53:26: found "garage", expected a company of this office`,
		`f:54:26: found "garage", expected a company of this office`,
	}},
	{"a duplicate system", "id: twin", "id: exact", []string{
		`f:15:10: found "exact", expected an id that accounting_systems[0] (line 8) does not have`,
		`f:18:58: found "twin", expected an accounting system of this office`,
	}},
	{"a duplicate user", "id: anna, ", "id: bram, ", []string{
		`f:41:10: found "bram", expected an id that users[1] (line 27) does not have`,
		`f:51:22: found "anna", expected a user of this office`,
		`f:52:91: found "anna", expected a user or a deleted user of this office`,
		`f:53:48: found "anna", expected a user or a deleted user of this office`,
		`f:54:48: found "anna", expected a user or a deleted user of this office`,
	}},
	{"a deleted user who is a user", "id: tom, ", "id: rosa, ", []string{
		`f:43:10: found "rosa", expected an id that users[0] (line 20) does not have`,
		`f:47:19: found "tom", expected a user or a deleted user of this office`,
		`f:50:22: found "tom", expected a user or a deleted user of this office`,
		`f:57:34: found "tom", expected a user or a deleted user of this office`,
	}},
	{"a duplicate accounting user", "id: bram@exact", "id: rosa@exact", []string{
		`f:14:14: found "rosa@exact", expected an id that users[0] (line 13) does not have`,
		`f:40:31: found "bram@exact", expected a user of accounting system "exact"`,
	}},
	{"a duplicate document", "id: inv-4", "id: inv-1", []string{
		`f:54:10: found "inv-1", expected an id that documents[0] (line 45) does not have`,
	}},
	{"a duplicate username", "username: anna", "username: rosa", []string{
		`f:41:26: found "rosa", expected a username that users[0] (line 20) does not have`,
	}},
	{"a deleted user's username", "username: tommy", "username: anna", []string{
		`f:43:25: found "anna", expected a username that users[2] (line 41) does not have`,
	}},
	{"two links to one system", "      - {system: exact, user: rosa@exact}", "      - {system: exact, user: rosa@exact}\n      - {system: exact, user: bram@exact}", []string{
		`f:27:18: found "exact", expected one link to a system for each user`,
	}},
	{"two users as one by an alias", "  - {id: anna, username: anna, email: anna@jansen.example, roles: [], companies: [], end_date: \"2030-12-01\", bill_to: office}", "  - &a {id: anna, username: anna, email: anna@jansen.example, roles: [], companies: []}\n  - *a", []string{
		`f:42:5: found "anna", expected an id that users[2] (line 41) does not have`,
	}},
	// What looks alike.
	{"users that look alike", "id: tom, ", "id: Rosa, ", []string{
		`f:43:10: found "Rosa", expected an id that differs from "rosa" (line 20) by more than case or Unicode form`,
		`f:47:19: found "tom", expected a user or a deleted user of this office`,
		`f:50:22: found "tom", expected a user or a deleted user of this office`,
		`f:57:34: found "tom", expected a user or a deleted user of this office`,
	}},
	{"usernames that look alike", "username: tommy", "username: ANNA", []string{
		`f:43:25: found "ANNA", expected a username that differs from "anna" (line 41) by more than case or Unicode form`,
	}},
	{"companies that look alike", "- {id: garage", "- {id: caf\u00e9, name: A, accounting_system: exact, authorisation_workflow: true, payment_agreement: true}\n  - {id: cafe\u0301, name: A, accounting_system: exact, authorisation_workflow: true, payment_agreement: true}\n  - {id: garage", []string{
		"f:19:10: found \"cafe\\u0301\", expected an id that differs from \"caf\\u00e9\" (line 18) by more than case or Unicode form",
	}},
	{"systems that look alike", "id: twin", "id: \uff25xact", []string{
		`f:15:10: found "Ｅxact", expected an id that differs from "exact" (line 8) by more than case or Unicode form`,
		`f:18:58: found "twin", expected an accounting system of this office`,
	}},
	{"accounting users that look alike", "id: bram@exact", "id: ROSA@exact", []string{
		`f:14:14: found "ROSA@exact", expected an id that differs from "rosa@exact" (line 13) by more than case or Unicode form`,
		`f:40:31: found "bram@exact", expected a user of accounting system "exact"`,
	}},
	{"documents that look alike", "id: inv-4", "id: INV-1", []string{
		`f:54:10: found "INV-1", expected an id that differs from "inv-1" (line 45) by more than case or Unicode form`,
	}},
	{"a company called office", "id: garage", "id: office", []string{
		`f:18:10: found "office", expected another id: this word stands for the office itself`,
		`f:53:26: found "garage", expected a company of this office`,
		`f:54:26: found "garage", expected a company of this office`,
	}},
	{"a company that looks like office", "id: garage", "id: O\ufb03ce", []string{
		`f:18:10: found "Oﬃce", expected another id: this one looks like office, which stands for the office itself`,
		`f:53:26: found "garage", expected a company of this office`,
		`f:54:26: found "garage", expected a company of this office`,
	}},
	// What leads nowhere.
	{"a synchronisation user that is none", "disconnected, synchronisation_user: rosa", "disconnected, synchronisation_user: tom", []string{
		`f:15:81: found "tom", expected a user of this office`,
	}},
	{"a company's system that is none", "accounting_system: twin", "accounting_system: afas", []string{
		`f:18:58: found "afas", expected an accounting system of this office`,
	}},
	{"an accounting user's company that is none", "companies: [bakery]}", "companies: [bakery, salon]}", []string{
		`f:14:143: found "salon", expected a company of this office`,
	}},
	{"a user's companies that are none", "companies: []", "companies: [salon, bakery, 'kiosk', salon]", []string{
		`f:41:83: found "salon", expected a company of this office`,
		`f:41:98: found "kiosk", expected a company of this office`,
	}},
	{"a bill-to that is none", "bill_to: bakery", "bill_to: salon", []string{
		`f:36:14: found "salon", expected office, or a company of this office`,
	}},
	{"an empty bill-to", "bill_to: bakery", "bill_to: ''", []string{
		`f:36:14: found "", expected office, or a company of this office`,
	}},
	{"a link's system that is none", "{system: exact, user: bram@exact", "{system: afas, user: bram@exact", []string{
		`f:40:18: found "afas", expected an accounting system of this office`,
	}},
	{"a link's user that is none", "{system: exact, user: bram@exact", "{system: exact, user: bram", []string{
		`f:40:31: found "bram", expected a user of accounting system "exact"`,
	}},
	{"a document's company that is none", "id: inv-4, company: garage", "id: inv-4, company: salon", []string{
		`f:54:26: found "salon", expected a company of this office`,
	}},
	{"an empty company of a document", "id: inv-4, company: garage", "id: inv-4, company: ''", []string{
		"f:54:26: found nothing, expected the company's id",
	}},
	{"a deliverer nobody knows", "delivered_by: tom", "delivered_by: carla", []string{
		`f:47:19: found "carla", expected a user or a deleted user of this office`,
	}},
	{"a past authoriser nobody knows", "{authoriser: tom,", "{authoriser: carla,", []string{
		`f:50:22: found "carla", expected a user or a deleted user of this office`,
	}},
	{"a pending authoriser nobody knows", "{authoriser: anna, outcome: pending}", "{authoriser: carla, outcome: pending}", []string{
		`f:51:22: found "carla", expected a user of this office`,
	}},
	{"a pending authoriser who was deleted", "{authoriser: anna, outcome: pending}", "{authoriser: tom, outcome: pending}", []string{
		`f:51:22: found "tom", a deleted user, expected a user of this office: the step is pending`,
	}},
	{"an acknowledged user nobody knows", "user: bram, company", "user: carla, company", []string{
		`f:56:25: found "carla", expected a user or a deleted user of this office`,
	}},
	{"an acknowledged user that is empty", "user: bram, company", "user: '', company", []string{
		`f:56:25: found "", expected a user or a deleted user of this office`,
	}},
	{"acknowledged users nobody knows", "[bram, tom]", "[bram, carla, '']", []string{
		`f:57:34: found "carla", expected a user or a deleted user of this office`,
		`f:57:41: found "", expected a user or a deleted user of this office`,
	}},
	{"an acknowledged company that is none", "user: bram, company: bakery", "user: bram, company: salon", []string{
		`f:56:40: found "salon", expected a company of this office`,
	}},
	// What contradicts itself.
	{"tagging with a pending route", "stage: authorisation", "stage: tagging", []string{
		"f:48:12: found tagging with a pending route, expected authorisation or archived, or a route in which nobody is in turn",
	}},
	{"authorisation without a route", "stage: booking,", "stage: authorisation,", []string{
		"f:53:61: found authorisation without a pending route, expected an authoriser in turn, or the stage tagging, booking or archived",
	}},
	{"a route that never was", "ever_assigned: true}\n  - {id: inv-3", "ever_assigned: false}\n  - {id: inv-3", []string{
		"f:52:156: found false, expected true: the document has a route",
	}},
	{"a comment on an approval", "tom, outcome: approved", "tom, outcome: approved, comment: fine", []string{
		`f:50:55: found "fine", expected a comment only where the outcome is rejected`,
	}},
	// Acknowledgements.
	{"a finding that is none", "finding: S1", "finding: S7", []string{
		`f:56:15: found "S7", expected one of R1 to R6, O1 to O18, S1 to S6`,
	}},
	{"a finding spelt otherwise", "finding: S1", "finding: s01", []string{
		`f:56:15: found "s01", expected one of R1 to R6, O1 to O18, S1 to S6`,
	}},
	{"a blank reason", "reason: two-person office", "reason: ' '", []string{
		`f:56:56: found " ", expected a reason in words`,
	}},
	{"a reason with an escape", "reason: two-person office", `reason: "\e[31m"`, []string{
		"f:56:56: found a text with the character U+001B, expected a text without control characters",
	}},
	{"no last day", ", until: \"2027-06-30\"", "", []string{
		"f:57:5: found an acknowledgement without until, expected the key until",
	}},
	// Several at once.
	{"several, sorted", "", "version: 3\nusers:\n  - {id: a, username: b, email: c, roles: [d], companies: [e], age: 7}\n  - {id: a}\noffice: {code: '', name: 7, time_zone: CET}\n", []string{
		"f:1:10: found the number 3, expected the number 1",
		`f:3:33: found "c", expected an address such as name@example.com`,
		`f:3:44: found "d", expected one of super_user, accountant, sme_accountant, authorisation_administrator, authoriser, client_user, restricted_client_user`,
		`f:3:60: found "e", expected a company of this office`,
		`f:3:64: found the unknown key "age" in a user, expected one of id, username, email, roles, companies, name, language, end_date, later_companies, archive, change_bank_details, bill_to, spenser, used, accounting_users`,
		"f:4:5: found a user without companies, expected the key companies",
		"f:4:5: found a user without email, expected the key email",
		"f:4:5: found a user without roles, expected the key roles",
		"f:4:5: found a user without username, expected the key username",
		`f:4:10: found "a", expected an id that users[0] (line 3) does not have`,
		`f:5:16: found "", expected an identifier: 1 to 128 bytes of valid UTF-8 without control characters`,
		`f:5:26: found the number 7, expected a text; quote it: "7"`,
	}},
}

func TestMalformed(t *testing.T) {
	for _, c := range malformed {
		t.Run(c.name, func(t *testing.T) {
			text := c.to
			if c.from != "" {
				text = change(t, c.from, c.to)
			}
			file, err := officefile.Parse("f", []byte(text))
			if file != nil || !errors.Is(err, problems.ErrInvalid) {
				t.Fatalf("found %v and error %v, expected no file and an invalid input", file, err)
			}
			if diff := cmp.Diff(c.want, strings.Split(err.Error(), "\n")); diff != "" {
				t.Errorf("errors (-expected +found):\n%s", diff)
			}
		})
	}
}
