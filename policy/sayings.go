package policy

import "github.com/mandaat/mandaat/words"

// saying is one of the sentences that explain a denial.
type saying uint8

const (
	sayUnknownUser saying = iota
	sayUnknownAction
	sayOtherType
	sayUnknownResource
	sayMissingProperty
	sayMissingProperties
	sayUntold
	sayBadTime
	sayBadProperty
	sayInactive
	sayNoAccess
	sayRoleMissing
	sayBankRight
	sayLaterCompanies
	sayArchiveRight
	saySelf
	sayOnDuty
	sayNotYetUsed
	sayNotAmong
	sayStage
	sayDelivered
	sayEverAssigned
	sayNoRoute
	sayNotInTurn
	sayNobodyInTurn
	sayNotLinked
	sayTargetNotLinked
	sayTargetLinkedNowhere
	sayNotVerified
	sayOldPassword
	sayAnother
	sayRank
	sayClientRoles
	sayGrantsAuthoriser
	sayCompaniesInReach
	sayTargetInReach
	sayAuthorisersUnfit
	sayAuthorisersNone
	sayAuthorisersTwice
	sayMerge
	sayCandidate
	sayCandidateLink
	sayImport
	sayLink
	sayRoleSet
	sayLastSuperUser
	sayCompaniesLeft
	sayDuty
	sayingsEnd
)

// sayings is what each says to the office's staff, and to the user who asked
// where that is less. Their blanks are filled by question.fill.
var sayings = [sayingsEnd]struct{ staff, asker string }{
	sayUnknownUser:         {"No user {subject} in this office.", ""},
	sayUnknownAction:       {"There is no such action.", ""},
	sayOtherType:           {"{action} is asked on a resource of type {type}.", ""},
	sayUnknownResource:     {"No {kind} {resource} is known here.", ""},
	sayMissingProperty:     {"{action} needs the property {missing}, which was not given.", ""},
	sayMissingProperties:   {"{action} needs the properties {missing}, which were not given.", ""},
	sayUntold:              {"{action} depends on what was not told of the document: {untold}.", ""},
	sayBadTime:             {"The moment of asking was not given, or cannot be read.", ""},
	sayBadProperty:         {"A property cannot be used: {problems}.", ""},
	sayInactive:            {"{user} has been inactive since the end date, {end}.", ""},
	sayNoAccess:            {"{user} has no access to company {company}.", "{user} has no access to the company concerned."},
	sayRoleMissing:         {"{action} is for {audience}; {user} is {roles}.", ""},
	sayBankRight:           {"{action} takes the bank right, which {user} does not have.", ""},
	sayLaterCompanies:      {"{action} takes the right to later companies, which {user} does not have.", ""},
	sayArchiveRight:        {"{action} takes the archive right all, which {user} does not have.", ""},
	saySelf:                {"{action} is for {target} alone.", ""},
	sayOnDuty:              {"{action} is for the synchronisation user of {system} alone, {duty}.", "{action} is for the synchronisation user alone."},
	sayNotYetUsed:          {"{target} has logged in or acted, and since then nobody else changes the address.", ""},
	sayNotAmong:            {"{target} is not among the users on whom {user} may do {action}.", ""},
	sayStage:               {"{action} is for documents at stage {stages}; {document} is at stage {stage}.", "{action} is for documents at stage {stages}."},
	sayDelivered:           {"{document} was delivered by {deliverer}, not by {user}.", "{document} was not delivered by {user}."},
	sayEverAssigned:        {"{document} was once assigned to an authoriser, and is not ready for tagging.", ""},
	sayNoRoute:             {"{action} takes a pending authorisation; nobody is in turn on {document}.", ""},
	sayNotInTurn:           {"{action} is for the authoriser in turn; the turn is {turn}'s.", "{action} is for the authoriser in turn."},
	sayNobodyInTurn:        {"{action} is for the authoriser in turn; nobody is in turn on {document}.", "{action} is for the authoriser in turn."},
	sayNotLinked:           {"{user} has no link to a user of accounting system {booking} who reaches company {company} there.", ""},
	sayTargetNotLinked:     {"{target} has no link to accounting system {system}.", ""},
	sayTargetLinkedNowhere: {"{target} has no link to any accounting system.", ""},
	sayNotVerified:         {"The password of {user} for accounting system {booking} has not been entered and found right.", ""},
	sayOldPassword:         {"{action} takes the old password, which was not found right.", ""},
	sayAnother:             {"Nobody but a Super user may do {action} on themselves.", ""},
	sayRank:                {"{user}, whose highest role is {highest}, gives and takes no role that ranks above it.", ""},
	sayClientRoles:         {"An SME Accountant gives and takes client roles only.", ""},
	sayGrantsAuthoriser:    {"An Authorisation administrator grants the role Authoriser, and nothing else.", ""},
	sayCompaniesInReach:    {"{user} gives and takes access only to companies in their own reach.", ""},
	sayTargetInReach:       {"{target} reaches companies that are not in the reach of {user}.", ""},
	sayAuthorisersUnfit:    {"A document is assigned to active Authorisers with access to company {company}, each named once; this does not hold for {unfit}.", "A document is assigned to active Authorisers with access to its company, each named once."},
	sayAuthorisersNone:     {"A document is assigned to active Authorisers with access to company {company}, each named once; nobody was named.", "A document is assigned to active Authorisers with access to its company, each named once."},
	sayAuthorisersTwice:    {"A document is assigned to active Authorisers with access to company {company}, each named once; somebody was named twice.", "A document is assigned to active Authorisers with access to its company, each named once."},
	sayMerge:               {"Only documents of one company and one deliverer are merged.", ""},
	sayCandidate:           {"A synchronisation user is active without an end date, reaches every company of the system, and has a link that may change master data and reaches all of them there; this does not hold for {candidate}.", ""},
	sayCandidateLink:       {"The link for a synchronisation user may change master data, reaches every company of the system and, where its user books, may book; this does not hold for {account}.", ""},
	sayImport:              {"Users are imported at or below the rank of the synchronisation user's own link, those who are to book with the rights of a link; this does not hold for all who are named.", ""},
	sayLink:                {"A link is to an accounting-system user at or below the rank of the synchronisation user's own link, with the rights that it takes there; this does not hold for {account}.", ""},
	sayRoleSet:             {"The roles would not be a valid set: {faults}.", ""},
	sayLastSuperUser:       {"At least one Super user stays active on every day; without {target}, some day would lose its last one.", ""},
	sayCompaniesLeft:       {"Accounting system {system} is not deleted while a company is left in it.", ""},
	sayDuty:                {"{target} is the synchronisation user of {duties}; another must be chosen first.", "{target} is a synchronisation user; another must be chosen first."},
}

