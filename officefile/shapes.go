package officefile

import (
	"math"
	"regexp"
	"time"
	_ "time/tzdata" // an office's zone is known everywhere, also where the system knows none

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/officefile/internal/texts"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// The tables below are the format: each is one mapping of the file, with its keys
// in the order in which the documentation has them. What they say of a key is what
// editors show of it.

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
	strict.With("version", "of the format: 1", func(c *content) *struct{} { return &c.version }, strict.Exactly(1)),
	strict.With("office", "the office itself", func(c *content) *office { return &c.office }, officeShape),
	strict.List("accounting_systems", "where the books of the companies are kept", func(c *content) *[]system { return &c.systems }, systemShape).Optional(),
	strict.List("companies", "whose books the office keeps", func(c *content) *[]company { return &c.companies }, companyShape).Optional(),
	strict.List("users", "everybody the file refers to", func(c *content) *[]user { return &c.users }, userShape).Optional(),
	strict.List("deleted_users", "history may name them, nothing pending may", func(c *content) *[]users.Deleted { return &c.deleted }, deletedShape).Optional(),
	strict.List("documents", "for asking about them", func(c *content) *[]document { return &c.documents }, documentShape).Optional(),
	strict.List("acknowledged", "the findings that the office has accepted; they change no answer", func(c *content) *[]Acknowledgement { return &c.acknowledged }, acknowledgementShape).Optional(),
}}

// inlineShape is fileShape where the text around it may say the version.
var inlineShape = strict.Shape[content]{
	Name: "an office", Keys: append([]strict.Key[content]{fileShape.Keys[0].Optional()}, fileShape.Keys[1:]...),
}

type office struct {
	code, name string
	zone       *time.Location
	link       time.Duration
	version    int
	kinds      []companies.SettingKind
}

var officeShape = strict.Shape[office]{Name: "an office", Keys: []strict.Key[office]{
	strict.Text("code", "what the office is known by", func(o *office) *string { return &o.code }, texts.Identifier),
	strict.Text("name", "for people", func(o *office) *string { return &o.name }, texts.Name),
	strict.With("time_zone", "end dates are days of this zone", func(o *office) **time.Location { return &o.zone }, timeZone),
	strict.With("password_link_minutes", "how long a password link is valid, 1 to 1440; absent, 30", func(o *office) *time.Duration { return &o.link }, minutes).Optional(),
	strict.With("version", "changes seen so far; absent, 0", func(o *office) *int { return &o.version }, changeCount).Optional(),
	strict.List("company_settings", "what companies may set", func(o *office) *[]companies.SettingKind { return &o.kinds }, settingKindShape).Optional(),
}}

var settingKindShape = strict.Shape[companies.SettingKind]{Name: "a company setting", Keys: []strict.Key[companies.SettingKind]{
	strict.Text("code", "what the setting goes by", func(k *companies.SettingKind) *string { return &k.Code }, texts.Identifier),
	strict.Flag("mandatory", "whether every company must have it; absent, false", func(k *companies.SettingKind) *bool { return &k.Mandatory }).Optional(),
	strict.With("values", "what it may be, each once; absent, any text", func(k *companies.SettingKind) *[]string { return &k.Values }, settingValues).Optional(),
}}

var settingValues = strict.EachOnce(strict.As(texts.Name, strict.TextOf[string]))

// timeZone is a zone by its name. The machine's own zone is not the office's,
// however it is called.
var timeZone = strict.As(texts.Zone, func(d *strict.Document, n *yaml.Node) *time.Location {
	name := strict.TextOf[string](d, n)
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || zone == time.Local {
		d.Fault(n, strict.Describe(n), texts.ExpectedZone)
		return nil
	}
	return zone
})

var minutes = strict.Then(
	strict.Whole(1, int(users.PasswordLinkOlder/time.Minute), "a whole number of minutes from 1 to 1440"),
	func(minutes int) time.Duration { return time.Duration(minutes) * time.Minute },
)

// changeCount is how many changes an office has seen.
var changeCount = strict.Whole(0, math.MaxInt, "a whole number from 0")

