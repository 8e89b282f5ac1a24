package policy

import (
	"iter"
	"math/bits"
	"strings"
)

// Facts is a word of facts, one bit each. A fact is stated so that it can only
// help: what could not be established is left out. The zero Facts establishes
// nothing.
type Facts uint64

// The facts, in the order of the codes of a denial: of several that are missing,
// the first says why.
const (
	// Of who asks.
	Active Facts = 1 << iota

	// Of the company asked about, or whose document is asked about.
	CompanyAccess

	// The effective roles of who asks, and what they come to.
	IsSuperUser
	IsAccountant
	IsSMEAccountant
	IsAdministrator
	IsAuthoriser
	IsClientUser
	IsRestrictedClientUser
	BookingRole
	ClientRole

	// The rights of who asks.
	ArchiveRight
	BankRight
	LaterCompaniesRight

	// Of who asks and the user asked about, or the duty asked about.
	Self
	OnDuty
	NotYetUsed

	// Of the user asked about, as who asks sees them.
	Manageable
	SharesCompany
	TargetClientSide
	TargetAuthoriser
	TargetBelowSME
	SeenByAdministrator

	// Of the document.
	StageTagging
	StageBooking
	StageArchived
	DeliveredBySubject
	OpenToClients
	RoutePending
	InTurn

	// Of links to accounting-system users, and of passwords.
	Linked
	TargetLinked
	LinkVerified
	OldPasswordVerified

	// Of the reach of who asks, over what the change asks for.
	Another
	RolesWithinRank
	ClientRolesOnly
	GrantsAuthoriser
	CompaniesWithinReach
	TargetWithinReach

	// Of whoever and whatever the change names.
	AuthorisersFit
	MergeFit
	CandidateFit
	AccountingUserFit

	// Of the office as the change would leave it.
	RoleSetValid
	SuperUserRemains
	DutyKept

	factsEnd // not a fact: one past the last
)

const factCount = 47

// roleFacts are the facts that say what somebody is, by their roles.
const roleFacts = IsSuperUser | IsAccountant | IsSMEAccountant | IsAdministrator | IsAuthoriser |
	IsClientUser | IsRestrictedClientUser | BookingRole | ClientRole

// factInfo is what there is to say of a fact.
type factInfo struct {
	name    string
	code    Code   // what a denial for want of it is called
	meaning string // when it is established
	source  string
}

