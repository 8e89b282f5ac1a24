package admin

import (
	"strings"
	"time"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// CompanyCreated is that a company was created, and who reaches it from then on:
// its creator, the users with the right to later companies, and the
// synchronisation user of its accounting system.
type CompanyCreated struct {
	Company               companies.ID
	CompanyName           string
	System                companies.SystemID
	AuthorisationWorkflow bool
	ReachedBy             changes.List[users.ID] // sorted
	// AccountingUser is the user of the accounting system that the synchronisation
	// user is linked to, where it reaches its companies one by one: it reaches this
	// one too. Empty otherwise.
	AccountingUser sync.UserID
}

// Name is "company_created".
func (CompanyCreated) Name() string { return "company_created" }

func (e *CompanyCreated) fields(c *fields.Coder) {
	fields.Need(c, "company", &e.Company, companyID)
	fields.Need(c, "name", &e.CompanyName, fields.Name[string]())
	fields.Need(c, "system", &e.System, systemID)
	fields.OmitZero(c, "authorisation_workflow", &e.AuthorisationWorkflow, fields.Flag())
	fields.Need(c, "reached_by", &e.ReachedBy, manyUsers)
	fields.OmitZero(c, "accounting_user", &e.AccountingUser, accountID)
}

func (e CompanyCreated) apply(o offices.Office) (offices.Office, error) {
	if _, taken := o.Company(e.Company); taken {
		return o, unknown("company", string(e.Company), "an id that no company of this office has")
	}
	next, err := o.WithCompany(companies.Company{
		ID: e.Company, Name: e.CompanyName, System: e.System, AuthorisationWorkflow: e.AuthorisationWorkflow,
	})
	if err != nil {
		return o, renamed(err, map[string]string{"id": "company", "accounting_system": "system"})
	}
	if next, err = next.WithReach(e.Company, e.ReachedBy.All()); err != nil {
		return o, err
	}
	if e.AccountingUser == "" {
		return next, nil
	}
	account, ok := next.AccountingUser(e.System, e.AccountingUser)
	if !ok || account.Reach.All() {
		return o, unknown("accounting_user", string(e.AccountingUser), "a user of the accounting system who reaches its companies one by one")
	}
	account.Reach = sync.ReachSome(account.Reach.Some().With(e.Company))
	return next.WithAccountingUser(e.System, account)
}

// CompanyDeleted is that a company was deleted, and what hung on it and went with
// it: who had access to it, and for whom it paid.
type CompanyDeleted struct {
	Company        companies.ID
	Access, BillTo changes.List[users.ID] // sorted
}

// Name is "company_deleted".
func (CompanyDeleted) Name() string { return "company_deleted" }

func (e *CompanyDeleted) fields(c *fields.Coder) {
	fields.Need(c, "company", &e.Company, companyID)
	fields.Need(c, "access", &e.Access, manyUsers)
	fields.Need(c, "bill_to", &e.BillTo, manyUsers)
}

func (e CompanyDeleted) apply(o offices.Office) (offices.Office, error) {
	return o.WithoutCompany(e.Company)
}

// SettingChanged is that something was set for a company.
type SettingChanged struct {
	Company companies.ID
	Code    string
	Value   string // empty: it is no longer set
}

// Name is "setting_changed".
func (SettingChanged) Name() string { return "setting_changed" }

func (e *SettingChanged) fields(c *fields.Coder) {
	fields.Need(c, "company", &e.Company, companyID)
	fields.Need(c, "code", &e.Code, fields.ID[string]())
	fields.Need(c, "value", &e.Value, fields.Cleared())
}

func (e SettingChanged) apply(o offices.Office) (offices.Office, error) {
	return o.WithSetting(companies.Setting{Company: e.Company, Code: e.Code, Value: e.Value})
}

// WorkflowChanged is that a company began to use the authorisation workflow, or
// stopped.
type WorkflowChanged struct {
	Company               companies.ID
	AuthorisationWorkflow bool
}

// Name is "authorisation_workflow_changed".
func (WorkflowChanged) Name() string { return "authorisation_workflow_changed" }

func (e *WorkflowChanged) fields(c *fields.Coder) {
	fields.Need(c, "company", &e.Company, companyID)
	fields.Need(c, "authorisation_workflow", &e.AuthorisationWorkflow, fields.Flag())
}

func (e WorkflowChanged) apply(o offices.Office) (offices.Office, error) {
	return changeCompany(o, e.Company, func(c *companies.Company) { c.AuthorisationWorkflow = e.AuthorisationWorkflow })
}

// PaymentAgreementChanged is that a payment agreement was made with a company, or
// ended. Where it ended, nobody has chosen any longer who pays for the users it
// paid for: the office does.
type PaymentAgreementChanged struct {
	Company          companies.ID
	PaymentAgreement bool
	BillTo           changes.List[users.ID] // whom it paid for, sorted
}

// Name is "payment_agreement_changed".
func (PaymentAgreementChanged) Name() string { return "payment_agreement_changed" }

func (e *PaymentAgreementChanged) fields(c *fields.Coder) {
	fields.Need(c, "company", &e.Company, companyID)
	fields.Need(c, "payment_agreement", &e.PaymentAgreement, fields.Flag())
	fields.OmitZero(c, "bill_to", &e.BillTo, manyUsers)
}

func (e PaymentAgreementChanged) apply(o offices.Office) (offices.Office, error) {
	next, err := changeCompany(o, e.Company, func(c *companies.Company) { c.PaymentAgreement = e.PaymentAgreement })
	for id := range e.BillTo.All() {
		if err == nil {
			next, err = changeUser(next, id, func(u *users.User) { u.BillTo = users.BillTo{} })
		}
	}
	return next, err
}

// SynchronisationSwitched is that master data is taken over for a company from then
// on, or no longer.
type SynchronisationSwitched struct {
	Company         companies.ID
	Synchronisation bool
}

// Name is "synchronisation_switched".
func (SynchronisationSwitched) Name() string { return "synchronisation_switched" }

func (e *SynchronisationSwitched) fields(c *fields.Coder) {
	fields.Need(c, "company", &e.Company, companyID)
	fields.Need(c, "synchronisation", &e.Synchronisation, fields.Flag())
}

func (e SynchronisationSwitched) apply(o offices.Office) (offices.Office, error) {
	return changeCompany(o, e.Company, func(c *companies.Company) { c.SynchronisationOff = !e.Synchronisation })
}

// OfficeChanged is that the office's own settings are as they now stand here.
type OfficeChanged struct {
	OfficeName          string
	PasswordLinkMinutes int
}

// Name is "office_changed".
func (OfficeChanged) Name() string { return "office_changed" }

func (e *OfficeChanged) fields(c *fields.Coder) {
	fields.Need(c, "name", &e.OfficeName, fields.Name[string]())
	fields.Need(c, "password_link_minutes", &e.PasswordLinkMinutes, minutes)
}

func (e OfficeChanged) apply(o offices.Office) (offices.Office, error) {
	next, err := o.WithName(e.OfficeName)
	if err != nil {
		return o, err
	}
	return next.WithPasswordLinkLength(time.Duration(e.PasswordLinkMinutes) * time.Minute)
}

// renamed is an error whose problems are at places by the names of the command that
// asked for it.
func renamed(err error, names map[string]string) error {
	var list problems.List
	for _, p := range problems.All(err) {
		path := p.Path
		for from, to := range names {
			if rest, ok := strings.CutPrefix(p.Path, from); ok {
				path = to + rest
			}
		}
		list.Add(path, p.Found, p.Expected)
	}
	return list.Err()
}

// changeCompany changes a company there is.
func changeCompany(o offices.Office, id companies.ID, change func(c *companies.Company)) (offices.Office, error) {
	c, ok := o.Company(id)
	if !ok {
		return o, unknown("company", string(id), "a company of this office")
	}
	change(&c)
	return o.WithCompany(c)
}