// system is an accounting system; its users' companies are still in the file's
// words.
type system struct {
	sync.System
	users []accountingUser
}

var systemShape = strict.Shape[system]{Name: "an accounting system", Keys: []strict.Key[system]{
	strict.Text("id", "what the accounting system is known by", func(s *system) *companies.SystemID { return &s.ID }, texts.Identifier),
	strict.Text("name", "for people", func(s *system) *string { return &s.Name }, texts.Name),
	strict.Code("connection", "whether the synchronisation user can log in there", func(s *system) *sync.Connection { return &s.Connection }, sync.ParseConnection, sync.Connections()),
	strict.Text("synchronisation_user", "a user of this file", func(s *system) *users.ID { return &s.SynchronisationUser }, texts.Identifier),
	strict.List("users", "those of the accounting system, as fetched from it", func(s *system) *[]accountingUser { return &s.users }, accountingUserShape).Optional(),
}}

type accountingUser struct {
	sync.User
	companies reach
}

var accountingUserShape = strict.Shape[accountingUser]{Name: "an accounting-system user", Keys: []strict.Key[accountingUser]{
	strict.Text("id", "what they are known by in the accounting system", func(u *accountingUser) *sync.UserID { return &u.ID }, texts.Identifier),
	strict.Text("name", "for people", func(u *accountingUser) *string { return &u.Name }, texts.Name),
	strict.Text("email", "their address", func(u *accountingUser) *string { return &u.Email }, texts.Address),
	strict.With("rank", "1 is the highest there", func(u *accountingUser) *int { return &u.Rank }, rank),
	strict.Flag("can_book", "whether they may book there", func(u *accountingUser) *bool { return &u.CanBook }),
	strict.Flag("can_change_master_data", "whether they may change master data there", func(u *accountingUser) *bool { return &u.CanChangeMasterData }),
	strict.With("companies", "all of this system, later ones too; or a list", func(u *accountingUser) *reach { return &u.companies }, reachOf),
}}

var rank = strict.Whole(1, math.MaxInt, "a whole number from 1, the highest rank")

// reach is what `companies` says: the word all, or a list.
type reach struct {
	all  bool
	some []companies.ID
}

const expectedReach = "all, or a list of company ids"

var reachOf = strict.As(
	strict.AnyOf(strict.Word("all", expectedReach), strict.ListLike(expectedReach, texts.Identifier)),
	func(d *strict.Document, n *yaml.Node) reach {
		if strict.IsWord(n, "all") {
			return reach{all: true}
		}
		return reach{some: strict.ListOf(d, n, expectedReach, strict.TextOf[companies.ID])}
	},
)

// company is a company with what is set for it.
type company struct {
	companies.Company
	settings []setting
}

var companyShape = strict.Shape[company]{Name: "a company", Keys: []strict.Key[company]{
	strict.Text("id", "any id but office", func(c *company) *companies.ID { return &c.ID }, texts.CompanyID),
	strict.Text("name", "for people", func(c *company) *string { return &c.Name }, texts.Name),
	strict.Text("accounting_system", "the accounting system of this file that its books are kept in", func(c *company) *companies.SystemID { return &c.System }, texts.Identifier),
	strict.Flag("authorisation_workflow", "whether its documents go past authorisers", func(c *company) *bool { return &c.AuthorisationWorkflow }),
	strict.Flag("payment_agreement", "whether it may be billed for its authorisers", func(c *company) *bool { return &c.PaymentAgreement }),
	strict.With("synchronisation", "whether master data is taken over; absent, true", func(c *company) *bool { return &c.SynchronisationOff }, off).Optional(),
	strict.With("settings", "by the codes of company_settings", func(c *company) *[]setting { return &c.settings }, settings).Optional(),
}}

var off = strict.As(strict.TrueOrFalse, func(d *strict.Document, n *yaml.Node) bool {
	before := d.Count()
	return !strict.FlagOf(d, n) && d.Count() == before
})

// user is a user; their companies and links are still in the file's words.
type user struct {
	users.User
	roles     []roles.Role
	companies reach
	links     []sync.Link
	password  *users.PasswordLink
}

