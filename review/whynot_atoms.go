package review

import (
	"cmp"
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// atomKind is what kind of single change. Their order is that in which changes
// are made where nothing else decides.
type atomKind uint8

const (
	liftsEnd atomKind = iota + 1
	grantsRole
	revokesRole
	givesAccess
	takesAccess
	givesArchive
	givesBank
	givesLater
	choosesDuty
	linksAccount
	entersPassword
	makesAgreement
	deletesCompany
	takesArchive
	takesBank
	takesLater
	unlinksAccount
	endsAgreement
	endsToday
	tellsPart
	awaitsStage
	awaitsRoute
	awaitsTurn
	givesProperty
)

// ofOffice says whether it is a change of the office.
func (k atomKind) ofOffice() bool { return k < tellsPart }

// atom is one single change. Which fields count hangs on the kind.
type atom struct {
	kind     atomKind
	user     users.ID
	role     roles.Role
	company  companies.ID
	system   companies.SystemID
	account  sync.UserID // empty: the link they have
	doc      int         // of the documents asked about: 0 is the resource
	goal     goal
	part     string // of a document, with its value: "stage=tagging"
	property policy.Properties
	day      users.Date // today, of an end
}

// way is atoms that together do something.
type way = []atom

func compareAtoms(a, b atom) int {
	return cmp.Or(
		cmp.Compare(a.kind, b.kind), cmp.Compare(a.user, b.user), cmp.Compare(a.role, b.role),
		cmp.Compare(a.company, b.company), cmp.Compare(a.system, b.system), cmp.Compare(a.account, b.account),
		cmp.Compare(a.doc, b.doc), cmp.Compare(a.goal, b.goal), cmp.Compare(a.part, b.part),
		cmp.Compare(a.property, b.property),
	)
}

// setting is what an atom changes, alike for two atoms that cannot both be.
func (a atom) setting() atom {
	switch a.kind {
	case grantsRole, revokesRole:
		a.kind = grantsRole
	case givesAccess, takesAccess:
		a.kind = givesAccess
	case choosesDuty:
		a.user, a.account = "", ""
	case linksAccount, unlinksAccount:
		a.kind, a.account = linksAccount, ""
	case awaitsStage, awaitsRoute:
		a.kind, a.goal = awaitsStage, 0
	case tellsPart:
		a.part, _ = partOf(a.part)
	default: // there is one atom for each setting
	}
	return a
}

// settings is what an atom changes: choosing somebody with an account links them
// too.
func (a atom) settings() []atom {
	if a.kind == choosesDuty && a.account != "" {
		return []atom{a.setting(), atom{kind: linksAccount, user: a.user, system: a.system}.setting()}
	}
	return []atom{a.setting()}
}

// together says whether the atoms can all be: no setting changes twice.
func together(set []atom) bool {
	seen := make(map[atom]bool, len(set))
	for _, a := range set {
		for _, s := range a.settings() {
			if seen[s] {
				return false
			}
			seen[s] = true
		}
	}
	return true
}

// changesOf is the changes of an office that the atoms come to: those of one
// user's roles are one change, and those of one user's access. Each is what it is
// on the office as it stands.
func changesOf(o offices.Office, set []atom) []Change {
	var list []Change
	for _, group := range grouped(set) {
		if group[0].kind.ofOffice() {
			list = append(list, changeOf(o, group))
		}
	}
	return list
}

// grouped is the atoms in their order, each user's roles together and each user's
// access.
func grouped(set []atom) (groups [][]atom) {
	sorted := slices.SortedFunc(slices.Values(set), func(a, b atom) int {
		return cmp.Or(compareAtoms(a.group(), b.group()), compareAtoms(a, b))
	})
	for _, a := range sorted {
		if n := len(groups); n > 0 && groups[n-1][0].group() == a.group() {
			groups[n-1] = append(groups[n-1], a)
			continue
		}
		groups = append(groups, []atom{a})
	}
	return groups
}

// group is alike for atoms that one change makes.
func (a atom) group() atom {
	switch a.kind {
	case grantsRole, revokesRole:
		return atom{kind: grantsRole, user: a.user}
	case givesAccess, takesAccess:
		return atom{kind: givesAccess, user: a.user}
	default:
		return a
	}
}

func changeOf(o offices.Office, group []atom) Change {
	a := group[0]
	switch a.kind {
	case liftsEnd:
		return changeEndDate(a.user, users.Date{})
	case grantsRole, revokesRole:
		u, _ := o.User(a.user)
		return changeRoles(a.user, u.Roles, toggled(u.Roles, group))
	case givesAccess, takesAccess:
		return changeAccess(o, a.user, companiesOf(group, givesAccess), companiesOf(group, takesAccess))
	case givesArchive:
		return changeArchiveRight(a.user, users.AllDocuments)
	case givesBank:
		return changeBankRight(a.user, true)
	case givesLater:
		return changeLaterCompanies(a.user, true)
	case choosesDuty:
		return chooseSynchronisationUser(o, a.system, a.user, a.account)
	case linksAccount:
		return linkAccountingUser(a.user, a.system, a.account)
	case entersPassword:
		return enterAccountingPassword(a.user, a.system)
	case makesAgreement:
		return changePaymentAgreement(o, a.company, true)
	case deletesCompany:
		return deleteCompany(o, a.company)
	default:
		return takingOf(o, a)
	}
}

// takingOf is the change that takes something away or ends it.
func takingOf(o offices.Office, a atom) Change {
	switch a.kind {
	case takesArchive:
		return changeArchiveRight(a.user, users.ByRole)
	case takesBank:
		return changeBankRight(a.user, false)
	case takesLater:
		return changeLaterCompanies(a.user, false)
	case unlinksAccount:
		return unlinkAccountingUser(a.user, a.system)
	case endsAgreement:
		return changePaymentAgreement(o, a.company, false)
	case endsToday:
		return changeEndDate(a.user, a.day)
	default:
		return Change{}
	}
}

// toggled is a set of roles after the atoms that are about roles.
func toggled(s roles.Set, set []atom) roles.Set {
	for _, a := range set {
		switch a.kind {
		case grantsRole:
			s = s.With(a.role)
		case revokesRole:
			s = s.Without(a.role)
		default: // not about roles
		}
	}
	return s
}

func companiesOf(set []atom, kind atomKind) (list []companies.ID) {
	for _, a := range set {
		if a.kind == kind {
			list = append(list, a.company)
		}
	}
	return list
}

// between is the atoms that make one set of a user's roles another.
func between(user users.ID, from, to roles.Set) (set way) {
	for r := range (to &^ from).All() {
		set = append(set, atom{kind: grantsRole, user: user, role: r})
	}
	for r := range (from &^ to).All() {
		set = append(set, atom{kind: revokesRole, user: user, role: r})
	}
	return set
}

// differences is every set of roles but the empty one, the smaller ones first.
var differences = func() (list []roles.Set) {
	for s := roles.SetOf(roles.All()...); s != 0; s-- {
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(a, b roles.Set) int { return cmp.Compare(a.Len(), b.Len()) })
	return list
}()

// roleWays is the smallest changes of a user's roles after which they pass a test:
// the empty way where they do already.
func roleWays(user users.ID, from roles.Set, passes func(roles.Set) bool) (ways []way) {
	if passes(from) {
		return []way{nil}
	}
	var found []roles.Set
	for _, d := range differences {
		if passes(from^d) && !slices.ContainsFunc(found, func(s roles.Set) bool { return s.Within(d) }) {
			found, ways = append(found, d), append(ways, between(user, from, from^d))
		}
	}
	return ways
}
