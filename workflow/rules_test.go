package workflow_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/workflow"
)

// The documents of the examples, delivered by dirk to the bakery.
var (
	tagging    = invoice(documents.Tagging)
	authorised = invoice(documents.Authorisation, past(approved("anna"), pending("bob"))) // the turn is bob's
	toBook     = invoice(documents.Booking)
	archived   = invoice(documents.Archived)
	inArchive  = invoice(documents.Archived, past(approved("anna"), pending("bob"))) // authorisation after booking
	second     = invoice(documents.Tagging, named("inv-2"))
)

func upload(to companies.ID) workflow.Command {
	return workflow.Upload{Document: "inv-1", Company: to}
}

var (
	split    = workflow.Split{Document: "inv-1", Into: ids("inv-1a", "inv-1b")}
	merge    = workflow.Merge{Document: "inv-1", With: ids("inv-2")}
	tag      = workflow.Tag{Document: "inv-1"}
	approve  = workflow.Approve{Document: "inv-1"}
	reject   = workflow.Reject{Document: "inv-1", Comment: "not ours"}
	withdraw = workflow.Withdraw{Document: "inv-1"}
	giveBack = workflow.Return{Document: "inv-1"}
	book     = workflow.Book{Document: "inv-1"}
)

func assign(list ...users.ID) workflow.Command {
	return workflow.Assign{Document: "inv-1", Authorisers: people(list...)}
}

func reassign(list ...users.ID) workflow.Command {
	return workflow.Reassign{Document: "inv-1", Authorisers: people(list...)}
}

func with(d documents.Document) []documents.Document { return []documents.Document{d} }

// example is one sentence of the rules, as a command.
type example struct {
	name   string
	who    users.ID
	does   workflow.Command
	about  documents.Document
	others []documents.Document
	given  change // what differs from the usual office; nil for nothing
	want   string // where the document is then, its route and the warnings; or "no" and the code
}

