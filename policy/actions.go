package policy

import (
	"iter"

	"github.com/mandaat/mandaat/internal/enum"
	"github.com/mandaat/mandaat/problems"
)

// Action is something a user may ask to do. The vocabulary is closed: there are
// no others. The zero Action is none of them, and is denied.
type Action uint8

// The actions, by the resource they are asked on.
const (
	// On a company, of its documents.
	DocumentUpload Action = iota + 1
	CompanyListAuthorisers

	// On a document.
	DocumentView
	DocumentSplit
	DocumentMerge
	DocumentTag
	DocumentAssign
	DocumentApprove
	DocumentReject
	DocumentReassign
	DocumentWithdraw
	DocumentReturn
	DocumentBook
	DocumentChangeBankDetails

	// On a company.
	CompanyView
	CompanyDelete
	CompanyChangeSettings
	CompanyChangeMandatorySettings
	CompanyControlSync

	// On the office.
	CompanyCreate
	OfficeViewSettings
	OfficeChangeSettings
	AccountingSystemCreate
	UserCreate
	UserImport

	// On the connection to an accounting system.
	AccountingSystemDelete
	AccountingSystemFetchUsers
	ConnectionView
	ConnectionManage
	ConnectionReconnect

	// On a user.
	UserView
	UserDelete
	UserChangeDetails
	UserChangeEndDate
	UserChangeCompanyAccess
	UserChangeBillTo
	UserChangeLaterCompanies
	UserGrantRole
	UserRevokeRole
	UserChangeRoles
	UserChangeBankRight
	UserChangeArchiveRight
	UserSendPasswordLink
	UserChangePassword
	UserChangeEmail
	UserLinkAccountingUser
	UserUnlinkAccountingUser
	UserEnterAccountingPassword
	actionsEnd Action = iota + 1
)

// actionInfo is what holds of an action whichever rule opens it.
type actionInfo struct {
	name     string
	on       ResourceType
	always   Facts      // what it needs besides being active
	needed   Properties // what must be given
	optional Properties // what may be
}

var actionTable = [actionsEnd]actionInfo{
	DocumentUpload:         {"document.upload", Company, CompanyAccess, 0, 0},
	CompanyListAuthorisers: {"company.list_authorisers", Company, CompanyAccess, 0, 0},

	DocumentView:              {"document.view", Document, CompanyAccess, 0, 0},
	DocumentSplit:             {"document.split", Document, CompanyAccess, 0, 0},
	DocumentMerge:             {"document.merge", Document, CompanyAccess | MergeFit, PropertyWith, 0},
	DocumentTag:               {"document.tag", Document, CompanyAccess, 0, 0},
	DocumentAssign:            {"document.assign", Document, CompanyAccess | AuthorisersFit, PropertyAuthorisers, 0},
	DocumentApprove:           {"document.approve", Document, CompanyAccess, 0, 0},
	DocumentReject:            {"document.reject", Document, CompanyAccess, PropertyComment, 0},
	DocumentReassign:          {"document.reassign", Document, CompanyAccess | AuthorisersFit, PropertyAuthorisers, 0},
	DocumentWithdraw:          {"document.withdraw", Document, CompanyAccess, 0, 0},
	DocumentReturn:            {"document.return", Document, CompanyAccess, 0, 0},
	DocumentBook:              {"document.book", Document, CompanyAccess, 0, 0},
	DocumentChangeBankDetails: {"document.change_bank_details", Document, CompanyAccess, 0, 0},

	CompanyView:                    {"company.view", Company, 0, 0, 0},
	CompanyDelete:                  {"company.delete", Company, 0, 0, 0},
	CompanyChangeSettings:          {"company.change_settings", Company, 0, 0, 0},
	CompanyChangeMandatorySettings: {"company.change_mandatory_settings", Company, 0, 0, 0},
	CompanyControlSync:             {"company.control_sync", Company, 0, 0, 0},

	CompanyCreate:          {"company.create", Office, 0, 0, PropertyAccountingSystem},
	OfficeViewSettings:     {"office.view_settings", Office, 0, 0, 0},
	OfficeChangeSettings:   {"office.change_settings", Office, 0, 0, 0},
	AccountingSystemCreate: {"accounting_system.create", Office, 0, 0, 0},
	UserCreate:             {"user.create", Office, RoleSetValid, PropertyRoles | PropertyCompanies, 0},
	UserImport: {
		"user.import", Office, AccountingUserFit | RoleSetValid,
		0, PropertyRoles | PropertyCompanies | PropertySystem | PropertyUsers,
	},

	AccountingSystemDelete:     {"accounting_system.delete", Connection, DutyKept, 0, 0},
	AccountingSystemFetchUsers: {"accounting_system.fetch_users", Connection, 0, 0, 0},
	ConnectionView:             {"connection.view", Connection, 0, 0, 0},
	ConnectionManage: {
		"connection.manage", Connection, CandidateFit | AccountingUserFit,
		PropertySynchronisationUser, PropertyAccountingUser,
	},
	ConnectionReconnect: {"connection.reconnect", Connection, 0, 0, 0},

	UserView:                 {"user.view", User, 0, 0, 0},
	UserDelete:               {"user.delete", User, SuperUserRemains | DutyKept, 0, 0},
	UserChangeDetails:        {"user.change_details", User, 0, 0, 0},
	UserChangeEndDate:        {"user.change_end_date", User, SuperUserRemains | DutyKept, PropertyEndDate, 0},
	UserChangeCompanyAccess:  {"user.change_company_access", User, DutyKept, PropertyCompanies, 0},
	UserChangeBillTo:         {"user.change_bill_to", User, 0, PropertyBillTo, 0},
	UserChangeLaterCompanies: {"user.change_later_companies", User, 0, 0, 0},
	UserGrantRole:            {"user.grant_role", User, RoleSetValid, PropertyRole, 0},
	UserRevokeRole:           {"user.revoke_role", User, RoleSetValid | SuperUserRemains, PropertyRole, 0},
	UserChangeRoles:          {"user.change_roles", User, RoleSetValid | SuperUserRemains, PropertyRoles, 0},
	UserChangeBankRight:      {"user.change_bank_right", User, 0, 0, 0},
	UserChangeArchiveRight:   {"user.change_archive_right", User, 0, 0, 0},
	UserSendPasswordLink:     {"user.send_password_link", User, 0, 0, 0},
	UserChangePassword:       {"user.change_password", User, 0, PropertyOldPasswordVerified, 0},
	// The old password is needed for oneself only; see question.missing.
	UserChangeEmail:             {"user.change_email", User, 0, 0, PropertyOldPasswordVerified},
	UserLinkAccountingUser:      {"user.link_accounting_user", User, AccountingUserFit, PropertySystem | PropertyUser, 0},
	UserUnlinkAccountingUser:    {"user.unlink_accounting_user", User, TargetLinked | DutyKept, PropertySystem, 0},
	UserEnterAccountingPassword: {"user.enter_accounting_password", User, TargetLinked, 0, PropertySystem},
}