// say is the sentence for a reader. Nobody is told nothing.
func (q *question) say(what saying, to Reader, v verdict, e Explanation) string {
	english := sayings[what].staff
	switch {
	case to.Audience == Nobody:
		return ""
	case to.Audience != Staff && sayings[what].asker != "":
		english = sayings[what].asker
	}
	var blanks []words.Blank
	for _, name := range words.Blanks(english) {
		blanks = append(blanks, words.Blank{Name: name, With: q.fill(name, v, e)})
	}
	return words.Say(english, blanks...).In(to.Language)
}

// sayingOf is what is said for want of each fact, where that does not hang on
// more than the fact; see question.sayingFor.
var sayingOf = map[Facts]saying{
	Active: sayInactive, CompanyAccess: sayNoAccess,
	BankRight: sayBankRight, LaterCompaniesRight: sayLaterCompanies, ArchiveRight: sayArchiveRight,
	Self: saySelf, OnDuty: sayOnDuty, NotYetUsed: sayNotYetUsed,
	Manageable: sayNotAmong, SharesCompany: sayNotAmong, TargetClientSide: sayNotAmong, TargetAuthoriser: sayNotAmong,
	TargetBelowSME: sayNotAmong, SeenByAdministrator: sayNotAmong,
	StageTagging: sayStage, StageBooking: sayStage, StageArchived: sayStage, DeliveredBySubject: sayDelivered,
	OpenToClients: sayEverAssigned, RoutePending: sayNoRoute, InTurn: sayNotInTurn,
	Linked: sayNotLinked, TargetLinked: sayTargetNotLinked, LinkVerified: sayNotVerified, OldPasswordVerified: sayOldPassword,
	Another: sayAnother, RolesWithinRank: sayRank, ClientRolesOnly: sayClientRoles, GrantsAuthoriser: sayGrantsAuthoriser,
	CompaniesWithinReach: sayCompaniesInReach, TargetWithinReach: sayTargetInReach,
	AuthorisersFit: sayAuthorisersUnfit, MergeFit: sayMerge, CandidateFit: sayCandidate, AccountingUserFit: sayLink,
	RoleSetValid: sayRoleSet, SuperUserRemains: sayLastSuperUser, DutyKept: sayDuty,
}