var factTable = [factCount]factInfo{
	{"active", InactiveUser, "the user who asks is known and has no end date on or before today", settings},
	{"company_access", NoCompanyAccess, "the user who asks has access to the company", "ROLES, SETTINGS"},

	{"is_super_user", RoleMissing, "the effective roles include Super user", roleArticle},
	{"is_accountant", RoleMissing, "the effective roles include Accountant", roleArticle},
	{"is_sme_accountant", RoleMissing, "the effective roles include SME Accountant", roleArticle},
	{"is_administrator", RoleMissing, "the effective roles include Authorisation administrator", roleArticle},
	{"is_authoriser", RoleMissing, "the effective roles include Authoriser", roleArticle},
	{"is_client_user", RoleMissing, "the effective roles include Client user", roleArticle},
	{"is_restricted_client_user", RoleMissing, "the effective roles include Restricted client user", roleArticle},
	{"booking_role", RoleMissing, "the effective roles include Accountant or SME Accountant", roleArticle},
	{"client_role", RoleMissing, "the effective roles include Client user or Restricted client user", roleArticle},

	{"archive_right", RightMissing, "the user who asks has the archive right all", settings},
	{"bank_right", RightMissing, "the user who asks has the bank right", "TIPS, SETTINGS"},
	{"later_companies_right", RightMissing, "the user who asks has the right to later companies", settings},

	{"self", NotSelf, "the user asked about is who asks", settings},
	{"on_duty", NotSelf, "who asks is the synchronisation user of the connection", syncArticle},
	{"not_yet_used", NotSelf, "the user asked about has never logged in or acted", "SETTINGS, DERIVED"},

	{"manageable", NotManageable, "an Accountant or SME Accountant who asks may manage the user asked about", "ROLES, SETTINGS"},
	{"shares_company", NotManageable, "who asks and the user asked about have access to one company", "ROLES, SETTINGS"},
	{"target_client_side", NotManageable, "the user asked about is client-side", "ROLES, SETTINGS"},
	{"target_authoriser", NotManageable, "the user asked about is an Authoriser", roleArticle},
	{"target_below_sme", NotManageable, "the user asked about ranks below SME Accountant", roleArticle},
	{"seen_by_administrator", NotManageable, "the user asked about shares a company and is an Authoriser, or ranks below Authorisation administrator", "ROLES, DERIVED"},

	{"stage_tagging", WrongStage, "the document is ready for tagging", roleArticle},
	{"stage_booking", WrongStage, "the document is ready for booking", roleArticle},
	{"stage_archived", WrongStage, "the document is archived", settings},
	{"delivered_by_subject", NotDeliveredBySubject, "who asks delivered the document", "ROLES, SETTINGS"},
	{"open_to_clients", EverAssigned, "the document is ready for tagging, or was never assigned to an authoriser", "ROLES, SETTINGS"},
	{"route_pending", NoRoutePending, "an authoriser is in turn on the document", roleArticle},
	{"in_turn", NotInTurn, "who asks is the authoriser in turn", roleArticle},

	{"linked", NotLinked, "who asks is linked to a user of the company's accounting system who reaches the company there", "ROLES, SETTINGS"},
	{"target_linked", NotLinked, "the user asked about has the link to the accounting system", settings},
	{"link_verified", LinkNotVerified, "the password of that link was entered and found right", settings},
	{"old_password_verified", OldPasswordNeeded, "the old password was checked and found right", settings},

	{"another", BeyondReach, "the user asked about is somebody else than who asks", derived},
	{"roles_within_rank", BeyondReach, "no role asked for ranks above the highest of who asks", derived},
	{"client_roles_only", BeyondReach, "no role asked for is other than Client user or Restricted client user", roleArticle},
	{"grants_authoriser", BeyondReach, "what is asked for is to grant the role Authoriser", roleArticle},
	{"companies_within_reach", BeyondReach, "who asks reaches every company whose access is given or taken", derived},
	{"target_within_reach", BeyondReach, "who asks reaches every company of the user asked about", derived},

	{"authorisers_fit", AuthoriserUnfit, "everyone named is an active Authoriser with access to the company, each once", derived},
	{"merge_fit", MergeUnfit, "the documents are of one company and one deliverer", derived},
	{"candidate_fit", CandidateUnfit, "the one chosen is active without an end date, reaches every company of the system, and is linked or to be linked with the rights it takes", syncArticle},
	{"accounting_user_fit", AccountingUserUnfit, "the accounting-system users named may be linked so", "SETTINGS, SYNC"},

	{"role_set_valid", RoleSetInvalid, "the roles that it leaves or gives are a valid set, or it changes none", "SETTINGS, ROLES, TIPS, ADD"},
	{"super_user_remains", LastSuperUser, "no day that has an active Super user would lose its last", settings},
	{"duty_kept", SynchronisationDuty, "no accounting system would be left without a fit synchronisation user, nor deleted with companies in it", syncArticle},
}

// AllFacts goes through the facts, in the order of their codes.
func AllFacts() iter.Seq[Facts] { return (factsEnd - 1).Each() }

// Each goes through the facts that are established in the word, one bit at a time.
func (f Facts) Each() iter.Seq[Facts] {
	return func(yield func(Facts) bool) {
		for rest := f; rest != 0; rest &= rest - 1 {
			if !yield(rest & -rest) {
				return
			}
		}
	}
}

// Has says whether every one of the given facts is established.
func (f Facts) Has(needs Facts) bool { return needs&^f == 0 }

// info is what there is to say of the first fact in the word.
func (f Facts) info() *factInfo { return &factTable[bits.TrailingZeros64(uint64(f))] }

// String is the names of the facts: "active+company_access".
func (f Facts) String() string {
	var names []string
	for fact := range (f & (factsEnd - 1)).Each() {
		names = append(names, fact.info().name)
	}
	return strings.Join(names, "+")
}

// Meaning says when the first fact of the word is established, as an English
// clause. It is empty for no fact.
func (f Facts) Meaning() string {
	if f&(factsEnd-1) == 0 {
		return ""
	}
	return f.info().meaning
}

// Code is what a denial for want of these facts is called: the code of the first.
func (f Facts) Code() Code {
	if f&(factsEnd-1) == 0 {
		return 0
	}
	return f.info().code
}