var examples = []example{
	{"A Client user delivers to a company in reach", "carla", upload("bakery"), none, nil, nil, "tagging"},
	{"A Restricted client user delivers too", "dirk", upload("bakery"), none, nil, nil, "tagging"},
	{"Nobody delivers to a company out of reach", "carla", upload("garage"), none, nil, nil, "no no_company_access"},
	{"Nobody delivers to a company that does not exist", "carla", upload("zoo"), none, nil, nil, "no unknown_resource"},
	{"An Accountant without a client role does not deliver", "bram", upload("bakery"), none, nil, nil, "no role_missing"},
	{"A Super user has no part in the document flow", "rosa", upload("bakery"), none, nil, nil, "no role_missing"},
	{"Who left does not deliver any more", "tess", upload("bakery"), none, nil, nil, "no inactive_user"},
	{"A deleted user does nothing new", "tom", upload("bakery"), none, nil, nil, "no unknown_user"},
	{"Nobody is nobody", "", upload("bakery"), none, nil, nil, "no unknown_user"},

	{"A Client user splits what is ready for tagging", "carla", split, tagging, nil, nil, "tagging, tagging; gone inv-1"},
	{"A Restricted client user splits their own delivery", "dirk", split, tagging, nil, nil, "tagging, tagging; gone inv-1"},
	{"A Restricted client user does not split another's", "erik", split, tagging, nil, nil, "no not_delivered_by_subject"},
	{"What is to be booked is not split", "carla", split, toBook, nil, nil, "no wrong_stage"},
	{"An Authoriser splits nothing", "anna", split, tagging, nil, nil, "no role_missing"},
	{"Nobody splits documents of another company", "gina", split, tagging, nil, nil, "no no_company_access"},

	{"A Client user merges two of one deliverer", "carla", merge, tagging, with(second), nil, "tagging; gone inv-2"},
	{"A Restricted client user merges two of their own", "dirk", merge, tagging, with(second), nil, "tagging; gone inv-2"},
	{"Documents of different deliverers are not merged", "carla", merge, tagging, with(invoice(documents.Tagging, named("inv-2"), by("carla"))), nil, "no merge_unfit"},
	{"Documents of different companies are not merged", "carla", merge, tagging, with(invoice(documents.Tagging, named("inv-2"), of("garage"))), reachesOnly("carla", "bakery", "garage"), "no merge_unfit"},
	{"A merger takes the company of every document", "carla", merge, tagging, with(invoice(documents.Tagging, named("inv-2"), of("garage"))), nil, "no no_company_access"},
	{"A merger takes the right on every document", "dirk", merge, tagging, with(invoice(documents.Tagging, named("inv-2"), by("erik"))), nil, "no not_delivered_by_subject"},
	{"A merger takes the right on every document, as far as it has come", "carla", merge, tagging, with(invoice(documents.Booking, named("inv-2"))), nil, "no wrong_stage"},
	{"An Authorisation administrator merges nothing", "ada", merge, tagging, with(second), nil, "no role_missing"},

	{"A Client user tags", "carla", tag, tagging, nil, nil, "booking"},
	{"A Client user tags what a deleted user delivered", "carla", tag, invoice(documents.Tagging, by("tom")), nil, nil, "booking"},
	{"A Restricted client user tags their own delivery", "dirk", tag, tagging, nil, nil, "booking"},
	{"A Restricted client user does not tag another's", "erik", tag, tagging, nil, nil, "no not_delivered_by_subject"},
	{"Where both client roles are stored, the restricted one leads", "carla", tag, tagging, nil, holding("carla", roles.ClientUser, roles.RestrictedClientUser), "no not_delivered_by_subject"},
	{"The archive is not tagged", "carla", tag, archived, nil, nil, "no wrong_stage"},
	{"An Accountant without a client role does not tag", "bram", tag, tagging, nil, nil, "no role_missing"},

	{"A Client user assigns to authorisers, in order", "carla", assign("bob", "anna"), tagging, nil, nil, "authorisation bob anna"},
	{"A Restricted client user assigns their own delivery", "dirk", assign("anna"), tagging, nil, nil, "authorisation anna"},
	{"Assigning is for every company, also without the workflow", "gina", assign("anna"), invoice(documents.Tagging, of("garage")), nil, reachesOnly("anna", "garage"), "authorisation anna"},
	{"A document is assigned to at least one authoriser", "carla", assign(), tagging, nil, nil, "no authoriser_unfit"},
	{"A document is not assigned to one authoriser twice", "carla", assign("bob", "bob"), tagging, nil, nil, "no authoriser_unfit"},
	{"A document is not assigned to a Client user", "carla", assign("anna", "carla"), tagging, nil, nil, "no authoriser_unfit"},
	{"A document is not assigned to an authoriser of another company", "carla", assign("bob"), tagging, nil, reachesOnly("bob", "garage"), "no authoriser_unfit"},
	{"A document is not assigned to an authoriser who left", "carla", assign("bob"), tagging, nil, ending("bob", "2026-11-22"), "no authoriser_unfit"},
	{"A document is assigned to an authoriser who leaves tomorrow", "carla", assign("bob"), tagging, nil, ending("bob", "2026-11-23"), "authorisation bob"},
	{"A document is not assigned to a deleted user", "carla", assign("tom"), tagging, nil, nil, "no authoriser_unfit"},
	{"What is to be booked is not assigned", "carla", assign("anna"), toBook, nil, nil, "no wrong_stage"},
	{"An Authoriser assigns nothing", "anna", assign("bob"), tagging, nil, nil, "no role_missing"},

	{"The last approval sends it to be booked", "bob", approve, authorised, nil, nil, "booking anna+ bob+"},
	{"An approval before the last leaves it with the next", "anna", approve, invoice(documents.Authorisation, past(pending("anna"), pending("bob"))), nil, nil, "authorisation anna+ bob"},
	{"An approval in the archive leaves it there", "bob", approve, inArchive, nil, nil, "archived anna+ bob+"},
	{"Approving what one delivered is allowed, and noted", "bob", approve, invoice(documents.Authorisation, by("bob"), past(pending("bob"))), nil, nil, "booking bob+ (self_approval)"},
	{"An authoriser who is not in turn does not approve", "anna", approve, authorised, nil, nil, "no not_in_turn"},
	{"Nobody approves after a rejection", "bob", approve, invoice(documents.Tagging, past(rejected("anna"), pending("bob"))), nil, nil, "no not_in_turn"},
	{"Who is no Authoriser any more does not approve", "bob", approve, authorised, nil, holding("bob", roles.ClientUser), "no role_missing"},
	{"Who lost the company does not approve", "bob", approve, authorised, nil, reachesOnly("bob", "garage"), "no no_company_access"},
	{"Who left does not approve", "bob", approve, authorised, nil, ending("bob", "2026-11-01"), "no inactive_user"},

	{"A rejection returns it to be tagged", "bob", reject, authorised, nil, nil, "tagging anna+ bob-"},
	{"A rejection in the archive leaves it there", "bob", reject, inArchive, nil, nil, "archived anna+ bob-"},
	{"A rejection needs a comment", "bob", workflow.Reject{Document: "inv-1"}, authorised, nil, nil, "no missing_property"},
	{"A blank comment is none", "bob", workflow.Reject{Document: "inv-1", Comment: " \t\n"}, authorised, nil, nil, "no missing_property"},
	{"An authoriser who is not in turn does not reject", "anna", reject, authorised, nil, nil, "no not_in_turn"},
	{"A Super user does not reject", "rosa", reject, authorised, nil, nil, "no role_missing"},

	{"An Authorisation administrator has others take over", "ada", reassign("anna"), invoice(documents.Authorisation, past(pending("bob"))), nil, nil, "authorisation anna"},
	{"Who was to follow still follows", "ada", reassign("bob"), invoice(documents.Authorisation, past(pending("tess"), pending("anna"))), nil, nil, "authorisation bob anna"},
	{"What runs in the archive is reassigned there", "ada", reassign("bob"), inArchive, nil, nil, "archived anna+ bob"},
	{"What nobody is in turn on is not reassigned", "ada", reassign("anna"), tagging, nil, nil, "no no_route_pending"},
	{"A document is reassigned to authorisers only", "ada", reassign("carla"), authorised, nil, nil, "no authoriser_unfit"},
	{"A Client user does not reassign", "carla", reassign("anna"), authorised, nil, nil, "no role_missing"},

	{"Withdrawing returns it to be tagged, without a route", "ada", withdraw, authorised, nil, nil, "tagging"},
	{"Withdrawing in the archive leaves it there", "ada", withdraw, inArchive, nil, nil, "archived"},
	{"What nobody is in turn on is not withdrawn", "ada", withdraw, toBook, nil, nil, "no no_route_pending"},
	{"An Authoriser does not withdraw", "bob", withdraw, authorised, nil, nil, "no role_missing"},
	{"Nobody withdraws in a company out of reach", "ada", withdraw, invoice(documents.Authorisation, of("garage"), past(pending("bob"))), nil, nil, "no no_company_access"},

	{"An Accountant returns what is to be booked", "bram", giveBack, toBook, nil, nil, "tagging"},
	{"An SME Accountant returns it too", "sam", giveBack, toBook, nil, unlinked("sam"), "tagging"},
	{"What was booked is not returned", "bram", giveBack, archived, nil, nil, "no wrong_stage"},
	{"A Client user does not return", "carla", giveBack, toBook, nil, nil, "no role_missing"},

	{"An Accountant books", "bram", book, toBook, nil, nil, "archived"},
	{"An SME Accountant books", "sam", book, toBook, nil, nil, "archived"},
	{"Booking what one delivered is allowed, and noted", "bram", book, invoice(documents.Booking, by("bram")), nil, nil, "archived (self_booking)"},
	{"Booking in a disconnected system is allowed, and noted", "bram", book, invoice(documents.Booking, of("florist")), nil, nil, "archived (connection_disconnected)"},
	{"What is with an authoriser is not booked", "bram", book, authorised, nil, nil, "no wrong_stage"},
	{"Nobody books without a link", "bram", book, toBook, nil, unlinked("bram"), "no not_linked"},
	{"The accounting-system user must reach the company there", "sam", book, toBook, nil, samReachesGarageThere, "no not_linked"},
	{"Nobody books before the accounting password was found right", "bram", book, toBook, nil, unverified("bram"), "no link_not_verified"},
	{"Nobody books in a company out of reach", "sam", book, invoice(documents.Booking, of("garage")), nil, nil, "no no_company_access"},
	{"A Super user does not book", "rosa", book, toBook, nil, nil, "no role_missing"},
}

