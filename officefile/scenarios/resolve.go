package scenarios

import (
	"slices"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

// reader makes scenarios of what a file says: it finds what is named, and complains of
// what is not there.
type reader struct {
	*strict.Document
	file   string
	office *shared
	at     time.Time
}

// ask is a question with everything found, and what is expected of its answer.
type ask struct {
	line, column int
	asked        authzen.Request // as it is written
	request      policy.Request
	expected     expected
	allowed      bool
}

func (r *reader) scenario(e *entry) *Scenario {
	line, column := r.Place(e.node)
	s := &Scenario{
		File: r.file, Line: line, Column: column, Name: e.name, At: r.at,
		world: &world{base: r.office, state: r.office.state}, finds: e.findings, lacks: e.noFindings,
	}
	if e.at != nil {
		s.At = *e.at
	}
	for i := range e.given {
		r.carryOut(s, &e.given[i])
	}
	for _, q := range slices.Concat(e.can, e.cannot) {
		s.asks = append(s.asks, r.ask(s, &q))
	}
	for i := range e.tables {
		s.tables = append(s.tables, r.table(s, &e.tables[i]))
	}
	for i := range e.findings {
		r.pattern(s.world, &s.finds[i])
	}
	for i := range e.noFindings {
		r.pattern(s.world, &s.lacks[i])
	}
	return s
}

func (r *reader) pattern(w *world, p *pattern) {
	if p.node != nil {
		p.line, p.column = r.Place(p.node)
	}
	if p.user.node != nil {
		r.named(w, aUser, p.user.node, p.user.text)
	}
	if p.company.node != nil {
		r.named(w, aCompany, p.company.node, p.company.text)
	}
}

// ask finds what a question is about. What is not there is complained of, unless the
// code is expected that it leads to.
func (r *reader) ask(s *Scenario, q *question) ask {
	line, column := r.Place(q.node)
	a := ask{line: line, column: column, expected: q.expected, allowed: q.allowed}
	if q.subject.node == nil { // complained of already
		return a
	}
	code := q.expected.code
	if code != policy.UnknownUser {
		r.named(s.world, aUser, q.subject.node, q.subject.text)
	}
	action := r.action(q.action, code == policy.UnknownAction)
	kind, id := r.resource(s.world, q.resource, code == policy.UnknownResource)
	if action.Known() && kind != 0 && kind != action.On() && code != policy.UnknownResource {
		r.Fault(q.resource.node, problems.Quote(q.resource.text), action.String()+" to be asked on type "+action.On().String())
	}
	r.rules(action, q)
	a.asked = authzen.Request{
		Subject:  authzen.Entity{Type: policy.User.String(), ID: q.subject.text},
		Action:   authzen.Action{Name: q.action.text},
		Resource: authzen.Entity{Type: kind.String(), ID: id},
	}
	if q.properties != nil {
		a.asked.Action.Properties, _ = strict.ValueOf(r.Document, q.properties).(map[string]any)
	}
	a.request = s.source().Request(a.asked, s.At)
	r.properties(s.world, q.properties, code, a.request)
	return a
}

// source is what finds the documents and the properties of a request.
func (s *Scenario) source() authzen.Source {
	return authzen.Source{Snapshot: s.world.state.Snapshot(), Documents: s.world.document}
}

func (r *reader) action(at word, unknown bool) policy.Action {
	a, err := policy.ParseAction(at.text)
	if err != nil && !unknown {
		r.Fault(at.node, problems.Quote(at.text), perhaps("an action such as document.view", at.text, "", actionNames))
	}
	return a
}

func actionNames(yield func(string) bool) {
	for a := range policy.AllActions() {
		if !yield(a.String()) {
			return
		}
	}
}

// rules wants the rules that are expected to be rules of the action.
func (r *reader) rules(a policy.Action, q *question) {
	if !a.Known() {
		return
	}
	of := slices.Collect(a.Rules())
	for _, rule := range append([]policy.RuleID{q.expected.rule}, q.expected.rules...) {
		if rule != 0 && !slices.Contains(of, rule) {
			r.Fault(q.node, "the rule "+rule.String(), "a rule of "+a.String())
		}
	}
}

// properties complains of the properties that an action does not take, of values that
// cannot be read, and of names that are not known.
func (r *reader) properties(w *world, n *yaml.Node, code policy.Code, request policy.Request) {
	if n == nil || !request.Action.Known() {
		return
	}
	for key, value := range members(n) {
		switch {
		case !takes(request.Action, key):
			r.Fault(keyOf(n, key), "the property "+problems.Quote(key), taken(request.Action, key))
		case !meant(code):
			r.property(w, request, key, value)
		}
	}
	if code == policy.BadProperty {
		return
	}
	for _, bad := range request.With.Unreadable {
		r.Within(n).FaultAt(bad.Problem.Path, bad.Problem.Found, bad.Problem.Expected)
	}
}

// meant says whether a code can come of a name that is not known, so that there may be
// one on purpose where it is expected.
func meant(code policy.Code) bool {
	switch code {
	case policy.BadProperty, policy.AuthoriserUnfit, policy.CandidateUnfit, policy.AccountingUserUnfit:
		return true
	}
	return false
}

// property complains of names that are not known in the value of a property.
func (r *reader) property(w *world, request policy.Request, key string, n *yaml.Node) {
	switch key {
	case policy.PropertyAuthorisers.String(), policy.PropertySynchronisationUser.String():
		r.namesIn(w, aUser, n)
	case policy.PropertyCompanies.String():
		r.namesIn(w, aCompany, n)
	case policy.PropertyBillTo.String():
		r.namesIn(w, aPayer, n)
	case policy.PropertySystem.String(), policy.PropertyAccountingSystem.String():
		r.namesIn(w, aSystem, n)
	case policy.PropertyUser.String(), policy.PropertyUsers.String():
		if request.With.System != "" { // or else nobody can tell whose users they are, and the answer says so
			r.namesIn(w, anAccountOf(request.With.System), n)
		}
	case policy.PropertyAccountingUser.String():
		r.namesIn(w, anAccountOf(companies.SystemID(request.Resource.ID)), n)
	}
}

func takes(a policy.Action, key string) bool {
	needed, optional := a.Takes()
	for p := range (needed | optional).Each() {
		if p.String() == key {
			return true
		}
	}
	return false
}

// taken is the property that was probably meant, or all that there are.
func taken(a policy.Action, found string) string {
	needed, optional := a.Takes()
	if needed|optional == 0 {
		return "none: " + a.String() + " takes no properties"
	}
	return perhaps("a property that "+a.String()+" takes: "+(needed|optional).String(), found, "", func(yield func(string) bool) {
		for p := range (needed | optional).Each() {
			if !yield(p.String()) {
				return
			}
		}
	})
}

// grid is a table with everything found.
type grid struct {
	line, column int
	users        []users.ID
	actions      []policy.Action
	resources    []policy.Resource
	with         []*policy.With // of each action
	can          map[users.ID]bool
	code         policy.Code
}

func (r *reader) table(s *Scenario, t *table) grid {
	line, column := r.Place(t.node)
	g := grid{line: line, column: column, code: t.code, can: make(map[users.ID]bool)}
	for _, u := range t.users {
		if r.named(s.world, aUser, u.node, u.text) {
			g.users = append(g.users, users.ID(u.text))
		}
	}
	if t.users == nil {
		for u := range s.world.state.Office().Users() {
			g.users = append(g.users, u.ID)
		}
	}
	for _, a := range t.actions {
		if action := r.action(a, false); action.Known() {
			g.actions = append(g.actions, action)
		}
	}
	for _, at := range t.resources {
		r.onto(s, &g, at)
	}
	r.with(s, &g, t)
	r.only(&g, t)
	return g
}

// onto adds a resource, on which each action must be asked.
func (r *reader) onto(s *Scenario, g *grid, at word) {
	kind, id := r.resource(s.world, at, false)
	for _, a := range g.actions {
		if kind != 0 && a.On() != kind {
			r.Fault(at.node, problems.Quote(at.text), a.String()+" to be asked on type "+a.On().String())
		}
	}
	asked := authzen.Request{Resource: authzen.Entity{Type: kind.String(), ID: id}}
	g.resources = append(g.resources, s.source().Request(asked, s.At).Resource)
}

// with gives each action the properties that it takes; there is one that takes each.
func (r *reader) with(s *Scenario, g *grid, t *table) {
	var given map[string]any
	if t.properties != nil {
		given, _ = strict.ValueOf(r.Document, t.properties).(map[string]any)
	}
	for key := range members(t.properties) {
		if len(g.actions) > 0 && !slices.ContainsFunc(g.actions, func(a policy.Action) bool { return takes(a, key) }) {
			r.Fault(keyOf(t.properties, key), "the property "+problems.Quote(key), "a property that one of the actions takes")
		}
	}
	for _, a := range g.actions {
		asked := authzen.Request{Action: authzen.Action{Name: a.String(), Properties: given}}
		request := s.source().Request(asked, s.At)
		for key, value := range members(t.properties) {
			if takes(a, key) && !meant(t.code) {
				r.property(s.world, request, key, value)
			}
		}
		if t.code != policy.BadProperty {
			for _, bad := range request.With.Unreadable {
				r.Within(t.properties).FaultAt(bad.Problem.Path, bad.Problem.Found, bad.Problem.Expected)
			}
		}
		g.with = append(g.with, request.With)
	}
}

// only notes who can, of the users of the table.
func (r *reader) only(g *grid, t *table) {
	for _, u := range t.can.some {
		if !slices.Contains(g.users, users.ID(u.text)) {
			r.Fault(u.node, problems.Quote(u.text), perhaps("a user of this table", u.text, "", func(yield func(string) bool) {
				for _, id := range g.users {
					if !yield(string(id)) {
						return
					}
				}
			}))
		}
		g.can[users.ID(u.text)] = true
	}
	if t.can.all {
		for _, id := range g.users {
			g.can[id] = true
		}
	}
}
