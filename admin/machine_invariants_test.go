package admin_test

import (
	"slices"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// checkSound checks what must hold of an office that was sound, whatever commands
// came since.
func checkSound(t *rapid.T, r *run) {
	t.Helper()
	p := r.state().Office().Parts()
	if _, err := offices.New(p); err != nil {
		t.Fatalf("the office is none: %v", err)
	}
	checkSuperUsers(t, p, r.at)
	for _, s := range p.Systems {
		checkDuty(t, p, s, r.at)
	}
	for _, u := range p.Users {
		checkUser(t, p, u)
	}
	checkUsernames(t, p)
}

// checkSuperUsers goes through the days from today until after the last end date.
func checkSuperUsers(t *rapid.T, p offices.Parts, at time.Time) {
	t.Helper()
	today, last := at.In(p.TimeZone), users.Date{}
	for _, u := range p.Users {
		if last.Before(u.EndDate) {
			last = u.EndDate
		}
	}
	for n := 0; ; n++ {
		day := users.DateOf(time.Date(today.Year(), today.Month(), today.Day()+n, 12, 0, 0, 0, time.UTC), time.UTC)
		if !slices.ContainsFunc(p.Users, func(u users.User) bool { return u.Roles.Has(roles.SuperUser) && u.ActiveOn(day) }) {
			t.Fatalf("no Super user is active on %s", day)
		}
		if last.Before(day) {
			return
		}
	}
}

func checkDuty(t *rapid.T, p offices.Parts, s sync.System, at time.Time) {
	t.Helper()
	i := slices.IndexFunc(p.Users, func(u users.User) bool { return u.ID == s.SynchronisationUser })
	if i < 0 {
		t.Fatalf("%s is synchronised by %s, who is not there", s.ID, s.SynchronisationUser)
	}
	u := p.Users[i]
	if !u.EndDate.IsZero() || !u.ActiveOn(users.DateOf(at, p.TimeZone)) {
		t.Fatalf("%s, who synchronises %s, ends on %s", u.ID, s.ID, u.EndDate)
	}
	l := slices.IndexFunc(p.Links, func(l sync.Link) bool { return l.User == u.ID && l.System == s.ID })
	if l < 0 {
		t.Fatalf("%s synchronises %s without a link", u.ID, s.ID)
	}
	account := s.Users[slices.IndexFunc(s.Users, func(a sync.User) bool { return a.ID == p.Links[l].AccountingUser })]
	if !account.CanChangeMasterData {
		t.Fatalf("%s synchronises %s as %s, who may not change master data", u.ID, s.ID, account.ID)
	}
	if s.Connection == sync.LoginSuccess && !p.Links[l].Verified {
		t.Fatalf("%s is connected, and the link of %s was never verified", s.ID, u.ID)
	}
	for _, c := range p.Companies {
		if c.System == s.ID && (!u.Access.Has(c.ID) || !account.Reach.Has(c.ID)) {
			t.Fatalf("%s, who synchronises %s, does not reach %s here or there", u.ID, s.ID, c.ID)
		}
	}
}

func checkUser(t *rapid.T, p offices.Parts, u users.User) {
	t.Helper()
	both := func(a, b roles.Role) bool { return u.Roles.Has(a) && u.Roles.Has(b) }
	if u.Roles == 0 || both(roles.ClientUser, roles.RestrictedClientUser) || both(roles.Accountant, roles.SMEAccountant) {
		t.Fatalf("%s has the roles %s", u.ID, u.Roles)
	}
	if payer, ok := u.BillTo.Company(); ok {
		i := slices.IndexFunc(p.Companies, func(c companies.Company) bool { return c.ID == payer })
		if i < 0 || !p.Companies[i].PaymentAgreement {
			t.Fatalf("%s pays for %s without an agreement", payer, u.ID)
		}
	}
}

func checkUsernames(t *rapid.T, p offices.Parts) {
	t.Helper()
	had := map[string]bool{}
	note := func(username string) {
		if had[username] {
			t.Fatalf("the username %s is there twice", username)
		}
		had[username] = true
	}
	for _, u := range p.Users {
		note(u.Username)
	}
	for _, d := range p.Deleted {
		note(d.Username)
	}
}

// checkSnapshot asks drawn users' questions of the state's snapshot and of one
// compiled of the office.
func checkSnapshot(t *rapid.T, r *run) {
	t.Helper()
	s := scene{r.model, t, r.at}
	asked := s.questions()
	by := []users.ID{s.user(), "anna"}
	compiled, followed := policy.Compile(r.state().Office()), r.state().Snapshot()
	for a := range policy.AllActions() {
		for _, id := range by {
			q := asked.of(id, a)
			if want, got := compiled.Check(q), followed.Check(q); want != got {
				t.Fatalf("%s asks %s on %s: compiled %+v, of the state %+v", id, a, q.Resource, want, got)
			}
		}
	}
	if compiled.Version() != followed.Version() {
		t.Fatalf("version %d, of the state %d", compiled.Version(), followed.Version())
	}
}

// questions is what a question of every action is about.
type questions struct {
	on   map[policy.ResourceType]policy.Resource
	with policy.With
	at   time.Time
}

func (s scene) questions() questions {
	system := s.system()
	return questions{
		at: s.at,
		on: map[policy.ResourceType]policy.Resource{
			policy.Company: policy.OfCompany(s.company()), policy.User: policy.OfUser(s.user()),
			policy.Connection: policy.OfConnection(system), policy.Office: policy.OfOffice(plainCode),
		},
		with: policy.With{
			Role: s.role(), Roles: policy.Given(s.roleSet()), Companies: policy.Given(users.AccessTo(s.someCompanies()...)),
			System: system, User: s.account(system), EndDate: policy.Given(s.endDate()), OldPasswordVerified: policy.Given(true),
			BillTo: s.billTo(), AccountingSystem: system, SynchronisationUser: s.user(), AccountingUser: s.account(system),
		},
	}
}

func (q *questions) of(id users.ID, a policy.Action) policy.Request {
	return policy.Request{Subject: id, Action: a, Resource: q.on[a.On()], With: &q.with, At: q.at}
}

// checkPast checks that every state is still what it was when it came.
func (r *run) checkPast(t *rapid.T) {
	t.Helper()
	for i, s := range r.states {
		if diff := cmp.Diff(r.parts[i], s.Office().Parts(), sameParts); diff != "" {
			t.Fatalf("state %d of %d changed (-then +now):\n%s", i, len(r.states), diff)
		}
	}
}