func samReachesGarageThere(p *offices.Parts) {
	accounts := p.Systems[0].Users
	accounts[slices.IndexFunc(accounts, func(u sync.User) bool { return u.ID == "sam@exact" })].Reach = reaching("garage")
}

func TestTheRulesByExample(t *testing.T) {
	for _, e := range examples {
		t.Run(e.name, func(t *testing.T) {
			var given []change
			if e.given != nil {
				given = append(given, e.given)
			}
			result, err := workflow.Do(compiled(t, given...), e.about, e.who, now, e.does, e.others...)
			if got := told(result, err); got != e.want {
				t.Errorf("%s %s: %q, want %q (%v)", e.who, e.does.Name(), got, e.want, err)
			}
		})
	}
}

// told is what came of a command, in the words of the examples.
func told(result workflow.Result, err error) string {
	if refusal, ok := errors.AsType[*changes.Refusal](err); ok {
		return "no " + refusal.Code
	}
	if err != nil {
		return "an error"
	}
	var all []string
	for _, d := range result.Documents {
		all = append(all, strings.Join(append([]string{d.Stage().String()}, routeOf(d)...), " "))
	}
	text := strings.Join(all, ", ")
	for _, id := range result.Gone {
		text += "; gone " + string(id)
	}
	if warnings := result.Event.Warnings.Slice(); warnings != nil {
		text += " (" + strings.Join(warnings, ", ") + ")"
	}
	return text
}

// routeOf reads "anna+ bob- carla": approved, rejected, yet to speak.
func routeOf(d documents.Document) (list []string) {
	for _, s := range d.Route().Steps() {
		list = append(list, string(s.Authoriser)+[...]string{"", "+", "-"}[s.Outcome])
	}
	return list
}

// Every command stands among the examples, allowed and refused.
func TestEveryCommandIsAllowedAndRefusedByExample(t *testing.T) {
	for _, name := range workflow.CommandNames() {
		for _, refused := range []bool{false, true} {
			if !slices.ContainsFunc(examples, func(e example) bool {
				return e.does.Name() == name && strings.HasPrefix(e.want, "no ") == refused
			}) {
				t.Errorf("no example of %s, refused %t", name, refused)
			}
		}
	}
}
