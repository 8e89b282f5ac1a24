package review

import (
	"math/bits"
	"slices"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// command is a change of an office with the question that it is to the policy.
type command struct {
	Change
	atoms    []atom
	action   policy.Action
	resource policy.Resource
	with     *policy.With
}

// guards is the facts that an action needs whoever asks.
const guards = policy.RoleSetValid | policy.SuperUserRemains | policy.DutyKept | policy.CandidateFit |
	policy.AccountingUserFit | policy.TargetLinked

// commandOf is the command that makes a group of atoms, on the office at the start.
func (q *quest) commandOf(group []atom) command {
	a, c := group[0], command{Change: changeOf(q.office, group), atoms: group}
	c.resource = policy.OfUser(a.user)
	switch cmd := c.Command().(type) {
	case admin.ChangeEndDate:
		c.action, c.with = policy.UserChangeEndDate, &policy.With{EndDate: policy.Given(cmd.EndDate)}
	case admin.ChangeRoles:
		c.action, c.with = policy.UserChangeRoles, &policy.With{Roles: policy.Given(cmd.Roles)}
	case admin.GrantRole:
		c.action, c.with = policy.UserGrantRole, &policy.With{Role: cmd.Role}
	case admin.RevokeRole:
		c.action, c.with = policy.UserRevokeRole, &policy.With{Role: cmd.Role}
	case admin.ChangeCompanyAccess:
		access := users.AccessTo(cmd.Companies.Slice()...)
		c.action, c.with = policy.UserChangeCompanyAccess, &policy.With{Companies: policy.Given(access)}
	case admin.ChangeArchiveRight:
		c.action = policy.UserChangeArchiveRight
	case admin.ChangeBankRight:
		c.action = policy.UserChangeBankRight
	case admin.ChangeLaterCompanies:
		c.action = policy.UserChangeLaterCompanies
	case admin.LinkAccountingUser:
		c.action, c.with = policy.UserLinkAccountingUser, &policy.With{System: cmd.System, User: cmd.AccountingUser}
	case admin.UnlinkAccountingUser:
		c.action, c.with = policy.UserUnlinkAccountingUser, &policy.With{System: cmd.System}
	case admin.EnterAccountingPassword:
		c.action, c.with = policy.UserEnterAccountingPassword, &policy.With{System: cmd.System}
	case admin.ChooseSynchronisationUser:
		c.action, c.resource = policy.ConnectionManage, policy.OfConnection(cmd.System)
		c.with = &policy.With{SynchronisationUser: cmd.SynchronisationUser, AccountingUser: cmd.AccountingUser}
	case admin.ChangePaymentAgreement:
		c.action, c.resource = policy.OfficeChangeSettings, policy.OfOffice(q.office.Code())
	case admin.DeleteCompany:
		c.action, c.resource = policy.CompanyDelete, policy.OfCompany(cmd.Company)
	}
	return c
}

// course is commands to be carried out in some order.
type course struct {
	*quest
	list   []command
	states map[uint64]admin.State // after some of them
}

// course is the commands that make atoms, with each user's roles changed at once.
func (q *quest) course(set []atom) *course {
	c := &course{quest: q}
	for _, group := range grouped(set) {
		if group[0].kind.ofOffice() {
			c.list = append(c.list, q.commandOf(group))
		}
	}
	return c
}

// oneByOne is the course with the roles of a user changed one by one, where that
// passes through valid sets alone.
func (c *course) oneByOne() *course {
	next := &course{quest: c.quest}
	for _, cmd := range c.list {
		u, _ := c.office.User(cmd.atoms[0].user)
		if cmd.action != policy.UserChangeRoles || len(cmd.atoms) > 1 && !stepwise(u.Roles, toggled(u.Roles, cmd.atoms)) {
			next.list = append(next.list, cmd)
			continue
		}
		for _, a := range cmd.atoms {
			next.list = append(next.list, c.roleCommand(a))
		}
	}
	return next
}

// roleCommand is the command that grants one role, or revokes one.
func (q *quest) roleCommand(a atom) command {
	c := command{Change: grantRole(a.user, a.role), atoms: []atom{a}, resource: policy.OfUser(a.user)}
	c.action, c.with = policy.UserGrantRole, &policy.With{Role: a.role}
	if a.kind == revokesRole {
		c.Change, c.action = revokeRole(a.user, a.role), policy.UserRevokeRole
	}
	return c
}

// stepwise says whether one set of roles becomes another by single changes, each of
// which leaves a valid set.
func stepwise(from, to roles.Set) bool {
	if from == to {
		return true
	}
	for r := range (from ^ to).All() {
		if next := from ^ roles.SetOf(r); next.Valid() && stepwise(next, to) {
			return true
		}
	}
	return false
}

// exact is how many commands are tried in every order. Of more, each is carried
// out as soon as it can be.
const exact = 10

// order is an order in which each command may be carried out, or false where there
// is none.
func (c *course) order(may func(admin.State, *command) bool) ([]int, bool) {
	if len(c.list) > exact {
		return c.greedy(may)
	}
	var order []int
	dead := make(map[uint64]bool)
	var from func(done uint64) bool
	from = func(done uint64) bool {
		if bits.OnesCount64(done) == len(c.list) {
			return true
		}
		for i := range c.list {
			if bit := uint64(1) << i; done&bit == 0 && !dead[done|bit] && may(c.at(done), &c.list[i]) {
				order = append(order, i)
				if from(done | bit) {
					return true
				}
				order = order[:len(order)-1]
			}
		}
		dead[done] = true
		return false
	}
	return order, from(0)
}

// orderFor is order, where one is tried first.
func (c *course) orderFor(may func(admin.State, *command) bool, first []int) ([]int, bool) {
	if len(c.list) > exact {
		return c.greedy(may)
	}
	var done uint64
	for _, i := range first {
		switch {
		case may(c.at(done), &c.list[i]):
		case len(c.list) == 1:
			return nil, false
		default:
			return c.order(may)
		}
		done |= 1 << i
	}
	return first, true
}

// greedy is order, where nothing is taken back.
func (c *course) greedy(may func(admin.State, *command) bool) (order []int, ok bool) {
	state := c.start
	for len(order) < len(c.list) {
		at := -1
		for i := range c.list {
			if !slices.Contains(order, i) && may(state, &c.list[i]) {
				at = i
				break
			}
		}
		if at < 0 {
			return nil, false
		}
		order = append(order, at)
		state, _ = supposing(state, c.list[at].Change)
	}
	return order, true
}

// at is the office after some of the commands.
func (c *course) at(done uint64) admin.State {
	if state, known := c.states[done]; known {
		return state
	}
	var set []atom
	for i := range c.list {
		if done&(1<<i) != 0 {
			set = append(set, c.list[i].atoms...)
		}
	}
	state, ok := c.supposed(set)
	if !ok {
		state = admin.State{} // in which nobody may do anything
	}
	if c.states == nil {
		c.states = make(map[uint64]admin.State)
	}
	c.states[done] = state
	return state
}

// hangsOn says whether another command could matter to what refuses this one,
// whoever gives it.
func (c *command) hangsOn(other *command) bool {
	same := other.atoms[0].user == c.atoms[0].user
	roles, link := other.changesRoles(), other.atoms[0].kind.linksOrChooses()
	end, access := other.action == policy.UserChangeEndDate, other.action == policy.UserChangeCompanyAccess
	switch c.atoms[0].kind {
	case liftsEnd, grantsRole, revokesRole: // a Super user remains
		return roles || end
	case endsToday: // and the duty is kept
		return roles || end || link
	case givesAccess, takesAccess, unlinksAccount: // the duty is kept
		return link
	case choosesDuty: // whoever is chosen is fit
		return link || same && (roles || end || access)
	case linksAccount: // somebody of that rank has the duty
		return link || same && roles
	case entersPassword: // there is a link
		return link && same
	default:
		return false
	}
}

// linksOrChooses says whether it changes a link or a duty.
func (k atomKind) linksOrChooses() bool {
	return k == choosesDuty || k == linksAccount || k == unlinksAccount
}

func (c *command) changesRoles() bool {
	return c.action == policy.UserChangeRoles || c.atoms[0].role != 0
}

// lawfulOrder is an order in which every command is lawful, or false where there is
// none. Commands that do not hang on each other are ordered apart.
func (c *course) lawfulOrder() (order []int, ok bool) {
	if len(c.list) > exact {
		return c.greedy(c.lawful)
	}
	for _, group := range c.apart() {
		part := course{quest: c.quest}
		for _, i := range group {
			part.list = append(part.list, c.list[i])
		}
		within, ok := part.order(c.lawful)
		if !ok {
			return nil, false
		}
		for _, i := range within {
			order = append(order, group[i])
		}
	}
	return order, true
}

// apart is the commands in groups that do not hang on each other.
func (c *course) apart() (groups [][]int) {
	for i := range c.list {
		with := []int{i}
		groups = slices.DeleteFunc(groups, func(g []int) bool {
			hangs := slices.ContainsFunc(g, func(j int) bool {
				return c.list[i].hangsOn(&c.list[j]) || c.list[j].hangsOn(&c.list[i])
			})
			if hangs {
				with = append(with, g...)
			}
			return hangs
		})
		slices.Sort(with)
		groups = append(groups, with)
	}
	slices.SortFunc(groups, func(a, b []int) int { return a[0] - b[0] })
	return groups
}

// lacks is the guards that refuse a command, whoever gives it.
func (q *quest) lacks(s admin.State, c *command) policy.Facts {
	need := c.action.Always() & guards
	if need == 0 {
		return 0
	}
	subject := s.Snapshot().Subject(q.request.Subject, q.request.At)
	words, code := subject.Facts(c.action, c.resource, c.with)
	if code != 0 {
		return need
	}
	for _, have := range words {
		need &^= have
	}
	return need
}

func (q *quest) lawful(s admin.State, c *command) bool { return q.lacks(s, c) == 0 }
