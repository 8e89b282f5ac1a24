package policy_test

import (
	"strings"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// telling is what is told of documents: every combination of these, of which the
// empty ones are not told. Those that contradict themselves cannot be told.
type telling struct {
	companies  []companies.ID
	deliverers []users.ID
	stages     []documents.Stage
	routes     []string // see routeOf
	assigned   []documents.Assigned
}

var (
	everyStage    = []documents.Stage{0, documents.Tagging, documents.Authorisation, documents.Booking, documents.Archived}
	everyAssigned = []documents.Assigned{0, documents.NeverAssigned, documents.EverAssigned}
	// No route, one that was approved, one that was rejected before it was xeno's
	// turn; and pending ones: of xeno first, of xeno next, of xeno no more, of others.
	everyRoute = []string{"", "anna+", "anna- xeno", "xeno anna", "anna+ xeno", "xeno+ anna", "anna xeno"}
)

// ofTheBakery is what can be told of a document of the bakery: delivered by xeno,
// by somebody else, by a deleted user.
var ofTheBakery = telling{[]companies.ID{"", "bakery"}, []users.ID{"", "xeno", "carla", "tom"}, everyStage, everyRoute, everyAssigned}

// toBeBooked is the same, where neither deliverer nor route makes a difference.
var toBeBooked = telling{[]companies.ID{"", "bakery"}, []users.ID{"", "xeno"}, everyStage, []string{"", "anna"}, everyAssigned}

// toBeMerged is the same for a document among others, of any company.
var toBeMerged = telling{
	[]companies.ID{"", "bakery", "garage"},
	[]users.ID{"", "xeno", "carla", "tom"},
	[]documents.Stage{0, documents.Tagging, documents.Booking},
	[]string{""},
	[]documents.Assigned{0, documents.NeverAssigned},
}

// documents goes through all that can be told so.
func (of telling) documents(id documents.ID) (list []*documents.Document) {
	for _, company := range of.companies {
		for _, deliverer := range of.deliverers {
			for _, stage := range of.stages {
				list = append(list, of.assignedSo(documents.Parts{ID: id, Company: company, DeliveredBy: deliverer, Stage: stage})...)
			}
		}
	}
	return list
}

func (of telling) assignedSo(p documents.Parts) (list []*documents.Document) {
	for _, route := range of.routes {
		for _, p.Assigned = range of.assigned {
			p.Route = routeOf(route)
			if route != "" && p.Assigned != documents.EverAssigned {
				continue // a route says so itself
			}
			if d, err := documents.Told(p); err == nil {
				list = append(list, &d)
			}
		}
	}
	return list
}

// routeOf reads "anna+ xeno": anna approved, xeno is pending; "-" is a rejection.
func routeOf(steps string) documents.Route {
	outcomes := map[byte]documents.Outcome{'+': documents.Approved, '-': documents.Rejected}
	var list []documents.Step
	for name := range strings.FieldsSeq(steps) {
		list = append(list, documents.Step{
			Authoriser: users.ID(strings.TrimRight(name, "+-")), Outcome: outcomes[name[len(name)-1]],
		})
	}
	return documents.RouteOf(list...)
}

// documentInquiries is every document, asked about by everybody.
func documentInquiries(a policy.Action) []inquiry {
	dials := []dial{everyRoleSet, activeOrNot, reaching(bakery, garage)}
	switch a {
	case policy.DocumentMerge:
		return mergers()
	case policy.DocumentView:
		dials = append(dials, archiveRight)
	case policy.DocumentAssign, policy.DocumentReassign:
		return []inquiry{{dials: dials, requests: assignments(a)}}
	case policy.DocumentBook, policy.DocumentChangeBankDetails:
		return bookings(a)
	}
	with := &policy.With{Comment: "wrong amount"} // which only a rejection takes
	return []inquiry{{dials: dials, requests: aboutDocuments(a, ofTheBakery, with)}}
}

// bookings is every document and every link, by all who make a difference; and
// some, by everybody.
func bookings(a policy.Action) []inquiry {
	who, requests := []dial{activeOrNot, reaching(bakery, garage), bankRight}, aboutDocuments(a, toBeBooked, nil)
	return []inquiry{
		{dials: append(who, kindsOfAsker, bookingLinks), requests: requests},
		{dials: append(who, everyRoleSet, bookingLinks[len(bookingLinks)-1:]), requests: requests},
	}
}

func aboutDocuments(a policy.Action, of telling, with *policy.With) (list []policy.Request) {
	for _, d := range of.documents("inv-1") {
		list = append(list, policy.Request{Subject: "xeno", Action: a, Resource: policy.OfDocument(d), With: with, At: asking})
	}
	return list
}

// unfit are lists of whom a document of the bakery may not be assigned to: nobody,
// one twice, no Authoriser, one of another company, one who left, one deleted,
// one unknown.
var unfit = [][]users.ID{{}, {"anna", "anna"}, {"anna", "carla"}, {"gina"}, {"bob", "hugo"}, {"tom"}, {"mallory"}}

// fit are lists of whom it may be assigned to; who asks, if they are.
var fit = [][]users.ID{{"anna", "bob"}, {"anna"}, {"xeno"}, {"bob", "anna"}}

// assignments is every document with one of the fit lists and one of the unfit,
// each list in turn.
func assignments(a policy.Action) (list []policy.Request) {
	for i, d := range ofTheBakery.documents("inv-1") {
		for _, named := range [][]users.ID{fit[i%len(fit)], unfit[i%len(unfit)]} {
			with := &policy.With{Authorisers: named}
			list = append(list, policy.Request{Subject: "xeno", Action: a, Resource: policy.OfDocument(d), With: with, At: asking})
		}
	}
	return list
}

// mergers is every two documents, by everybody of every client role; and some two
// and three, by everybody.
func mergers() []inquiry {
	merge := func(d *documents.Document, others ...*documents.Document) policy.Request {
		return policy.Request{
			Subject: "xeno", Action: policy.DocumentMerge, Resource: policy.OfDocument(d),
			With: &policy.With{Documents: others}, At: asking,
		}
	}
	first, second, third := toBeMerged.documents("inv-1"), toBeMerged.documents("inv-2"), toBeMerged.documents("inv-3")
	var two, some []policy.Request
	for i, d := range first {
		for _, other := range second {
			two = append(two, merge(d, other))
		}
		some = append(some, merge(d, second[i]), merge(d, second[i], third[i]), merge(d, second[i], third[(i*5+1)%len(third)]))
	}
	reach := reaching(none, bakery, inExact)
	return []inquiry{
		{dials: []dial{clientRoles, activeOrNot, reach}, requests: two},
		{dials: []dial{everyRoleSet, activeOrNot, reach}, requests: some},
	}
}
