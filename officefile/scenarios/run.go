package scenarios

import (
	"runtime"
	"slices"
	gosync "sync"
	"sync/atomic"
	"time"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// Options is how scenarios are run. The zero Options is on every processor.
type Options struct {
	// Parallel is how many scenarios are run at a time; 0 is one for each processor.
	// It changes nothing about the results.
	Parallel int
}

// Result is what came of a scenario.
type Result struct {
	*Scenario
	// Failures is everything that was not as expected, in the order in which it is
	// asked: none where the scenario passed.
	Failures []Failure
	// Took is how long it took, commands that are given left out.
	Took time.Duration

	answers []answer // those that were as expected
}

// Passed says whether everything was as expected.
func (r *Result) Passed() bool { return len(r.Failures) == 0 }

// answer is an answer that was as expected: what it was decided on, and what of it a
// scenario looks at.
type answer struct {
	policy.Grounds
	roles   roles.Set   // effective ones of who asked
	allowed bool        // the answer
	code    policy.Code // zero where a scenario leaves it open
	rules   []policy.RuleID
}

// Run runs every scenario of the suites. The results are in their order, whatever the
// order in which they are run.
func Run(suites []*Suite, o Options) []Result {
	var all []*Scenario
	for _, s := range suites {
		all = append(all, s.Scenarios...)
	}
	return RunAll(all, o)
}

// RunAll runs scenarios.
func RunAll(list []*Scenario, o Options) []Result {
	workers := o.Parallel
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	results := make([]Result, len(list))
	var next atomic.Int64
	var group gosync.WaitGroup
	for range min(workers, len(list)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(list); i = int(next.Add(1)) - 1 {
				results[i] = list[i].Run()
			}
		})
	}
	group.Wait()
	return results
}

// Run runs the scenario. Where a command that is given was refused, that is its failure:
// what it expects is said of an office that there is not, and is not asked.
func (s *Scenario) Run() Result {
	began := time.Now()
	r := Result{Scenario: s, Failures: slices.Clone(s.refused)}
	if len(s.refused) > 0 {
		return r
	}
	for i := range s.asks {
		s.askOne(&r, &s.asks[i])
	}
	for i := range s.tables {
		s.askTable(&r, &s.tables[i])
	}
	s.survey(&r)
	r.Took = time.Since(began)
	return r
}

// askOne asks a question.
func (s *Scenario) askOne(r *Result, a *ask) {
	state := s.world.state
	subject := state.Snapshot().Subject(a.request.Subject, s.At)
	d := subject.Check(a.request.Action, a.request.Resource, a.request.With)
	wrong := a.wrong(s, d)
	if wrong != nil {
		r.Failures = append(r.Failures, Failure{
			Line: a.line, Column: a.column, said: wrong, state: state, request: a.request,
			asked: true, answered: d.Allowed(), turn: d.Allowed() != a.allowed,
		})
		return
	}
	r.answers = append(r.answers, answer{
		Grounds: subject.Grounds(a.request.Action, a.request.Resource, a.request.With),
		roles:   s.rolesOf(a.request.Subject), allowed: a.allowed, code: a.expected.code, rules: a.expected.ruling(),
	})
}

// ruling is the rules that an allowance is expected to come from, of which it must be
// one.
func (e *expected) ruling() []policy.RuleID {
	if e.rule != 0 {
		return []policy.RuleID{e.rule}
	}
	return e.rules
}

// rolesOf is the effective roles of a user; none of nobody.
func (s *Scenario) rolesOf(id users.ID) roles.Set {
	u, _ := s.world.state.Office().User(id)
	return u.Roles.Effective()
}

// askTable asks every question of a table.
func (s *Scenario) askTable(r *Result, g *grid) {
	snapshot := s.world.state.Snapshot()
	for _, id := range g.users {
		subject, held := snapshot.Subject(id, s.At), s.rolesOf(id)
		for i, action := range g.actions {
			for _, resource := range g.resources {
				d, _ := subject.Could(action, resource, g.with[i])
				if wrong := g.wrong(id, d); wrong != nil {
					r.Failures = append(r.Failures, Failure{
						Line: g.line, Column: g.column, said: asked(string(id), action.String(), resource.String(), wrong), state: s.world.state,
						request: policy.Request{Subject: id, Action: action, Resource: resource, With: g.with[i], At: s.At},
						asked:   true, answered: d.Allowed(), could: true, turn: d.Allowed() != g.can[id],
					})
					continue
				}
				a := answer{Grounds: subject.CouldGrounds(action, resource, g.with[i]), roles: held, allowed: d.Allowed()}
				if !d.Allowed() {
					a.code = g.code
				}
				r.answers = append(r.answers, a)
			}
		}
	}
}

// surveys keeps the findings of an office that several scenarios ask about.
type surveys struct {
	gosync.Mutex
	at map[time.Time][]review.Finding
}

// findings is what an access review finds in the office as it is now.
func (s *Scenario) findings() []review.Finding {
	w := s.world
	if len(s.world.moved) > 0 || w.state.Office().Version() != w.base.office().Version() {
		return found(w, w.documents(), s.At)
	}
	w.base.surveys.Lock()
	defer w.base.surveys.Unlock()
	if list, ok := w.base.surveys.at[s.At]; ok {
		return list
	}
	if w.base.surveys.at == nil {
		w.base.surveys.at = make(map[time.Time][]review.Finding)
	}
	list := found(w, w.documents(), s.At)
	w.base.surveys.at[s.At] = list
	return list
}

func found(w *world, docs []documents.Document, at time.Time) []review.Finding {
	list := review.Findings(w.state, docs, at)
	review.Acknowledge(list, w.base.file.Acknowledged, w.state.Office().Day(at))
	return list
}

// survey looks for the findings that are expected, and for those that are not.
func (s *Scenario) survey(r *Result) {
	if len(s.finds)+len(s.lacks) == 0 {
		return
	}
	list := s.findings()
	for _, p := range s.finds {
		if !slices.ContainsFunc(list, p.fits) {
			r.Failures = append(r.Failures, Failure{Line: p.line, Column: p.column, said: p.missing()})
		}
	}
	for _, p := range s.lacks {
		for _, f := range list {
			if p.fits(f) && (p.acknowledged != nil || f.Acknowledged == nil) {
				r.Failures = append(r.Failures, Failure{Line: p.line, Column: p.column, said: p.unwanted(f), mend: f.Mend})
			}
		}
	}
}

// fits says whether a finding is like the pattern.
func (p pattern) fits(f review.Finding) bool {
	return (p.id == "" || p.id == f.ID) && (p.level == 0 || p.level == f.Level) &&
		(p.company.text == "" || p.company.text == string(f.Company)) &&
		(p.user.text == "" || p.user.text == string(f.User) || slices.Contains(f.Users, users.ID(p.user.text))) &&
		(p.acknowledged == nil || *p.acknowledged == (f.Acknowledged != nil))
}
