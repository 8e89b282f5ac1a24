package admin

import (
	"strconv"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// This file says each change in a sentence.

func blank[T ~string](name string, text T) words.Blank {
	return words.Blank{Name: name, With: words.Plain(text)}
}

func filled(name string, with words.Said) words.Blank { return words.Blank{Name: name, With: with} }

// shown is how many of a list are named.
const shown = 8

// several is a list, of which the first are named; "none" where it is empty.
func several[T interface {
	comparable
	~string
}](list changes.List[T]) words.Said {
	var named []words.Said
	rest := 0
	for v := range list.All() {
		if len(named) < shown {
			named = append(named, words.Plain(v))
		} else {
			rest++
		}
	}
	switch {
	case len(named) == 0:
		return words.Say("none")
	case rest > 0:
		named = append(named, words.Say("{count} more", blank("count", strconv.Itoa(rest))))
	}
	return words.And(named...)
}

func roleNames(s roles.Set) words.Said {
	var named []words.Said
	for r := range s.All() {
		named = append(named, r)
	}
	return words.And(named...)
}

// either is the one sentence or the other.
func either(is bool, yes, no words.Said) words.Said {
	if is {
		return yes
	}
	return no
}

// Said says what changed.
func (e UserCreated) Said() words.Said {
	return words.Say("{user} was added: {roles}, with access to {companies}.",
		blank("user", e.User), filled("roles", roleNames(e.Roles)), filled("companies", several(e.Companies)))
}

// Said says what changed.
func (e DetailsChanged) Said() words.Said {
	return words.Say("The details of {user} were changed.", blank("user", e.User))
}

// Said says what changed.
func (e UsernameChanged) Said() words.Said {
	return words.Say("{user} has the username {username} from now on.", blank("user", e.User), blank("username", e.Username))
}

// Said says what changed.
func (e RolesChanged) Said() words.Said {
	user, granted, revoked := blank("user", e.User), filled("granted", roleNames(e.Granted)), filled("revoked", roleNames(e.Revoked))
	switch {
	case e.Revoked == 0:
		return words.Say("{user} was granted {granted}.", user, granted)
	case e.Granted == 0:
		return words.Say("{revoked} was revoked from {user}.", user, revoked)
	}
	return words.Say("{user} was granted {granted}, and {revoked} was revoked.", user, granted, revoked)
}

// Said says what changed.
func (e AccessChanged) Said() words.Said {
	user, given, taken := blank("user", e.User), filled("given", several(e.Given)), filled("taken", several(e.Taken))
	none := changes.List[companies.ID]{}
	switch {
	case e.Taken == none:
		return words.Say("{user} was given access to {given}.", user, given)
	case e.Given == none:
		return words.Say("{user} no longer has access to {taken}.", user, taken)
	}
	return words.Say("{user} was given access to {given}, and no longer has access to {taken}.", user, given, taken)
}

// Said says what changed.
func (e LaterCompaniesChanged) Said() words.Said {
	user := blank("user", e.User)
	return either(e.LaterCompanies,
		words.Say("{user} will reach the companies that are created from now on.", user),
		words.Say("{user} will not reach the companies that are created from now on.", user))
}

// Said says what changed.
func (e ArchiveRightChanged) Said() words.Said {
	user := blank("user", e.User)
	return either(e.Archive == users.AllDocuments,
		words.Say("{user} may see the whole archive of the companies in reach.", user),
		words.Say("{user} may see of the archive what their roles open.", user))
}

// Said says what changed.
func (e BankRightChanged) Said() words.Said {
	user := blank("user", e.User)
	return either(e.ChangeBankDetails,
		words.Say("{user} may change bank details while booking.", user),
		words.Say("{user} may no longer change bank details while booking.", user))
}

// Said says what changed.
func (e EndDateChanged) Said() words.Said {
	user, day := blank("user", e.User), blank("day", e.EndDate.String())
	return either(e.EndDate.IsZero(),
		words.Say("{user} has no end date any longer.", user),
		words.Say("{user} is inactive from {day} on.", user, day))
}

// Said says what changed.
func (e BillToChanged) Said() words.Said {
	user := blank("user", e.User)
	company, ok := e.BillTo.Company()
	return either(ok,
		words.Say("{company} pays for {user}.", user, blank("company", company)),
		words.Say("The office pays for {user}.", user))
}

// Said says what changed.
func (e EmailChanged) Said() words.Said {
	return words.Say("{user} has the address {address} from now on.", blank("user", e.User), blank("address", e.Email))
}

// Said says what changed.
func (e PasswordLinkSent) Said() words.Said {
	return words.Say("A password link goes to {user} at {address}, valid for {minutes} minutes.",
		blank("user", e.User), blank("address", e.Address), blank("minutes", strconv.Itoa(e.Minutes)))
}

// Said says what changed.
func (e PasswordLinkUsed) Said() words.Said {
	return words.Say("{user} chose a password with the link that was sent.", blank("user", e.User))
}

// Said says what changed.
func (e PasswordChanged) Said() words.Said {
	return words.Say("{user} changed their password.", blank("user", e.User))
}

// Said says what changed.
func (e UserUsed) Said() words.Said {
	return words.Say("{user} has been used from now on.", blank("user", e.User))
}

// Said says what changed.
func (e UserDeleted) Said() words.Said {
	return words.Say("{user} was deleted; the username {username} stays taken.", blank("user", e.User), blank("username", e.Username))
}

// Said says what changed.
func (e Linked) Said() words.Said {
	return words.Say("{user} is linked to {account} of {system}; the password is still to be entered.",
		blank("user", e.User), blank("account", e.AccountingUser), blank("system", e.System))
}

// Said says what changed.
func (e Unlinked) Said() words.Said {
	return words.Say("{user} is no longer linked to {system}.", blank("user", e.User), blank("system", e.System))
}

// Said says what changed.
func (e LinkVerified) Said() words.Said {
	return words.Say("The password with which {user} logs in to {system} was found right.", blank("user", e.User), blank("system", e.System))
}

// Said says what changed.
func (e CompanyCreated) Said() words.Said {
	return words.Say("{company} was created in {system}, reached by {users}.",
		blank("company", e.Company), blank("system", e.System), filled("users", several(e.ReachedBy)))
}

// Said says what changed.
func (e CompanyDeleted) Said() words.Said {
	return words.Say("{company} was deleted; it was reached by {users}, and paid for {paid}.",
		blank("company", e.Company), filled("users", several(e.Access)), filled("paid", several(e.BillTo)))
}

// Said says what changed.
func (e SettingChanged) Said() words.Said {
	company, code, value := blank("company", e.Company), blank("code", e.Code), blank("value", e.Value)
	return either(e.Value == "",
		words.Say("{code} is no longer set for {company}.", company, code),
		words.Say("{code} is set to {value} for {company}.", company, code, value))
}

// Said says what changed.
func (e WorkflowChanged) Said() words.Said {
	company := blank("company", e.Company)
	return either(e.AuthorisationWorkflow,
		words.Say("{company} uses the authorisation workflow.", company),
		words.Say("{company} no longer uses the authorisation workflow.", company))
}

// Said says what changed.
func (e PaymentAgreementChanged) Said() words.Said {
	company := blank("company", e.Company)
	return either(e.PaymentAgreement,
		words.Say("There is a payment agreement with {company}.", company),
		words.Say("The payment agreement with {company} has ended; the office pays for {paid}.",
			company, filled("paid", several(e.BillTo))))
}

// Said says what changed.
func (e SynchronisationSwitched) Said() words.Said {
	company := blank("company", e.Company)
	return either(e.Synchronisation,
		words.Say("The synchronisation of {company} is on.", company),
		words.Say("The synchronisation of {company} is off.", company))
}

// Said says what changed.
func (e OfficeChanged) Said() words.Said {
	return words.Say("The office is called {name}; its password links are valid for {minutes} minutes.",
		blank("name", e.OfficeName), blank("minutes", strconv.Itoa(e.PasswordLinkMinutes)))
}

// Said says what changed.
func (e SystemCreated) Said() words.Said {
	return words.Say("{system} was connected, with {duty} as its synchronisation user.",
		blank("system", e.System), blank("duty", e.SynchronisationUser))
}

// Said says what changed.
func (e SystemDeleted) Said() words.Said {
	return words.Say("{system} was disconnected for good; linked to it were {users}.",
		blank("system", e.System), filled("users", several(e.Linked)))
}

// Said says what changed.
func (e AccountsFetched) Said() words.Said {
	return words.Say("{system} has {count} users who can be linked; left out for their rank: {out}.",
		blank("system", e.System), blank("count", strconv.Itoa(e.Accounts.Len())), filled("out", several(e.LeftOut)))
}

// Said says what changed.
func (e AccountFetched) Said() words.Said {
	return words.Say("{account} of {system} was taken over.", blank("account", e.Account.ID), blank("system", e.System))
}

// Said says what changed.
func (e SynchronisationUserChosen) Said() words.Said {
	return words.Say("{duty} is the synchronisation user of {system}.", blank("duty", e.SynchronisationUser), blank("system", e.System))
}

// Said says what changed.
func (e ConnectionChanged) Said() words.Said {
	system := blank("system", e.System)
	return either(e.Connection == sync.LoginSuccess,
		words.Say("{system} is connected.", system),
		words.Say("{system} is disconnected until its synchronisation user has logged in.", system))
}