var actionNames = func() []string {
	names := make([]string, actionsEnd)
	for a := range actionTable {
		names[a] = actionTable[a].name
	}
	return names
}()

// AllActions goes through the vocabulary.
func AllActions() iter.Seq[Action] {
	return func(yield func(Action) bool) {
		for a := DocumentUpload; a < actionsEnd && yield(a); a++ {
		}
	}
}

// ParseAction reads an action's name, spelt exactly: "document.view".
func ParseAction(name string) (Action, error) {
	if a, err := enum.Parse[Action](actionNames, name); err == nil {
		return a, nil
	}
	return 0, &problems.Problem{Found: problems.Quote(name), Expected: "an action such as document.view"}
}

// Known says whether a is of the vocabulary.
func (a Action) Known() bool { return a > 0 && a < actionsEnd }

// String is the action's name.
func (a Action) String() string { return enum.Print("Action", actionNames, a) }

// MarshalText writes the name; the zero Action is an error.
func (a Action) MarshalText() ([]byte, error) { return enum.Marshal("Action", actionNames, a) }

// UnmarshalText reads a name as ParseAction does.
func (a *Action) UnmarshalText(text []byte) error {
	parsed, err := ParseAction(string(text))
	if err == nil {
		*a = parsed
	}
	return err
}

// On is the type of resource the action is asked on; 0 for an unknown action.
func (a Action) On() ResourceType {
	if !a.Known() {
		return 0
	}
	return actionTable[a].on
}

// Always is what the action needs whichever rule opens it. An unknown action
// needs what nobody has.
func (a Action) Always() Facts {
	if !a.Known() {
		return factsEnd
	}
	return actionTable[a].always | Active
}

// plain says whether the action takes no properties, and nothing counts but who asks and
// the resource.
func (a Action) plain() bool { return a.Known() && table[a].plain }

// Takes is the properties the action is asked with: those it needs, and those
// that may be left out.
func (a Action) Takes() (needed, optional Properties) {
	if !a.Known() {
		return 0, 0
	}
	return actionTable[a].needed, actionTable[a].optional
}
