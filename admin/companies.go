package admin

import (
	"slices"
	"time"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// CreateCompany creates a company. It is reached by whoever creates it, by every
// user with the right to later companies and by the synchronisation user of its
// accounting system. Source: ROLES, SETTINGS, SYNC.
type CreateCompany struct {
	Company               companies.ID
	CompanyName           string
	System                companies.SystemID
	AuthorisationWorkflow bool
}

// Name is "company.create".
func (CreateCompany) Name() string { return policy.CompanyCreate.String() }

func (c *CreateCompany) fields(f *fields.Coder) {
	fields.Need(f, "company", &c.Company, companyID)
	fields.Need(f, "name", &c.CompanyName, fields.Name[string]())
	fields.Need(f, "system", &c.System, systemID)
	fields.OmitZero(f, "authorisation_workflow", &c.AuthorisationWorkflow, fields.Flag())
}

func (c CreateCompany) do(d *draft) {
	by, ok := d.ask(policy.CompanyCreate, policy.OfOffice(d.pending.Code()), &policy.With{AccountingSystem: c.System})
	if !ok {
		return
	}
	system, _ := d.pending.SystemState(c.System)
	created := CompanyCreated{
		Company: c.Company, CompanyName: c.CompanyName, System: c.System, AuthorisationWorkflow: c.AuthorisationWorkflow,
	}
	reachedBy := append(slices.Collect(d.pending.LaterCompanyUsers()), d.actor, system.SynchronisationUser)
	slices.Sort(reachedBy)
	created.ReachedBy = changes.ListOf(slices.Compact(reachedBy)...)
	if account, ok := d.dutyAccount(system); ok && !account.Reach.All() {
		created.AccountingUser = account.ID
	}
	d.emit(by, created)
}

// dutyAccount is the user of an accounting system that its synchronisation user is
// linked to.
func (d *draft) dutyAccount(s sync.System) (sync.User, bool) {
	l, ok := d.pending.Link(s.SynchronisationUser, s.ID)
	if !ok {
		return sync.User{}, false
	}
	return d.pending.AccountingUser(s.ID, l.AccountingUser)
}

// DeleteCompany deletes a company, and what hangs on it: users' access, and that it
// pays for them. Source: ROLES.
type DeleteCompany struct{ Company companies.ID }

// Name is "company.delete".
func (DeleteCompany) Name() string { return policy.CompanyDelete.String() }

func (c *DeleteCompany) fields(f *fields.Coder) { fields.Need(f, "company", &c.Company, companyID) }

func (c DeleteCompany) do(d *draft) {
	if by, ok := d.ask(policy.CompanyDelete, policy.OfCompany(c.Company), nil); ok {
		next, hanging, err := d.pending.DeletingCompany(c.Company)
		if err != nil {
			d.malformed("", err)
			return
		}
		d.commit(by, CompanyDeleted{c.Company, changes.ListOf(hanging.Access...), changes.ListOf(hanging.BillTo...)}, next)
	}
}

// ChangeSettings sets something for a company, of what the office lets companies
// set. Mandatory settings take the right to change those. Source: ROLES.
type ChangeSettings struct {
	Company  companies.ID
	Settings changes.List[SettingValue]
}

// SettingValue is what a setting is to be. The empty value is that it is no longer
// set, which a mandatory setting cannot be.
type SettingValue struct{ Code, Value string }

// Name is "company.change_settings".
func (ChangeSettings) Name() string { return policy.CompanyChangeSettings.String() }

func (c *ChangeSettings) fields(f *fields.Coder) {
	fields.Need(f, "company", &c.Company, companyID)
	fields.Need(f, "settings", &c.Settings, settingValues)
	seen := make(map[string]bool)
	i := 0
	for s := range c.Settings.All() {
		if seen[s.Code] {
			f.Note(problems.At("settings", i)+".code", problems.Quote(s.Code), "each setting once")
		}
		seen[s.Code] = true
		i++
	}
	if len(seen) == 0 {
		f.Note("settings", "nothing", "at least one setting")
	}
}

var settingValues = changes.Listed(fields.Object("a setting", func(f *fields.Coder, s *SettingValue) {
	fields.Need(f, "code", &s.Code, fields.ID[string]())
	fields.Need(f, "value", &s.Value, fields.Cleared())
}))

func (c ChangeSettings) do(d *draft) {
	i := 0
	for s := range c.Settings.All() {
		c.set(d, problems.At("settings", i), s)
		i++
	}
}

func (c ChangeSettings) set(d *draft, path string, s SettingValue) {
	kind, ok := d.pending.SettingKind(s.Code)
	action := policy.CompanyChangeSettings
	if kind.Mandatory || !ok { // of what is not known, the most is asked
		action = policy.CompanyChangeMandatorySettings
	}
	by, allowed := d.ask(action, policy.OfCompany(c.Company), nil)
	switch {
	case !allowed:
		return
	case ok && kind.Mandatory && s.Value == "":
		d.malformed(path+".value", &problems.Problem{Found: `""`, Expected: "a value: the setting is mandatory"})
		return
	}
	if before := d.setting(c.Company, s.Code); before != s.Value || !ok {
		d.emitAt(path, by, SettingChanged{c.Company, s.Code, s.Value})
	}
}

func (d *draft) setting(id companies.ID, code string) string {
	for s := range d.pending.Settings(id) {
		if s.Code == code {
			return s.Value
		}
	}
	return ""
}

// ChangeWorkflow has a company use the authorisation workflow, or no longer: an
// ordinary setting. Source: ROLES.
type ChangeWorkflow struct {
	Company               companies.ID
	AuthorisationWorkflow bool
}

// Name is "company.change_authorisation_workflow".
func (ChangeWorkflow) Name() string { return "company.change_authorisation_workflow" }

func (c *ChangeWorkflow) fields(f *fields.Coder) {
	fields.Need(f, "company", &c.Company, companyID)
	fields.Need(f, "authorisation_workflow", &c.AuthorisationWorkflow, fields.Flag())
}

func (c ChangeWorkflow) do(d *draft) {
	by, ok := d.ask(policy.CompanyChangeSettings, policy.OfCompany(c.Company), nil)
	if before, _ := d.pending.Company(c.Company); ok && before.AuthorisationWorkflow != c.AuthorisationWorkflow {
		d.emit(by, WorkflowChanged(c))
	}
}

// ChangePaymentAgreement makes a payment agreement with a company, or ends it: a
// setting of the office. Where it ends, the office pays for the users the company
// paid for. Source: ADD, ROLES.
type ChangePaymentAgreement struct {
	Company          companies.ID
	PaymentAgreement bool
}

// Name is "company.change_payment_agreement".
func (ChangePaymentAgreement) Name() string { return "company.change_payment_agreement" }

func (c *ChangePaymentAgreement) fields(f *fields.Coder) {
	fields.Need(f, "company", &c.Company, companyID)
	fields.Need(f, "payment_agreement", &c.PaymentAgreement, fields.Flag())
}

func (c ChangePaymentAgreement) do(d *draft) {
	by, ok := d.ask(policy.OfficeChangeSettings, policy.OfOffice(d.pending.Code()), nil)
	if !ok {
		return
	}
	before, known := d.pending.Company(c.Company)
	if known && before.PaymentAgreement == c.PaymentAgreement {
		return
	}
	var paidFor []users.ID
	if !c.PaymentAgreement {
		paidFor = slices.Collect(d.pending.BilledTo(c.Company))
	}
	d.emit(by, PaymentAgreementChanged{c.Company, c.PaymentAgreement, changes.ListOf(paidFor...)})
}

// SwitchSynchronisation switches the synchronisation of master data on or off for a
// company. Source: ROLES.
type SwitchSynchronisation struct {
	Company         companies.ID
	Synchronisation bool
}

// Name is "company.control_sync".
func (SwitchSynchronisation) Name() string { return policy.CompanyControlSync.String() }

func (c *SwitchSynchronisation) fields(f *fields.Coder) {
	fields.Need(f, "company", &c.Company, companyID)
	fields.Need(f, "synchronisation", &c.Synchronisation, fields.Flag())
}

func (c SwitchSynchronisation) do(d *draft) {
	by, ok := d.ask(policy.CompanyControlSync, policy.OfCompany(c.Company), nil)
	if before, _ := d.pending.Company(c.Company); ok && before.SynchronisationOff == c.Synchronisation {
		d.emit(by, SynchronisationSwitched(c))
	}
}

// ChangeOffice changes the office's own settings, as far as they are given. Source:
// ROLES, ADD.
type ChangeOffice struct {
	OfficeName policy.Optional[string]
	// PasswordLinkMinutes is how long a password link that is sent from now on will
	// be valid: 1 to 1,440 minutes.
	PasswordLinkMinutes policy.Optional[int]
}

// Name is "office.change_settings".
func (ChangeOffice) Name() string { return policy.OfficeChangeSettings.String() }

func (c *ChangeOffice) fields(f *fields.Coder) {
	fields.OmitZero(f, "name", &c.OfficeName, changes.Maybe(fields.Name[string]()))
	fields.OmitZero(f, "password_link_minutes", &c.PasswordLinkMinutes, changes.Maybe(minutes))
	if (ChangeOffice{}) == *c {
		f.Note("", "nothing to change", "name, password_link_minutes or both")
	}
}

func (c ChangeOffice) do(d *draft) {
	by, ok := d.ask(policy.OfficeChangeSettings, policy.OfOffice(d.pending.Code()), nil)
	before := OfficeChanged{d.pending.Name(), int(d.pending.PasswordLinkLength() / time.Minute)}
	now := OfficeChanged{or(c.OfficeName, before.OfficeName), or(c.PasswordLinkMinutes, before.PasswordLinkMinutes)}
	if ok && now != before {
		d.emit(by, now)
	}
}
