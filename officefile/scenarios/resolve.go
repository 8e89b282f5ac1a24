package scenarios

import (
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/adapters/authzen"
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
	on := r.resource(s.world, q.resource, code == policy.UnknownResource)
	if code != policy.UnknownResource {
		r.fits(action, on, q.resource)
	}
	r.rules(action, q)
	r.remedies(s.world, q)
	a.asked = authzen.Request{
		Subject:  authzen.Entity{Type: policy.User.String(), ID: q.subject.text},
		Action:   authzen.Action{Name: q.action.text},
		Resource: authzen.Entity{Type: on.written, ID: on.id},
	}
	if q.properties != nil {
		a.asked.Action.Properties, _ = strict.ValueOf(r.Document, q.properties).(map[string]any)
	}
	a.request = s.source().Request(a.asked, s.At)
	r.properties(s.world, q, a.request)
	return a
}

// source is what finds the documents and the properties of a request.
func (s *Scenario) source() authzen.Source {
	return authzen.Source{Snapshot: s.world.state.Snapshot(), Documents: s.world.document}
}

func (r *reader) action(at word, unknown bool) policy.Action {
	a, err := policy.ParseAction(at.text)
	if err != nil && !unknown {
		r.Fault(at.node, problems.Quote(at.text), perhaps("an action such as document.view", withType(at.text), "", actionNames))
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

// withType is the action that is called so but for its type, where there is one.
func withType(text string) string {
	for name := range actionNames {
		if strings.HasSuffix(name, "."+text) {
			return name
		}
	}
	return text
}

// fits wants an action to be asked on what it is asked on.
func (r *reader) fits(a policy.Action, on target, at word) {
	if a.Known() && on.kind != 0 && on.kind != a.On() && !on.complained {
		r.Fault(at.node, problems.Quote(at.text), a.On().String()+":id, which is what "+a.String()+" is asked on")
	}
}

// rules wants the rules that are expected to be rules of the action.
func (r *reader) rules(a policy.Action, q *question) {
	if !a.Known() {
		return
	}
	for key, value := range members(q.answer) {
		switch key {
		case "rule":
			r.ruleOf(a, value)
		case "rules":
			for _, element := range elements(value) {
				r.ruleOf(a, element)
			}
		}
	}
}

func (r *reader) ruleOf(a policy.Action, n *yaml.Node) {
	text := strict.Follow(n).Value
	var of []string
	for rule := range a.Rules() {
		of = append(of, rule.String())
	}
	if !slices.Contains(of, text) {
		r.Fault(n, "the rule "+problems.Quote(text), "a rule of "+a.String()+": "+strings.Join(of, ", "))
	}
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
	r.asking(s, &g, t)
	for _, a := range t.actions {
		if action := r.action(a, false); action.Known() {
			g.actions = append(g.actions, action)
		}
	}
	for _, at := range t.resources {
		r.onto(s, &g, at)
	}
	r.with(s, &g, t)
	r.only(s, &g, t)
	return g
}

// asking notes whom a table asks about.
func (r *reader) asking(s *Scenario, g *grid, t *table) {
	for _, u := range t.users {
		if r.named(s.world, aUser, u.node, u.text) {
			g.users = append(g.users, users.ID(u.text))
		}
	}
	if t.users != nil {
		return
	}
	for u := range s.world.state.Office().Users() {
		g.users = append(g.users, u.ID)
	}
	if len(g.users) == 0 && valueOf(t.node, "users") == nil {
		r.Fault(t.node, "a table about every user of an office without users", "the key users")
	}
}

// onto adds a resource, on which each action must be asked.
func (r *reader) onto(s *Scenario, g *grid, at word) {
	on := r.resource(s.world, at, false)
	for _, a := range g.actions {
		r.fits(a, on, at)
	}
	asked := authzen.Request{Resource: authzen.Entity{Type: on.written, ID: on.id}}
	g.resources = append(g.resources, s.source().Request(asked, s.At).Resource)
}

// only notes who can, of the users of the table.
func (r *reader) only(s *Scenario, g *grid, t *table) {
	for _, u := range t.can.some {
		if !slices.Contains(g.users, users.ID(u.text)) && !meantAbove(s.world, g, t, u) {
			r.Fault(u.node, problems.Quote(u.text), perhaps("a user of this table", u.text, "", textsOf(g.users)))
		}
		g.can[users.ID(u.text)] = true
	}
	everybody := len(g.users) > 0
	for _, id := range g.users {
		g.can[id] = g.can[id] || t.can.all
		everybody = everybody && g.can[id]
	}
	if everybody && t.code != 0 {
		r.Fault(keyOf(t.node, "code"), "a code in a table where all can", "a code where somebody cannot")
	}
}

// meantAbove says whether who can is somebody of the table whose name is misspelt there,
// or here as there: that was complained of.
func meantAbove(w *world, g *grid, t *table, u word) bool {
	if t.users == nil || len(t.users) == len(g.users) {
		return false
	}
	return aUser.in(w, u.text) || slices.ContainsFunc(t.users, func(other word) bool { return other.text == u.text })
}
