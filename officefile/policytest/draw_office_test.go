package policytest_test

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/policytest"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// byValue compares domain values by what they say of themselves.
var byValue = cmp.Options{
	cmp.Comparer(users.Access.Equal),
	cmp.Comparer(func(a, b users.Date) bool { return a == b }),
	cmp.Comparer(func(a, b users.BillTo) bool { return a == b }),
	cmp.Comparer(sync.User.Equal),
	cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() }),
	cmp.Transformer("document", func(d documents.Document) documents.Parts { return d.Parts() }),
	cmp.Transformer("route", documents.Route.Steps),
	cmpopts.EquateEmpty(),
}

// Every office that is drawn is one, and an office file that holds it reads back as it.
func TestEveryDrawnOfficeSurvivesItsFile(t *testing.T) {
	sizes := tally{}
	rapid.Check(t, func(t *rapid.T) {
		office := rapid.OneOf(policytest.Offices(), policytest.SoundOffices()).Draw(t, "office")
		if _, err := offices.New(office.Office().Parts()); err != nil {
			t.Fatal(err)
		}
		text, err := office.File()
		if err != nil {
			t.Fatalf("no file holds it: %v\n%+v", err, office.Office().Parts())
		}
		file, err := officefile.Parse("office.yaml", text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if diff := cmp.Diff(office.Office().Parts(), file.Office.Parts(), byValue); diff != "" {
			t.Fatalf("office (-drawn +read):\n%s\n%s", diff, text)
		}
		if diff := cmp.Diff(office.Documents, file.Documents, byValue); diff != "" {
			t.Fatalf("documents (-drawn +read):\n%s\n%s", diff, text)
		}
		sizes.add("%d bytes", len(text)/1000*1000)
	})
	sizes.report(t, 3)
}

// What makes an office rich is drawn often, and not always.
func TestDrawnOfficesHaveEverything(t *testing.T) {
	n, seen := 0, tally{}
	rapid.Check(t, func(t *rapid.T) {
		for range 5 {
			n++
			note(seen, policytest.Offices().Draw(t, "office"))
		}
	})
	for role := range roles.SetOf(roles.All()...).All() {
		seen.least(t, n/5, "a "+role.String())
	}
	for _, what := range richness {
		seen.least(t, n/25, what)
		if seen[what] > n-n/25 && !strings.HasPrefix(what, "a user") {
			t.Errorf("%s: in nearly all of %d offices", what, n)
		}
	}
	t.Logf("%d offices\n%s", n, seen)
}

var richness = []string{
	"no company", "several companies", "several systems", "several users", "a system without users", "a synchronisation user with an end date",
	"a user without roles", "a user with both client roles", "a user with both booking roles", "a user who ended today or before", "a user who ends tomorrow",
	"a user who ends later", "the archive right", "the bank right", "later companies", "a company that pays", "a company that pays without agreement",
	"a deleted user", "a shared address", "an unused user", "a valid password link", "an expired password link", "a setting", "synchronisation off",
	"a link not verified", "a user without companies", "an odd name", "a name and a language", "disconnected",
	"a document at tagging", "a document at authorisation", "a document at booking", "a document at archived", "a route on an archived document",
	"a rejected route", "ever assigned without a route", "delivered by a deleted user", "in turn and unfit",
}

func note(seen tally, o policytest.Office) {
	has := map[string]bool{}
	p, today := o.Office().Parts(), o.Office().Day(o.At)
	noteUsers(has, p, today)
	tomorrow := users.DateOf(o.At.In(p.TimeZone).AddDate(0, 0, 1), p.TimeZone)
	for _, u := range p.Users {
		has["a user who ends tomorrow"] = has["a user who ends tomorrow"] || u.EndDate == tomorrow
		id, paid := u.BillTo.Company()
		c, _ := o.Office().Company(id)
		has["a company that pays"] = has["a company that pays"] || paid && c.PaymentAgreement
		has["a company that pays without agreement"] = has["a company that pays without agreement"] || paid && !c.PaymentAgreement
	}
	for _, l := range p.PasswordLinks {
		has[map[bool]string{true: "a valid password link", false: "an expired password link"}[l.ValidAt(o.At)]] = true
	}
	for _, s := range p.Systems {
		u, _ := o.Office().User(s.SynchronisationUser)
		has["a synchronisation user with an end date"] = has["a synchronisation user with an end date"] || !u.EndDate.IsZero()
		has["a system without users"] = has["a system without users"] || len(s.Users) == 0
		has["disconnected"] = has["disconnected"] || s.Connection == sync.Disconnected
	}
	for _, c := range p.Companies {
		has["synchronisation off"] = has["synchronisation off"] || c.SynchronisationOff
	}
	for _, l := range p.Links {
		has["a link not verified"] = has["a link not verified"] || !l.Verified
	}
	has["no company"], has["several companies"] = len(p.Companies) == 0, len(p.Companies) > 1
	has["several systems"], has["several users"] = len(p.Systems) > 1, len(p.Users) > 1
	has["a deleted user"], has["a setting"] = len(p.Deleted) > 0, len(p.Settings) > 0
	noteDocuments(has, o)
	for what, is := range has {
		if is {
			seen[what]++
		}
	}
}

func noteUsers(has map[string]bool, p offices.Parts, today users.Date) {
	addresses := map[string]bool{}
	for _, u := range p.Users {
		for what, is := range map[string]bool{
			"a user without roles":             u.Roles == 0,
			"a user with both client roles":    u.Roles.Has(roles.ClientUser) && u.Roles.Has(roles.RestrictedClientUser),
			"a user with both booking roles":   u.Roles.Has(roles.Accountant) && u.Roles.Has(roles.SMEAccountant),
			"a user who ended today or before": !u.ActiveOn(today),
			"a user who ends later":            !u.EndDate.IsZero() && u.ActiveOn(today),
			"the archive right":                u.Archive == users.AllDocuments,
			"the bank right":                   u.ChangeBankDetails,
			"later companies":                  u.LaterCompanies,
			"a shared address":                 addresses[u.Email],
			"an unused user":                   !u.Used,
			"a user without companies":         u.Access.Len() == 0,
			"an odd name":                      strings.Contains(string(u.ID), "'"),
			"a name and a language":            u.Name != "" && u.Language != "",
		} {
			has[what] = has[what] || is
		}
		addresses[u.Email] = true
		for role := range u.Roles.All() {
			has["a "+role.String()] = true
		}
	}
}

func noteDocuments(has map[string]bool, o policytest.Office) {
	for _, d := range o.Documents {
		steps := d.Route().Steps()
		_, deleted := o.Office().DeletedUser(d.DeliveredBy())
		has["a document at "+d.Stage().String()] = true
		for what, is := range map[string]bool{
			"a route on an archived document": d.Stage() == documents.Archived && d.Route().IsPending(),
			"a rejected route":                len(steps) > 0 && steps[len(steps)-1].Outcome == documents.Rejected,
			"ever assigned without a route":   len(steps) == 0 && d.Assigned() == documents.EverAssigned,
			"delivered by a deleted user":     deleted,
			"in turn and unfit":               d.Route().IsPending() && !fit(o, &d),
		} {
			has[what] = has[what] || is
		}
	}
}

func fit(o policytest.Office, d *documents.Document) bool {
	u, ok := o.Office().User(d.Route().InTurn())
	return ok && u.Roles.Effective().Has(roles.Authoriser) && u.Access.Has(d.Company()) && u.ActiveOn(o.Office().Day(o.At))
}

// What is told to be sound has no finding of level error, and links of no higher rank
// than that of the synchronisation user; what is not told so often has.
func TestSoundOfficesAreSound(t *testing.T) {
	levels := tally{}
	rapid.Check(t, func(t *rapid.T) {
		office := policytest.SoundOffices().Draw(t, "office")
		office.NoFindings(t, policytest.Finding{Level: roles.Error})
		for u := range office.Office().Users() {
			for l := range office.Office().Links(u.ID) {
				checkLink(t, office.Office(), l)
			}
		}
		for _, f := range review.Findings(office.State, office.Documents, office.At) {
			levels.add("sound: %s", f.Level)
		}
		for range 5 {
			other := policytest.Offices().Draw(t, "another")
			for _, f := range review.Findings(other.State, other.Documents, other.At) {
				levels.add("any: %s %s", f.Level, f.ID)
			}
		}
	})
	rules := 0
	for rule := range review.Rules() {
		rules++
		levels.least(t, 1, "any: "+rule.Level.String()+" "+rule.ID)
	}
	t.Logf("%d rules\n%s", rules, levels)
	levels.least(t, 50, "sound: warning")
}

func checkLink(t *rapid.T, o offices.Office, l sync.Link) {
	t.Helper()
	s, _ := o.SystemState(l.System)
	own, linked := o.Link(s.SynchronisationUser, l.System)
	most, _ := o.AccountingUser(l.System, own.AccountingUser)
	account, _ := o.AccountingUser(l.System, l.AccountingUser)
	if !linked || !account.AtOrBelow(most) || !account.MayBeLinked(l.User != s.SynchronisationUser) {
		t.Fatalf("%+v could not be made, of %+v under %+v", l, account, most)
	}
}

// Users and documents that are drawn for an office are such as it can have.
func TestDrawnUsersAndDocumentsCanBeAdded(t *testing.T) {
	added, stages := 0, tally{}
	rapid.Check(t, func(t *rapid.T) {
		office := policytest.Offices().Draw(t, "office")
		u := policytest.Users(office).Draw(t, "user")
		if _, there := office.Office().User(u.ID); there {
			t.Fatalf("%s is there already", u.ID)
		}
		with, err := office.Office().WithUser(u)
		if err != nil {
			t.Fatal(err)
		}
		d := policytest.Documents(office).Draw(t, "document")
		if office.Document(d.ID()).Document != nil {
			t.Fatalf("%s is there already", d.ID())
		}
		if _, err := policytest.Open(with, office.At, append(slices.Clip(office.Documents), d)...).File(); err != nil {
			t.Fatalf("with %+v and %+v: %v", u, d.Parts(), err)
		}
		added++
		stages.add("%s, in turn %t, ever assigned %t", d.Stage(), d.Route().IsPending(), d.Assigned() == documents.EverAssigned)
	})
	t.Logf("%d added", added)
	stages.report(t, 7) // of tagging, booking and archived with and without an assignment, of authorisation and archived with one in turn
	if added < 50 {
		t.Error("that was too few")
	}
}

// The same draw is the same office, byte for byte.
func TestADrawCanBeRepeated(t *testing.T) {
	for seed := range 20 {
		first, second := policytest.Offices().Example(seed), policytest.Offices().Example(seed)
		a, err := first.File()
		if err != nil {
			t.Fatal(err)
		}
		b, err := second.File()
		if err != nil || !bytes.Equal(a, b) {
			t.Fatalf("%v\n%s\n%s", err, a, b)
		}
		if q, again := policytest.Questions(first).Example(seed), policytest.Questions(second).Example(seed); !reflect.DeepEqual(q, again) {
			t.Fatalf("%#v\n%#v", q, again)
		}
		if c, again := policytest.Commands(first).Example(seed), policytest.Commands(second).Example(seed); c != again {
			t.Fatalf("%s\n%s", c, again)
		}
	}
}
