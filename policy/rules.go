package policy

// The articles the rules come from, by short name; docs/sources.md has their
// titles. DERIVED marks what no article states but the others need to be safe.
const (
	roleArticle = "ROLES"
	settings    = "SETTINGS"
	syncArticle = "SYNC"
	derived     = "DERIVED"
)

// Rule is one row of the policy: it opens each of its Actions to For under When.
// Its id for an action is the action, a slash and the slug: "document.tag/client".
// Ids are stable for ever; a changed meaning is a new slug.
type Rule struct {
	Slug    string
	Actions []Action
	For     Facts  // who it is for; 0 is everyone
	When    Facts  // what must hold besides
	Source  string // the articles, by short name
	Why     string // one English sentence
}

// Rules is the whole policy. What an action needs whichever rule opens it (to be
// active, access to the company, the guards on changes) stands with the action,
// in actions.go.
var rules = [...]Rule{
	// Documents. Each also needs access to the document's company.
	{
		"client", []Action{DocumentUpload},
		ClientRole, 0,
		"ADD, ROLES", "Client users and restricted ones deliver documents to the companies they reach.",
	}, {
		"client", []Action{CompanyListAuthorisers},
		ClientRole, 0,
		derived, "Who assigns documents must be able to name whom to assign them to.",
	}, {
		"administrator", []Action{CompanyListAuthorisers},
		IsAdministrator, 0,
		derived, "Who reassigns documents must be able to name whom to reassign them to.",
	}, {
		"client", []Action{DocumentView},
		IsClientUser, OpenToClients,
		"ROLES, SETTINGS", "A Client user sees what is ready for tagging and what was never assigned.",
	}, {
		"restricted", []Action{DocumentView},
		IsRestrictedClientUser, DeliveredBySubject | OpenToClients,
		"ROLES, SETTINGS, TIPS", "A Restricted client user sees the same, of their own deliveries.",
	}, {
		"archive-right", []Action{DocumentView},
		ArchiveRight, StageArchived,
		settings, "The archive right all opens the whole archive of the companies in reach, whatever the role.",
	}, {
		"in-turn", []Action{DocumentView},
		IsAuthoriser, InTurn,
		roleArticle, "An Authoriser sees a document while it is their turn.",
	}, {
		"administrator", []Action{DocumentView},
		IsAdministrator, RoutePending,
		roleArticle, "An Authorisation administrator follows what is pending.",
	}, {
		"booker", []Action{DocumentView},
		BookingRole, StageBooking,
		derived, "Who books sees what is to be booked.",
	}, {
		"booker-archive", []Action{DocumentView},
		BookingRole, StageArchived,
		derived, "Who books sees what was booked.",
	}, {
		"client", []Action{DocumentSplit, DocumentMerge, DocumentTag, DocumentAssign},
		IsClientUser, StageTagging,
		"ROLES, SETTINGS", "A Client user manages what is ready for tagging.",
	}, {
		"restricted", []Action{DocumentSplit, DocumentMerge, DocumentTag, DocumentAssign},
		IsRestrictedClientUser, StageTagging | DeliveredBySubject,
		roleArticle, "A Restricted client user manages their own deliveries that are ready for tagging.",
	}, {
		"in-turn", []Action{DocumentApprove, DocumentReject},
		IsAuthoriser, InTurn,
		"ROLES, SETTINGS", "The Authoriser in turn approves or, with a comment, rejects.",
	}, {
		"administrator", []Action{DocumentReassign, DocumentWithdraw},
		IsAdministrator, RoutePending,
		"ROLES, DERIVED", "An Authorisation administrator gets a stuck authorisation back on track.",
	}, {
		"booker", []Action{DocumentReturn},
		BookingRole, StageBooking,
		derived, "Who books may send a document back to be tagged anew.",
	}, {
		"booker", []Action{DocumentBook},
		BookingRole, StageBooking | Linked | LinkVerified,
		"ROLES, SETTINGS", "Who books does so as the accounting-system user they are linked to and have logged in as.",
	}, {
		"booker", []Action{DocumentChangeBankDetails},
		BookingRole, BankRight | StageBooking | Linked | LinkVerified,
		"TIPS, SETTINGS", "Who books changes an IBAN only with the bank right.",
	},

	// Companies and the office.
	{
		"super-user", []Action{
			CompanyCreate, CompanyDelete, CompanyChangeSettings, CompanyChangeMandatorySettings, CompanyControlSync,
			OfficeViewSettings, OfficeChangeSettings,
		},
		IsSuperUser, 0,
		roleArticle, "A Super user manages the office, its settings, its companies and their synchronisation.",
	}, {
		"super-user", []Action{CompanyView},
		IsSuperUser, 0,
		roleArticle, "A Super user may view every company.",
	}, {
		"access", []Action{CompanyView},
		0, CompanyAccess,
		"ROLES, ADD", "Everyone views the companies they have access to.",
	}, {
		"booker", []Action{CompanyCreate},
		BookingRole, 0,
		roleArticle, "An Accountant or SME Accountant may create companies.",
	}, {
		"booker", []Action{CompanyChangeSettings},
		BookingRole, CompanyAccess,
		roleArticle, "An Accountant or SME Accountant manages the settings of the companies they reach.",
	}, {
		"accountant", []Action{CompanyChangeMandatorySettings},
		IsAccountant, CompanyAccess,
		roleArticle, "The mandatory settings are the Accountant's, not the SME Accountant's.",
	},

	// Accounting systems and their connections.
	{
		"super-user", []Action{
			AccountingSystemCreate, AccountingSystemDelete, AccountingSystemFetchUsers, ConnectionView, ConnectionManage,
		},
		IsSuperUser, 0,
		syncArticle, "Only a Super user sees and manages the connections to accounting systems.",
	}, {
		"duty", []Action{ConnectionReconnect},
		OnDuty, 0,
		syncArticle, "Only the synchronisation user can reconnect, whatever their role.",
	},

	// Users managing users.
	{
		"self", []Action{UserView, UserChangeDetails, UserSendPasswordLink, UserEnterAccountingPassword},
		Self, 0,
		"SETTINGS, TIPS", "Everyone sees and keeps their own details, asks for a new password link and enters their own accounting password.",
	}, {
		"self", []Action{UserChangePassword, UserChangeEmail},
		Self, OldPasswordVerified,
		settings, "Changing one's own password or address takes the old password.",
	}, {
		"super-user", []Action{
			UserView, UserCreate, UserImport, UserDelete, UserChangeDetails, UserChangeEndDate, UserChangeCompanyAccess,
			UserChangeBillTo, UserChangeLaterCompanies, UserGrantRole, UserRevokeRole, UserChangeRoles,
			UserChangeBankRight, UserChangeArchiveRight, UserSendPasswordLink, UserLinkAccountingUser,
			UserUnlinkAccountingUser, UserEnterAccountingPassword,
		},
		IsSuperUser, 0,
		"ROLES, SETTINGS, TIPS", "A Super user manages all users and their rights.",
	}, {
		"super-user", []Action{UserChangeEmail},
		IsSuperUser | Another, NotYetUsed,
		"SETTINGS, DERIVED", "Before a user's first use, a Super user may mend a mistyped address.",
	}, {
		"accountant", []Action{UserView},
		IsAccountant, 0,
		roleArticle, "An Accountant sees all users.",
	}, {
		"sme-clients", []Action{UserView},
		IsSMEAccountant, SharesCompany | TargetClientSide,
		"ROLES, SETTINGS", "An SME Accountant sees the client-side users of the companies they share.",
	}, {
		"sme-authorisers", []Action{UserView},
		IsSMEAccountant | IsAuthoriser, SharesCompany | TargetAuthoriser | TargetBelowSME,
		roleArticle, "An SME Accountant who authorises sees the other authorisers of the companies they share.",
	}, {
		"administrator", []Action{UserView},
		IsAdministrator, SeenByAdministrator,
		"ROLES, DERIVED", "An Authorisation administrator sees whom they could make an authoriser, contact or reassign to.",
	}, {
		"accountant", []Action{UserCreate, UserImport},
		IsAccountant, RolesWithinRank | CompaniesWithinReach,
		"ROLES, SETTINGS, DERIVED", "An Accountant adds users, never a Super user, to companies they reach.",
	}, {
		"sme", []Action{UserCreate},
		IsSMEAccountant, ClientRolesOnly | CompaniesWithinReach,
		"ROLES, DERIVED", "An SME Accountant adds client users to companies they reach.",
	}, {
		"manager", []Action{UserChangeDetails, UserChangeBillTo, UserSendPasswordLink},
		BookingRole, Manageable,
		"ROLES, SETTINGS, ADD", "An Accountant or SME Accountant manages the users they may manage.",
	}, {
		"manager", []Action{UserChangeEmail},
		BookingRole | Another, Manageable | NotYetUsed,
		"SETTINGS, DERIVED", "Before a user's first use, whoever manages them may mend a mistyped address.",
	}, {
		"manager", []Action{UserChangeCompanyAccess},
		BookingRole, Manageable | Another | CompaniesWithinReach,
		"ROLES, SETTINGS, DERIVED", "An Accountant or SME Accountant gives and takes access to the companies they reach.",
	}, {
		"accountant", []Action{UserChangeEndDate},
		IsAccountant, Manageable | Another,
		"ROLES, SETTINGS, DERIVED", "An Accountant sets the end dates of the users they may manage.",
	}, {
		"sme", []Action{UserChangeEndDate},
		IsSMEAccountant, Manageable | Another | TargetWithinReach,
		"ROLES, SETTINGS, DERIVED", "An SME Accountant sets the end date only of who works nowhere out of their reach.",
	}, {
		"accountant", []Action{UserChangeLaterCompanies},
		IsAccountant, LaterCompaniesRight | Manageable | Another,
		"SETTINGS, DERIVED", "An Accountant passes on the right to later companies only when they have it.",
	}, {
		"accountant", []Action{UserGrantRole, UserRevokeRole, UserChangeRoles},
		IsAccountant, Manageable | Another | RolesWithinRank,
		"ROLES, DERIVED", "An Accountant grants and revokes any role but Super user.",
	}, {
		"sme", []Action{UserGrantRole, UserRevokeRole, UserChangeRoles},
		IsSMEAccountant, Manageable | Another | ClientRolesOnly,
		"ROLES, DERIVED", "An SME Accountant grants and revokes the client roles.",
	}, {
		"administrator", []Action{UserGrantRole, UserChangeRoles},
		IsAdministrator, SeenByAdministrator | Another | GrantsAuthoriser,
		"ROLES, DERIVED", "An Authorisation administrator makes the users they see authorisers.",
	}, {
		"accountant", []Action{UserLinkAccountingUser, UserUnlinkAccountingUser},
		IsAccountant, Manageable,
		settings, "An Accountant links the users they may manage to accounting-system users.",
	},
}
