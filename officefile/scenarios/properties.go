package scenarios

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
)

// properties complains of the properties that an action does not take, of values that
// cannot be read, and of names that are not known.
func (r *reader) properties(w *world, q *question, request policy.Request) {
	if !request.Action.Known() && q.expected.code != policy.UnknownAction { // complained of already
		return
	}
	for key := range members(q.properties) {
		if !takes(request.Action, key) {
			r.Fault(keyOf(q.properties, key), "the property "+problems.Quote(key), taken(request.Action, key))
		}
	}
	r.values(w, q.properties, q.expected.code, request)
}

// values complains of the values of properties that an action takes.
func (r *reader) values(w *world, n *yaml.Node, code policy.Code, request policy.Request) {
	for key, value := range members(n) {
		if takes(request.Action, key) && code != leadsTo[key] {
			r.property(w, request, key, value)
		}
	}
	if n == nil || code == policy.BadProperty {
		return
	}
	for _, bad := range request.With.Unreadable {
		if bad.Property == policy.PropertyWith && (w.refused || w.gone(bad.Problem.Found)) {
			continue // one that is not there for what was given
		}
		r.wrongValue(n, bad.Problem.Path, &bad.Problem)
	}
}

// leadsTo is the code that comes of a name in a property that nobody knows. Where
// exactly that is expected, there may be one on purpose.
var leadsTo = map[string]policy.Code{
	policy.PropertyAuthorisers.String():         policy.AuthoriserUnfit,
	policy.PropertyWith.String():                policy.BadProperty,
	policy.PropertyCompanies.String():           policy.BadProperty,
	policy.PropertyBillTo.String():              policy.BadProperty,
	policy.PropertySystem.String():              policy.BadProperty,
	policy.PropertyAccountingSystem.String():    policy.BadProperty,
	policy.PropertySynchronisationUser.String(): policy.CandidateUnfit,
	policy.PropertyUser.String():                policy.AccountingUserUnfit,
	policy.PropertyUsers.String():               policy.AccountingUserUnfit,
	policy.PropertyAccountingUser.String():      policy.AccountingUserUnfit,
}

// property complains of names that are not known in the value of a property.
func (r *reader) property(w *world, request policy.Request, key string, n *yaml.Node) {
	switch key {
	case policy.PropertyAuthorisers.String(), policy.PropertySynchronisationUser.String():
		r.namesIn(w, aUser, n)
	case policy.PropertyWith.String():
		r.namesIn(w, aDocument, n)
	case policy.PropertyCompanies.String():
		r.namesIn(w, aCompany, n)
	case policy.PropertyBillTo.String():
		r.namesIn(w, aPayer, n)
	case policy.PropertySystem.String(), policy.PropertyAccountingSystem.String():
		r.namesIn(w, aSystem, n)
	case policy.PropertyUser.String(), policy.PropertyUsers.String():
		r.accounts(w, request.With.System, n)
	case policy.PropertyAccountingUser.String():
		r.accounts(w, companies.SystemID(request.Resource.ID), n)
	}
}

// accounts complains of users that an accounting system does not have, or none where
// it is not said which. What follows from a system that is not known is not told.
func (r *reader) accounts(w *world, system companies.SystemID, n *yaml.Node) {
	switch {
	case system == "":
		r.namesIn(w, anAccount, n)
	case aSystem.in(w, string(system)):
		r.namesIn(w, anAccountOf(system), n)
	}
}

func takes(a policy.Action, key string) bool {
	needed, optional := a.Takes()
	return slices.ContainsFunc(slices.Collect((needed | optional).Each()), func(p policy.Properties) bool { return p.String() == key })
}

// taken is the property that was probably meant, or all that there are.
func taken(a policy.Action, found string) string {
	needed, optional := a.Takes()
	switch {
	case tellsOfAnswer(found):
		return "properties here, and what is expected of the answer behind them: {}, {" + found + ": ...}"
	case !a.Known():
		return "none: what an action takes that is not known, nobody knows"
	case needed|optional == 0:
		return "none: " + a.String() + " takes no properties"
	}
	return perhaps("a property that "+a.String()+" takes: "+(needed|optional).String(), found, "",
		ids((needed|optional).Each(), policy.Properties.String))
}

// tellsOfAnswer says whether a key is one of what is expected of an answer.
func tellsOfAnswer(key string) bool {
	return allowedShape.Has(key) || deniedShape.Has(key)
}

// with gives each action the properties that it takes; there is one that takes each.
func (r *reader) with(s *Scenario, g *grid, t *table) {
	var given map[string]any
	if t.properties != nil {
		given, _ = strict.ValueOf(r.Document, t.properties).(map[string]any)
	}
	for key := range members(t.properties) {
		if len(g.actions) == len(t.actions) && !slices.ContainsFunc(g.actions, func(a policy.Action) bool { return takes(a, key) }) {
			r.Fault(keyOf(t.properties, key), "the property "+problems.Quote(key), takenByOne(g.actions, key))
		}
	}
	for _, a := range g.actions {
		asked := authzen.Request{Action: authzen.Action{Name: a.String(), Properties: given}}
		request := s.source().Request(asked, s.At)
		for _, request.Resource = range g.resources {
			r.values(s.world, t.properties, t.code, request)
		}
		g.with = append(g.with, request.With)
	}
}

// takenByOne is the property of one of several actions that was probably meant, or all
// that there are.
func takenByOne(list []policy.Action, found string) string {
	var all policy.Properties
	for _, a := range list {
		needed, optional := a.Takes()
		all |= needed | optional
	}
	if all == 0 {
		return "none: the actions take no properties"
	}
	return perhaps("a property that one of the actions takes: "+all.String(), found, "", ids(all.Each(), policy.Properties.String))
}

// wrongValue complains of what is wrong with a value below n, which is told as it is
// written there.
func (r *reader) wrongValue(n *yaml.Node, path string, p *problems.Problem) {
	d := r.Within(n)
	found, expected := p.Found, p.Expected
	if value := d.At(path); value != nil && path != "" && slices.Contains(untold, found) {
		found = strict.Describe(value)
		expected = strings.Replace(expected, "a string", "a text", 1)
		if scalar := strict.Follow(value); p.Found == "a number" && expectsText(expected) {
			expected += "; quote it: " + problems.Quote(scalar.Value)
		}
	}
	d.FaultAt(path, found, expected)
}

// untold is what a value is called that has lost how it was written.
var untold = []string{"a number", "a list", "an object", "null", "true", "false"}

func expectsText(expected string) bool {
	return strings.HasPrefix(expected, "a text") || strings.HasPrefix(expected, "an identifier")
}
