package officefile

import (
	"strconv"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/officefile/internal/edit"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// The functions below are the format as it is written: each gives one mapping of
// the file, with its keys in the order in which the documentation has them.

func text[S ~string](key string, s S) edit.Field { return edit.Field{Key: key, Value: edit.String(s)} }

func flag(key string, is bool) edit.Field {
	return edit.Field{Key: key, Value: edit.Plain(strconv.FormatBool(is))}
}

func whole(key string, n int) edit.Field {
	return edit.Field{Key: key, Value: edit.Plain(strconv.Itoa(n))}
}

func minutesOf(key string, d time.Duration) edit.Field { return whole(key, int(d/time.Minute)) }

// unless is a field that is left out of what is new where it says what its absence
// says.
func unless(absent bool, f edit.Field) edit.Field {
	f.Default = absent
	return f
}

// where is a field that is there only where something is so.
func where(is bool, f edit.Field) edit.Field {
	if !is {
		f.Value = nil
	}
	return f
}

func officeValue(o offices.Office) edit.Value {
	kinds := edit.List{}
	for k := range o.SettingKinds() {
		kinds = append(kinds, kindValue(k))
	}
	return edit.Mapping{
		text("code", o.Code()),
		text("name", o.Name()),
		text("time_zone", o.TimeZone().String()),
		unless(o.PasswordLinkLength() == users.PasswordLinkMinutes, minutesOf("password_link_minutes", o.PasswordLinkLength())),
		unless(o.Version() == 0, edit.Field{Key: "version", Value: edit.Plain(strconv.FormatUint(o.Version(), 10))}),
		unless(len(kinds) == 0, edit.Field{Key: "company_settings", Value: kinds}),
	}
}

func kindValue(k companies.SettingKind) edit.Mapping {
	return edit.Mapping{
		text("code", k.Code),
		unless(!k.Mandatory, flag("mandatory", k.Mandatory)),
		unless(len(k.Values) == 0, edit.Field{Key: "values", Value: textsOf(k.Values)}),
	}
}

func textsOf[S ~string](list []S) edit.List {
	texts := edit.List{}
	for _, s := range list {
		texts = append(texts, edit.String(s))
	}
	return texts
}

func systemValue(s sync.System) edit.Mapping {
	own := edit.List{}
	for _, u := range s.Users {
		own = append(own, accountingUserValue(u))
	}
	return edit.Mapping{
		text("id", s.ID),
		text("name", s.Name),
		text("connection", s.Connection.String()),
		text("synchronisation_user", s.SynchronisationUser),
		unless(len(own) == 0, edit.Field{Key: "users", Value: own}),
	}
}

func accountingUserValue(u sync.User) edit.Mapping {
	return edit.Mapping{
		text("id", u.ID),
		text("name", u.Name),
		text("email", u.Email),
		whole("rank", u.Rank),
		flag("can_book", u.CanBook),
		flag("can_change_master_data", u.CanChangeMasterData),
		{Key: "companies", Value: reachValue(u.Reach.All(), u.Reach.Some())},
	}
}

func reachValue(all bool, some users.Access) edit.Value {
	if all {
		return edit.String("all")
	}
	list := make(edit.List, 0, some.Len())
	for id := range some.All() {
		list = append(list, edit.String(id))
	}
	return list
}

func companyValue(c companies.Company, o offices.Office) edit.Mapping {
	var set edit.Mapping
	for s := range o.Settings(c.ID) {
		set = append(set, text(s.Code, s.Value))
	}
	return edit.Mapping{
		text("id", c.ID),
		text("name", c.Name),
		text("accounting_system", c.System),
		flag("authorisation_workflow", c.AuthorisationWorkflow),
		flag("payment_agreement", c.PaymentAgreement),
		unless(!c.SynchronisationOff, flag("synchronisation", !c.SynchronisationOff)),
		where(len(set) > 0, edit.Field{Key: "settings", Value: set}),
	}
}

func userValue(u users.User, o offices.Office, all bool) edit.Mapping {
	return edit.Mapping{
		text("id", u.ID),
		text("username", u.Username),
		text("email", u.Email),
		{Key: "roles", Value: rolesValue(u.Roles)},
		{Key: "companies", Value: reachValue(all, u.Access)},
		where(u.Name != "", text("name", u.Name)),
		where(u.Language != "", text("language", u.Language)),
		where(!u.EndDate.IsZero(), edit.Field{Key: "end_date", Value: edit.Word(u.EndDate.String())}),
		unless(!u.LaterCompanies, flag("later_companies", u.LaterCompanies)),
		unless(u.Archive == users.ByRole, text("archive", u.Archive.String())),
		unless(!u.ChangeBankDetails, flag("change_bank_details", u.ChangeBankDetails)),
		where(u.BillTo.Chosen(), text("bill_to", u.BillTo.String())),
		unless(!u.Spenser, flag("spenser", u.Spenser)),
		unless(!u.Used, flag("used", u.Used)),
		linksValue(u.ID, o),
		passwordLinkValue(u.ID, o),
	}
}

func rolesValue(set roles.Set) edit.List {
	list := edit.List{}
	for r := range set.All() {
		list = append(list, edit.String(r.String()))
	}
	return list
}

func linksValue(id users.ID, o offices.Office) edit.Field {
	list := edit.List{}
	for l := range o.Links(id) {
		list = append(list, edit.Mapping{
			text("system", l.System), text("user", l.AccountingUser), unless(!l.Verified, flag("verified", l.Verified)),
		})
	}
	return unless(len(list) == 0, edit.Field{Key: "accounting_users", Value: list})
}

func passwordLinkValue(id users.ID, o offices.Office) edit.Field {
	l, sent := o.PasswordLinkOf(id)
	return where(sent, edit.Field{Key: "password_link", Value: edit.Mapping{
		text("address", l.Address),
		{Key: "sent", Value: edit.Word(l.Sent.UTC().Format(time.RFC3339Nano))},
		minutesOf("minutes", l.Length),
	}})
}

func deletedValue(d users.Deleted) edit.Mapping {
	return edit.Mapping{text("id", d.ID), text("username", d.Username)}
}
