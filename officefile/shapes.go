package officefile

import (
	"math"
	"time"
	_ "time/tzdata" // an office's zone is known everywhere, also where the system knows none

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// The tables below are the format: each is one mapping of the file, with its keys
// in the order in which the documentation has them.

// content is an office file as it is written, before its references are resolved.
type content struct {
	version      struct{}
	office       office
	systems      []system
	companies    []company
	users        []user
	deleted      []users.Deleted
	documents    []document
	acknowledged []Acknowledgement
}

var fileShape = strict.Shape[content]{Name: "an office file", Keys: []strict.Key[content]{
	strict.With("version", func(c *content) *struct{} { return &c.version }, version),
	strict.With("office", func(c *content) *office { return &c.office }, officeShape.Read),
	strict.List("accounting_systems", func(c *content) *[]system { return &c.systems }, systemShape.Read).Optional(),
	strict.List("companies", func(c *content) *[]company { return &c.companies }, companyShape.Read).Optional(),
	strict.List("users", func(c *content) *[]user { return &c.users }, userShape.Read).Optional(),
	strict.List("deleted_users", func(c *content) *[]users.Deleted { return &c.deleted }, deletedShape.Read).Optional(),
	strict.List("documents", func(c *content) *[]document { return &c.documents }, documentShape.Read).Optional(),
	strict.List("acknowledged", func(c *content) *[]Acknowledgement { return &c.acknowledged }, acknowledgementShape.Read).Optional(),
}}

// inlineShape is fileShape where the text around it may say the version.
var inlineShape = strict.Shape[content]{
	Name: "an office", Keys: append([]strict.Key[content]{fileShape.Keys[0].Optional()}, fileShape.Keys[1:]...),
}

func version(d *strict.Document, n *yaml.Node) struct{} {
	strict.Exactly(d, n, 1)
	return struct{}{}
}

type office struct {
	code, name string
	zone       *time.Location
	link       time.Duration
	version    int
	kinds      []companies.SettingKind
}

var officeShape = strict.Shape[office]{Name: "an office", Keys: []strict.Key[office]{
	strict.Text("code", func(o *office) *string { return &o.code }),
	strict.Text("name", func(o *office) *string { return &o.name }),
	strict.With("time_zone", func(o *office) **time.Location { return &o.zone }, timeZone),
	strict.With("password_link_minutes", func(o *office) *time.Duration { return &o.link }, minutes).Optional(),
	strict.With("version", func(o *office) *int { return &o.version }, changeCount).Optional(),
	strict.List("company_settings", func(o *office) *[]companies.SettingKind { return &o.kinds }, settingKindShape.Read).Optional(),
}}

var settingKindShape = strict.Shape[companies.SettingKind]{Name: "a company setting", Keys: []strict.Key[companies.SettingKind]{
	strict.Text("code", func(k *companies.SettingKind) *string { return &k.Code }),
	strict.Flag("mandatory", func(k *companies.SettingKind) *bool { return &k.Mandatory }).Optional(),
	strict.List("values", func(k *companies.SettingKind) *[]string { return &k.Values }, strict.TextOf[string]).Optional(),
}}

// timeZone is a zone by its name. The machine's own zone is not the office's,
// however it is called.
func timeZone(d *strict.Document, n *yaml.Node) *time.Location {
	name := strict.TextOf[string](d, n)
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || zone == time.Local {
		d.Fault(n, strict.Describe(n), "a time zone such as Europe/Amsterdam")
		return nil
	}
	return zone
}

func minutes(d *strict.Document, n *yaml.Node) time.Duration {
	const most = int(users.PasswordLinkOlder / time.Minute)
	return time.Duration(strict.WholeOf(d, n, 1, most, "a whole number of minutes from 1 to 1440")) * time.Minute
}

// changeCount is how many changes an office has seen.
func changeCount(d *strict.Document, n *yaml.Node) int {
	return strict.WholeOf(d, n, 0, math.MaxInt, "a whole number from 0")
}

// system is an accounting system; its users' companies are still in the file's
// words.
type system struct {
	sync.System
	users []accountingUser
}

var systemShape = strict.Shape[system]{Name: "an accounting system", Keys: []strict.Key[system]{
	strict.Text("id", func(s *system) *companies.SystemID { return &s.ID }),
	strict.Text("name", func(s *system) *string { return &s.Name }),
	strict.Code("connection", func(s *system) *sync.Connection { return &s.Connection }, sync.ParseConnection),
	strict.Text("synchronisation_user", func(s *system) *users.ID { return &s.SynchronisationUser }),
	strict.List("users", func(s *system) *[]accountingUser { return &s.users }, accountingUserShape.Read).Optional(),
}}

type accountingUser struct {
	sync.User
	companies reach
}

var accountingUserShape = strict.Shape[accountingUser]{Name: "an accounting-system user", Keys: []strict.Key[accountingUser]{
	strict.Text("id", func(u *accountingUser) *sync.UserID { return &u.ID }),
	strict.Text("name", func(u *accountingUser) *string { return &u.Name }),
	strict.Text("email", func(u *accountingUser) *string { return &u.Email }),
	strict.With("rank", func(u *accountingUser) *int { return &u.Rank }, rank),
	strict.Flag("can_book", func(u *accountingUser) *bool { return &u.CanBook }),
	strict.Flag("can_change_master_data", func(u *accountingUser) *bool { return &u.CanChangeMasterData }),
	strict.With("companies", func(u *accountingUser) *reach { return &u.companies }, reachOf),
}}

// rank leaves to the accounting system's own check how small a rank may be.
func rank(d *strict.Document, n *yaml.Node) int {
	return strict.WholeOf(d, n, math.MinInt, math.MaxInt, "a whole number from 1, the highest rank")
}

// reach is what `companies` says: the word all, or a list.
type reach struct {
	all  bool
	some []companies.ID
}

func reachOf(d *strict.Document, n *yaml.Node) reach {
	if strict.IsWord(n, "all") {
		return reach{all: true}
	}
	return reach{some: strict.ListOf(d, n, "all, or a list of company ids", strict.TextOf[companies.ID])}
}

// company is a company with what is set for it.
type company struct {
	companies.Company
	settings []setting
}

var companyShape = strict.Shape[company]{Name: "a company", Keys: []strict.Key[company]{
	strict.Text("id", func(c *company) *companies.ID { return &c.ID }),
	strict.Text("name", func(c *company) *string { return &c.Name }),
	strict.Text("accounting_system", func(c *company) *companies.SystemID { return &c.System }),
	strict.Flag("authorisation_workflow", func(c *company) *bool { return &c.AuthorisationWorkflow }),
	strict.Flag("payment_agreement", func(c *company) *bool { return &c.PaymentAgreement }),
	strict.With("synchronisation", func(c *company) *bool { return &c.SynchronisationOff }, off).Optional(),
	strict.With("settings", func(c *company) *[]setting { return &c.settings }, settings).Optional(),
}}

func off(d *strict.Document, n *yaml.Node) bool {
	before := d.Count()
	return !strict.FlagOf(d, n) && d.Count() == before
}

// user is a user; their companies and links are still in the file's words.
type user struct {
	users.User
	roles     []roles.Role
	companies reach
	links     []sync.Link
	password  *users.PasswordLink
}

var userShape = strict.Shape[user]{Name: "a user", Keys: []strict.Key[user]{
	strict.Text("id", func(u *user) *users.ID { return &u.ID }),
	strict.Text("username", func(u *user) *string { return &u.Username }),
	strict.Text("email", func(u *user) *string { return &u.Email }),
	strict.List("roles", func(u *user) *[]roles.Role { return &u.roles }, role),
	strict.With("companies", func(u *user) *reach { return &u.companies }, reachOf),
	strict.Text("name", func(u *user) *string { return &u.Name }).Optional(),
	strict.Text("language", func(u *user) *string { return &u.Language }).Optional(),
	strict.With("end_date", func(u *user) *users.Date { return &u.EndDate }, date).Optional(),
	strict.Flag("later_companies", func(u *user) *bool { return &u.LaterCompanies }).Optional(),
	strict.Code("archive", func(u *user) *users.ArchiveRight { return &u.Archive }, users.ParseArchiveRight).Optional(),
	strict.Flag("change_bank_details", func(u *user) *bool { return &u.ChangeBankDetails }).Optional(),
	strict.With("bill_to", func(u *user) *users.BillTo { return &u.BillTo }, billTo).Optional(),
	strict.Flag("spenser", func(u *user) *bool { return &u.Spenser }).Optional(),
	strict.Flag("used", func(u *user) *bool { return &u.Used }).Optional(),
	strict.List("accounting_users", func(u *user) *[]sync.Link { return &u.links }, linkShape.Read).Optional(),
	strict.With("password_link", func(u *user) **users.PasswordLink { return &u.password }, passwordLink).Optional(),
}}

var passwordLinkShape = strict.Shape[users.PasswordLink]{Name: "a password link", Keys: []strict.Key[users.PasswordLink]{
	strict.Text("address", func(l *users.PasswordLink) *string { return &l.Address }),
	strict.With("sent", func(l *users.PasswordLink) *time.Time { return &l.Sent }, moment),
	strict.With("minutes", func(l *users.PasswordLink) *time.Duration { return &l.Length }, minutes),
}}

func passwordLink(d *strict.Document, n *yaml.Node) *users.PasswordLink {
	return new(passwordLinkShape.Read(d, n))
}

func moment(d *strict.Document, n *yaml.Node) time.Time { return strict.DateOf(d, n, parseMoment) }

// parseMoment is the moment in UTC, so that it does not hang on the zone of the
// machine that reads it.
func parseMoment(s string) (t time.Time, err error) {
	if err := t.UnmarshalText([]byte(s)); err != nil {
		return time.Time{}, &problems.Problem{Found: problems.Quote(s), Expected: "a moment such as 2026-11-22T09:00:00Z"}
	}
	return t.UTC(), nil
}

func role(d *strict.Document, n *yaml.Node) roles.Role { return strict.CodeOf(d, n, roles.Parse) }

func date(d *strict.Document, n *yaml.Node) users.Date { return strict.DateOf(d, n, users.ParseDate) }

func billTo(d *strict.Document, n *yaml.Node) users.BillTo {
	id := named[companies.ID](d, n, "office, or "+expectedCompany)
	if id == companies.Office {
		return users.BillToOffice
	}
	return users.BillToCompany(id)
}

// named reads a reference that may be absent but not empty: to the domain, the
// empty one is that there is none.
func named[S ~string](d *strict.Document, n *yaml.Node, expected string) S {
	id := strict.TextOf[S](d, n)
	if id == "" {
		d.Fault(n, strict.Describe(n), expected)
	}
	return id
}

var linkShape = strict.Shape[sync.Link]{Name: "a link to an accounting system", Keys: []strict.Key[sync.Link]{
	strict.Text("system", func(l *sync.Link) *companies.SystemID { return &l.System }),
	strict.Text("user", func(l *sync.Link) *sync.UserID { return &l.AccountingUser }),
	strict.Flag("verified", func(l *sync.Link) *bool { return &l.Verified }).Optional(),
}}

var deletedShape = strict.Shape[users.Deleted]{Name: "a deleted user", Keys: []strict.Key[users.Deleted]{
	strict.Text("id", func(u *users.Deleted) *users.ID { return &u.ID }),
	strict.Text("username", func(u *users.Deleted) *string { return &u.Username }),
}}

// document is a document; its route is still a list of steps.
type document struct {
	documents.Parts
	route route
}

type route struct {
	steps   []documents.Step
	unsound bool // some step could not be read, so nothing can contradict its outcome
}

var documentShape = strict.Shape[document]{Name: "a document", Keys: []strict.Key[document]{
	strict.Text("id", func(p *document) *documents.ID { return &p.ID }),
	strict.Text("company", func(p *document) *companies.ID { return &p.Company }),
	strict.Text("delivered_by", func(p *document) *users.ID { return &p.DeliveredBy }),
	strict.Code("stage", func(p *document) *documents.Stage { return &p.Stage }, documents.ParseStage),
	strict.With("route", func(p *document) *route { return &p.route }, routeOf).Optional(),
	strict.With("ever_assigned", func(p *document) *documents.Assigned { return &p.Assigned }, assigned).Optional(),
}}

func routeOf(d *strict.Document, n *yaml.Node) route {
	before := d.Count()
	steps := strict.ListOf(d, n, "a list", stepShape.Read)
	return route{steps, d.Count() > before}
}

func assigned(d *strict.Document, n *yaml.Node) documents.Assigned {
	if strict.FlagOf(d, n) {
		return documents.EverAssigned
	}
	return documents.NeverAssigned
}

var stepShape = strict.Shape[documents.Step]{Name: "a step of a route", Keys: []strict.Key[documents.Step]{
	strict.Text("authoriser", func(s *documents.Step) *users.ID { return &s.Authoriser }),
	strict.Code("outcome", func(s *documents.Step) *documents.Outcome { return &s.Outcome }, documents.ParseOutcome),
	strict.With("comment", func(s *documents.Step) *string { return &s.Comment }, strict.ProseOf).Optional(),
}}

var acknowledgementShape = strict.Shape[Acknowledgement]{Name: "an acknowledgement", Keys: []strict.Key[Acknowledgement]{
	strict.Code("finding", func(a *Acknowledgement) *string { return &a.Finding }, parseFinding),
	strict.With("user", func(a *Acknowledgement) *users.ID { return &a.User }, everUser).Optional(),
	strict.List("users", func(a *Acknowledgement) *[]users.ID { return &a.Users }, strict.TextOf[users.ID]).Optional(),
	strict.With("company", func(a *Acknowledgement) *companies.ID { return &a.Company }, ownCompany).Optional(),
	strict.With("reason", func(a *Acknowledgement) *string { return &a.Reason }, reason),
	strict.With("until", func(a *Acknowledgement) *users.Date { return &a.Until }, date),
}}

func everUser(d *strict.Document, n *yaml.Node) users.ID {
	return named[users.ID](d, n, expectedEverUser)
}

func ownCompany(d *strict.Document, n *yaml.Node) companies.ID {
	return named[companies.ID](d, n, expectedCompany)
}