var userShape = strict.Shape[user]{Name: "a user", Keys: []strict.Key[user]{
	strict.Text("id", "what the user is known by", func(u *user) *users.ID { return &u.ID }, texts.Identifier),
	strict.Text("username", "what they log in with: nobody else has it, deleted users included", func(u *user) *string { return &u.Username }, texts.Identifier),
	strict.Text("email", "the person's own address", func(u *user) *string { return &u.Email }, texts.Address),
	strict.List("roles", "may be empty", func(u *user) *[]roles.Role { return &u.roles }, role),
	strict.With("companies", "every company of this file: all; or a list", func(u *user) *reach { return &u.companies }, reachOf),
	strict.Text("name", "for people; it decides nothing", func(u *user) *string { return &u.Name }, texts.Detail).Optional(),
	strict.Text("language", "it decides nothing", func(u *user) *string { return &u.Language }, texts.Detail).Optional(),
	strict.With("end_date", "the first day on which they are inactive; absent, never", func(u *user) *users.Date { return &u.EndDate }, date).Optional(),
	strict.Flag("later_companies", "the right to later companies; absent, false", func(u *user) *bool { return &u.LaterCompanies }).Optional(),
	strict.Code("archive", "the archive right; absent, by_role", func(u *user) *users.ArchiveRight { return &u.Archive }, users.ParseArchiveRight, users.ArchiveRights()).Optional(),
	strict.Flag("change_bank_details", "the bank right; absent, false", func(u *user) *bool { return &u.ChangeBankDetails }).Optional(),
	strict.With("bill_to", "who pays for an authoriser: office, or a company; absent is that nobody chose", func(u *user) *users.BillTo { return &u.BillTo }, billTo).Optional(),
	strict.Flag("spenser", "absent, false", func(u *user) *bool { return &u.Spenser }).Optional(),
	strict.Flag("used", "has logged in or acted; absent, false", func(u *user) *bool { return &u.Used }).Optional(),
	strict.List("accounting_users", "links to accounting systems: one for a system", func(u *user) *[]sync.Link { return &u.links }, linkShape).Optional(),
	strict.With("password_link", "sent and not used yet", func(u *user) **users.PasswordLink { return &u.password }, passwordLink).Optional(),
}}

var passwordLinkShape = strict.Shape[users.PasswordLink]{Name: "a password link", Keys: []strict.Key[users.PasswordLink]{
	strict.Text("address", "where it was sent", func(l *users.PasswordLink) *string { return &l.Address }, texts.Address),
	strict.With("sent", "the moment of sending", func(l *users.PasswordLink) *time.Time { return &l.Sent }, moment),
	strict.With("minutes", "how long it is valid from then, 1 to 1440", func(l *users.PasswordLink) *time.Duration { return &l.Length }, minutes),
}}

var passwordLink = strict.Then(passwordLinkShape, func(l users.PasswordLink) *users.PasswordLink { return &l })

var moment = strict.Dated(texts.Moment, parseMoment)

var rfc3339 = regexp.MustCompile(texts.MomentPattern)

// parseMoment is the moment in UTC, so that it does not hang on the zone of the
// machine that reads it. Package time lets pass what is not quite RFC 3339.
func parseMoment(s string) (t time.Time, err error) {
	if err := t.UnmarshalText([]byte(s)); err != nil || !rfc3339.MatchString(s) {
		return time.Time{}, &problems.Problem{Found: problems.Quote(s), Expected: texts.ExpectedMoment}
	}
	return t.UTC(), nil
}

var role = strict.Coded(texts.Role, roles.Parse)

var date = strict.Dated(texts.Date, users.ParseDate)

var billTo = strict.Then(named[companies.ID](texts.Payer, "office, or "+expectedCompany), func(id companies.ID) users.BillTo {
	if id == companies.Office {
		return users.BillToOffice
	}
	return users.BillToCompany(id)
})

// named reads a reference that may be absent but not empty: to the domain, the
// empty one is that there is none.
func named[S ~string](takes strict.Schema, expected string) strict.Reader[S] {
	return strict.As(takes, func(d *strict.Document, n *yaml.Node) S {
		id := strict.TextOf[S](d, n)
		if id == "" {
			d.Fault(n, strict.Describe(n), expected)
		}
		return id
	})
}

