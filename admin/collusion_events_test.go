package admin_test

import (
	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// ofEvents is the goals that show in what a command did: who did it, by what right
// and to whom.
func (g *plotGoals) ofEvents(from plotPlace, actor users.ID, command string, events []admin.Event) (found plotFound) {
	o := from.Office()
	who, known := o.User(actor)
	found.when(actor != admin.Software && (!known || !who.ActiveOn(plotDay(from.day))), goalInactive, string(actor))
	found.when(g.superUsers[actor], goalInactive, "a Super user, who was to do nothing")
	for i, e := range events {
		found.when(e.By != actor || e.Command != command || e.Version != o.Version()+uint64(i)+1 || !e.At.Equal(from.at()),
			goalTrail, string(e.By)+": "+e.Command+": "+e.Change.Name())
		found.when(!plotRuleFor(o, who, e), goalRule, e.Rule+" for "+who.Roles.String()+" "+e.Change.Name())
		g.ofChange(&found, o, actor, e.Change)
	}
	return found
}

// ofChange is the changes that nobody makes to somebody else.
func (g *plotGoals) ofChange(found *plotFound, o offices.Office, actor users.ID, change admin.Change) {
	of := plotTarget(change)
	target, known := o.User(of)
	switch c := change.(type) {
	case admin.EmailChanged:
		found.when(of != actor && target.Used, goalTakeover, string(of)+" is now "+c.Email)
	case admin.UsernameChanged:
		found.when(target.Used, goalTakeover, string(of)+" is now "+c.Username)
	case admin.PasswordLinkSent:
		found.when(known && c.Address != target.Email, goalTakeover, string(of)+" by "+c.Address)
	case admin.PasswordChanged, admin.PasswordLinkUsed:
		found.when(of != actor, goalTakeover, string(of)+" by "+string(actor))
	case admin.LinkVerified:
		found.when(of != actor, goalOtherLink, string(of)+" by "+string(actor))
	}
}

// plotTarget is the user that a change is about; empty for another.
func plotTarget(change admin.Change) users.ID {
	switch c := change.(type) {
	case admin.UserCreated:
		return c.User
	case admin.DetailsChanged:
		return c.User
	case admin.UsernameChanged:
		return c.User
	case admin.RolesChanged:
		return c.User
	case admin.AccessChanged:
		return c.User
	case admin.LaterCompaniesChanged:
		return c.User
	case admin.EndDateChanged:
		return c.User
	case admin.BillToChanged:
		return c.User
	case admin.EmailChanged:
		return c.User
	case admin.PasswordLinkSent:
		return c.User
	case admin.PasswordLinkUsed:
		return c.User
	case admin.PasswordChanged:
		return c.User
	case admin.UserUsed:
		return c.User
	case admin.Linked:
		return c.User
	case admin.Unlinked:
		return c.User
	case admin.LinkVerified:
		return c.User
	}
	return ""
}

// plotRuleFor says whether the rule that an event gives is for whoever acted. What
// the software records, and that somebody acted or used a link, goes by no rule.
func plotRuleFor(o offices.Office, who users.User, e admin.Event) bool {
	switch e.Change.(type) {
	case admin.UserUsed, admin.PasswordLinkUsed:
		return e.Rule == ""
	case admin.ConnectionChanged:
		if e.By == admin.Software {
			return e.Rule == ""
		}
	}
	id, err := policy.ParseRuleID(e.Rule)
	if err != nil || id == 0 {
		return false
	}
	rule := id.Rule()
	for fact := range (rule.For | rule.When).Each() {
		if !plotHas(o, who, plotTarget(e.Change), fact) {
			return false
		}
	}
	return true
}

// plotHas says whether a fact about whoever acts holds, by the words of the roles.
// The other facts are the policy's own tests to look at.
func plotHas(o offices.Office, who users.User, target users.ID, fact policy.Facts) bool {
	has := who.Roles.Effective()
	switch fact {
	case policy.IsSuperUser:
		return has.Has(roles.SuperUser)
	case policy.IsAccountant:
		return has.Has(roles.Accountant)
	case policy.IsSMEAccountant:
		return has.Has(roles.SMEAccountant)
	case policy.BookingRole:
		return has.Has(roles.Accountant) || has.Has(roles.SMEAccountant)
	case policy.IsAdministrator:
		return has.Has(roles.AuthorisationAdministrator)
	case policy.IsAuthoriser:
		return has.Has(roles.Authoriser)
	case policy.IsClientUser, policy.IsRestrictedClientUser, policy.ClientRole:
		return has.Delivers()
	case policy.LaterCompaniesRight:
		return who.LaterCompanies
	case policy.OnDuty:
		return len(o.DutiesOf(who.ID)) > 0
	case policy.Self:
		return target == who.ID || target == ""
	case policy.Another:
		return target != who.ID
	}
	return true
}
