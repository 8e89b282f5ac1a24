package review

import (
	"iter"
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// This file is every question that can be asked of the offices of these tests, of
// what is in them and of one stranger of each kind: every action, every resource,
// every document told in full or in part, and every property as far as lists of two.

var (
	diffAskers   = append(slices.Clone(diffUsers), "stranger")
	diffPlaces   = append(slices.Clone(diffCompanies), "nowhere")
	diffLedgers  = append(slices.Clone(diffSystems), "none such")
	diffEntries  = append(slices.Clone(diffAccounts), "nobody")
	diffCodes    = []string{"devries", "jansen"}
	diffStages   = []documents.Stage{0, documents.Tagging, documents.Authorisation, documents.Booking, documents.Archived}
	diffSets     = diffSubsets(diffCompanies)
	diffPapers   = slices.Collect(diffDocuments("inv-1"))
	diffPapersOf = diffMergers()
	diffChoosy   = slices.DeleteFunc(slices.Clone(diffPapers), func(d *documents.Document) bool { return !diffTold(d) })
)

// diffQuestions goes through every question of one user about one action; the
// moment is left to who asks.
func diffQuestions(who users.ID, a policy.Action) iter.Seq[policy.Request] {
	return func(yield func(policy.Request) bool) {
		for on := range diffResources(a) {
			for i := range diffWithsOf[a] {
				if !yield(policy.Request{Subject: who, Action: a, Resource: on, With: &diffWithsOf[a][i]}) {
					return
				}
			}
		}
	}
}

func diffResources(a policy.Action) iter.Seq[policy.Resource] {
	return func(yield func(policy.Resource) bool) {
		switch a.On() {
		case policy.Document:
			papers := diffPapers
			if needed, _ := a.Takes(); needed != 0 && !*diffAll {
				papers = diffChoosy
			}
			diffEach(papers, policy.OfDocument, yield)
		case policy.Company:
			diffEach(diffPlaces, policy.OfCompany, yield)
		case policy.User:
			diffEach(diffAskers, policy.OfUser, yield)
		case policy.Connection:
			diffEach(diffLedgers, policy.OfConnection, yield)
		case policy.Office:
			diffEach(diffCodes, policy.OfOffice, yield)
		}
	}
}

func diffEach[T, R any](list []T, of func(T) R, yield func(R) bool) {
	for _, v := range list {
		if !yield(of(v)) {
			return
		}
	}
}

// diffTold says whether a document is of a company of the offices, and at a stage or
// of a kind of which somebody may ask with properties: there are many to ask with.
func diffTold(d *documents.Document) bool {
	return slices.Contains(diffCompanies, d.Company()) && d.DeliveredBy() != "bob" && d.DeliveredBy() != "dirk" && d.Assigned() != 0 &&
		(d.Stage() == documents.Tagging || d.Stage() == 0 || d.Route().IsPending() || d.DeliveredBy() == "anna")
}

// diffDocuments goes through the documents: each part told or not, and the turn of
// nobody, of each user, or of a stranger.
func diffDocuments(id documents.ID) iter.Seq[*documents.Document] {
	return func(yield func(*documents.Document) bool) {
		for _, company := range append([]companies.ID{""}, diffPlaces...) {
			for _, by := range append([]users.ID{""}, diffAskers...) {
				for _, stage := range diffStages {
					for _, turn := range append([]users.ID{""}, diffAskers...) {
						for assigned := range documents.EverAssigned + 1 {
							p := documents.Parts{ID: id, Company: company, DeliveredBy: by, Stage: stage, Assigned: assigned}
							if turn != "" {
								p.Route = documents.RoutePast(turn)
							}
							d, err := documents.Told(p)
							if err == nil && !yield(&d) {
								return
							}
						}
					}
				}
			}
		}
	}
}

// diffMergers is documents of every kind, to merge others with: as they are told,
// those of each company and deliverer that are of one kind are one.
func diffMergers() (list []*documents.Document) {
	for _, company := range diffPlaces[:2] {
		for _, by := range []users.ID{"anna", "stranger"} {
			for _, stage := range []documents.Stage{0, documents.Tagging, documents.Booking} {
				d, _ := documents.Told(documents.Parts{ID: "inv-2", Company: company, DeliveredBy: by, Stage: stage, Assigned: documents.NeverAssigned})
				list = append(list, &d)
			}
		}
	}
	return list
}

// diffWithsOf is what each action can be asked with.
var diffWithsOf = func() map[policy.Action][]policy.With {
	all := map[policy.Action][]policy.With{}
	for a := range policy.AllActions() {
		all[a] = diffWays(a)
	}
	return all
}()

func diffWays(a policy.Action) (list []policy.With) {
	add := func(w policy.With) { list = append(list, w) }
	switch a {
	case policy.DocumentAssign, policy.DocumentReassign:
		for _, one := range diffAskers {
			add(policy.With{Authorisers: []users.ID{one}})
			for _, other := range diffAskers {
				add(policy.With{Authorisers: []users.ID{one, other}})
			}
		}
		add(policy.With{Authorisers: []users.ID{}})
	case policy.DocumentReject:
		add(policy.With{Comment: "no"})
	case policy.DocumentMerge:
		for _, d := range diffPapersOf {
			add(policy.With{Documents: []*documents.Document{d}})
		}
	case policy.UserCreate, policy.UserImport:
		return diffNewUsers(a)
	case policy.CompanyCreate:
		for _, s := range diffLedgers {
			add(policy.With{AccountingSystem: s})
		}
	case policy.ConnectionManage:
		for _, who := range diffAskers {
			for _, account := range append([]sync.UserID{""}, diffEntries...) {
				add(policy.With{SynchronisationUser: who, AccountingUser: account})
			}
		}
	default:
		if a.On() == policy.User {
			return append(diffUserWays(a), policy.With{})
		}
	}
	return append(list, policy.With{})
}

func diffUserWays(a policy.Action) (list []policy.With) {
	add := func(w policy.With) { list = append(list, w) }
	switch a {
	case policy.UserGrantRole, policy.UserRevokeRole:
		for _, role := range roles.All() {
			add(policy.With{Role: role})
		}
	case policy.UserChangeRoles:
		for set := range roles.Set(128) {
			add(policy.With{Roles: policy.Given(set)})
		}
	case policy.UserChangeEndDate:
		for _, day := range append([]users.Date{{}}, diffDays...) {
			add(policy.With{EndDate: policy.Given(day)})
		}
	case policy.UserChangeCompanyAccess:
		for _, set := range diffSets {
			add(policy.With{Companies: policy.Given(users.AccessTo(set...))})
		}
		add(policy.With{Companies: policy.Given(users.AccessTo("bakery", "nowhere"))})
	case policy.UserChangeBillTo:
		for _, id := range append([]companies.ID{""}, diffPlaces...) {
			add(policy.With{BillTo: users.BillToCompany(id)})
		}
	case policy.UserChangePassword, policy.UserChangeEmail:
		add(policy.With{OldPasswordVerified: policy.Given(true)})
		add(policy.With{OldPasswordVerified: policy.Given(false)})
	case policy.UserLinkAccountingUser, policy.UserUnlinkAccountingUser, policy.UserEnterAccountingPassword:
		for _, s := range diffLedgers {
			add(policy.With{System: s})
			for _, account := range diffEntries {
				add(policy.With{System: s, User: account})
			}
		}
	}
	return list
}

// diffNewUsers is every set of roles with every set of companies; imports of nobody,
// and of one or two accounts of each system, with some of them.
func diffNewUsers(a policy.Action) (list []policy.With) {
	sets := append(slices.Clone(diffSets), []companies.ID{"nowhere"})
	for set := range roles.Set(128) {
		for _, ids := range sets {
			list = append(list, policy.With{Roles: policy.Given(set), Companies: policy.Given(users.AccessTo(ids...))})
		}
	}
	if a == policy.UserCreate {
		return list
	}
	for _, ids := range sets {
		list = append(list, policy.With{Companies: policy.Given(users.AccessTo(ids...))})
	}
	accounts := append(diffSubsets(diffEntries[:2]), []sync.UserID{"nobody"}, nil)
	for _, s := range diffLedgers {
		for _, set := range []roles.Set{0, roles.SetOf(roles.SuperUser), roles.SetOf(roles.Accountant), roles.SetOf(roles.SMEAccountant, roles.ClientUser), roles.SetOf(roles.ClientUser)} {
			for _, who := range accounts {
				w := policy.With{System: s, Users: who}
				if set != 0 {
					w.Roles = policy.Given(set)
				}
				list = append(list, w)
			}
		}
	}
	return list
}

// diffSubsets is every part of a list; the empty one is a list too.
func diffSubsets[T any](list []T) (sets [][]T) {
	for mask := range 1 << len(list) {
		set := []T{}
		for i, v := range list {
			if mask&(1<<i) != 0 {
				set = append(set, v)
			}
		}
		sets = append(sets, set)
	}
	return sets
}