var linkShape = strict.Shape[sync.Link]{Name: "a link to an accounting system", Keys: []strict.Key[sync.Link]{
	strict.Text("system", "an accounting system of this file", func(l *sync.Link) *companies.SystemID { return &l.System }, texts.Identifier),
	strict.Text("user", "one of its users", func(l *sync.Link) *sync.UserID { return &l.AccountingUser }, texts.Identifier),
	strict.Flag("verified", "whether the password was entered and found right; absent, false", func(l *sync.Link) *bool { return &l.Verified }).Optional(),
}}

var deletedShape = strict.Shape[users.Deleted]{Name: "a deleted user", Keys: []strict.Key[users.Deleted]{
	strict.Text("id", "what the user was known by", func(u *users.Deleted) *users.ID { return &u.ID }, texts.Identifier),
	strict.Text("username", "what they logged in with", func(u *users.Deleted) *string { return &u.Username }, texts.Identifier),
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
	strict.Text("id", "what the document is known by", func(p *document) *documents.ID { return &p.ID }, texts.Identifier),
	strict.Text("company", "a company of this file", func(p *document) *companies.ID { return &p.Company }, texts.Identifier),
	strict.Text("delivered_by", "a user or a deleted user", func(p *document) *users.ID { return &p.DeliveredBy }, texts.Identifier),
	strict.Code("stage", "how far it has come", func(p *document) *documents.Stage { return &p.Stage }, documents.ParseStage, documents.Stages()),
	strict.With("route", "who authorises, in order; absent, none", func(p *document) *route { return &p.route }, routeOf).Optional(),
	strict.With("ever_assigned", "absent, true with a route, else false", func(p *document) *documents.Assigned { return &p.Assigned }, assigned).Optional(),
}}

var steps = strict.Elements("a list", stepShape)

var routeOf = strict.As(steps.Schema(), func(d *strict.Document, n *yaml.Node) route {
	before := d.Count()
	return route{steps.Read(d, n), d.Count() > before}
})

var assigned = strict.As(strict.TrueOrFalse, func(d *strict.Document, n *yaml.Node) documents.Assigned {
	if strict.FlagOf(d, n) {
		return documents.EverAssigned
	}
	return documents.NeverAssigned
})

var stepShape = strict.Shape[documents.Step]{Name: "a step of a route", Keys: []strict.Key[documents.Step]{
	strict.Text("authoriser", "a user; a deleted user where the step is not pending", func(s *documents.Step) *users.ID { return &s.Authoriser }, texts.Identifier),
	strict.Code("outcome", "what they said so far", func(s *documents.Step) *documents.Outcome { return &s.Outcome }, documents.ParseOutcome, documents.Outcomes()),
	strict.With("comment", "why it was rejected", func(s *documents.Step) *string { return &s.Comment }, prose).Optional(),
}}

var acknowledgementShape = strict.Shape[Acknowledgement]{Name: "an acknowledgement", Keys: []strict.Key[Acknowledgement]{
	strict.With("finding", "the rule that makes it", func(a *Acknowledgement) *string { return &a.Finding }, finding),
	strict.With("user", "whom it is about", func(a *Acknowledgement) *users.ID { return &a.User }, everUser).Optional(),
	strict.List("users", "whom it is about, where those are several", func(a *Acknowledgement) *[]users.ID { return &a.Users }, strict.As(texts.Identifier, strict.TextOf[users.ID])).Optional(),
	strict.With("company", "the company it is about", func(a *Acknowledgement) *companies.ID { return &a.Company }, ownCompany).Optional(),
	strict.With("reason", "why the office accepts it", func(a *Acknowledgement) *string { return &a.Reason }, reason),
	strict.With("until", "the last day on which it is accepted", func(a *Acknowledgement) *users.Date { return &a.Until }, date),
}}

var (
	everUser   = named[users.ID](texts.Identifier, expectedEverUser)
	ownCompany = named[companies.ID](texts.Identifier, expectedCompany)
)
