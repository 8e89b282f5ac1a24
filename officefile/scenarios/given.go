package scenarios

import (
	"encoding/json"
	"slices"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/workflow"
)

// carryOut carries out a command that is given. One that is malformed, or names what is
// not there, is complained of; one that is refused fails the scenario, and none after it
// is carried out.
func (r *reader) carryOut(s *Scenario, g *given) {
	if g.command.node == nil || g.fields == nil { // complained of already
		return
	}
	before := r.Count()
	if g.actor.node != nil {
		r.named(s.world, aUser, g.actor.node, g.actor.text)
	}
	ofDocument := slices.Contains(workflow.CommandNames(), g.command.text)
	if !ofDocument && !slices.Contains(admin.CommandNames(), g.command.text) {
		names := slices.Concat(admin.CommandNames(), workflow.CommandNames())
		r.Fault(g.command.node, problems.Quote(g.command.text),
			perhaps("a command such as user.grant_role", g.command.text, "", slices.Values(names)))
		return
	}
	text := r.commandText(g)
	r.namesOf(s.world, g)
	if r.Count() > before {
		return
	}
	var err error
	switch {
	case s.world.refused:
		err = malformed(ofDocument, text)
	case ofDocument:
		err = s.move(g, text)
	default:
		err = s.change(g, text)
	}
	if err == nil {
		return
	}
	line, column := r.Place(g.node)
	if refusals := changes.Refusals(err); len(refusals) > 0 {
		s.refused, s.world.refused = []Failure{refusedCommand(line, column, g, refusals)}, true
		return
	}
	for _, p := range problems.All(err) {
		r.Within(g.fields).FaultAt(p.Path, p.Found, p.Expected)
	}
}

// commandText is the command as JSON.
func (r *reader) commandText(g *given) []byte {
	fields, _ := strict.ValueOf(r.Document, g.fields).(map[string]any)
	if fields == nil {
		fields = map[string]any{}
	}
	if _, twice := fields["command"]; twice {
		r.Fault(keyOf(g.fields, "command"), "the key command", "the command before its fields")
	}
	fields["command"] = g.command.text
	text, err := json.Marshal(fields)
	if err != nil { // a number that JSON does not know
		r.Fault(g.fields, "a number that JSON cannot write ("+err.Error()+")", "numbers in plain digits")
	}
	return text
}

// malformed is what is wrong with a command that is not carried out.
func malformed(ofDocument bool, text []byte) (err error) {
	if ofDocument {
		_, err = workflow.ReadCommand(text)
	} else {
		_, err = admin.ReadCommand(text)
	}
	return err
}

// change carries out a command of the office.
func (s *Scenario) change(g *given, text []byte) error {
	c, err := admin.ReadCommand(text)
	if err != nil {
		return err
	}
	state, _, err := admin.Apply(s.world.state, users.ID(g.actor.text), s.At, c)
	s.world.state = state
	return err
}

// move carries out a command of a document.
func (s *Scenario) move(g *given, text []byte) error {
	c, err := workflow.ReadCommand(text)
	if err != nil {
		return err
	}
	var doc documents.Document
	if d, ok := s.world.document(documents.ID(textAt(g.fields, "document"))); ok {
		doc = *d
	}
	var others []documents.Document
	if merge, ok := c.(workflow.Merge); ok {
		for id := range merge.With.All() {
			if d, ok := s.world.document(id); ok {
				others = append(others, *d)
			}
		}
	}
	result, err := workflow.Do(s.world.state.Snapshot(), doc, users.ID(g.actor.text), s.At, c, others...)
	if err != nil {
		return err
	}
	return s.moved(g, &result)
}

// moved notes what became of documents, and that whoever moved them has been used.
func (s *Scenario) moved(g *given, result *workflow.Result) error {
	if s.world.moved == nil {
		s.world.moved = make(map[documents.ID]*documents.Document)
	}
	for i := range result.Documents {
		s.world.moved[result.Documents[i].ID()] = &result.Documents[i]
	}
	for _, id := range result.Gone {
		s.world.moved[id] = nil
	}
	if !result.FirstUse {
		return nil
	}
	state, _, err := admin.Apply(s.world.state, admin.Software, s.At, admin.MarkUsed{User: users.ID(g.actor.text)})
	s.world.state = state
	return err
}

// namesOf complains of the names that are not known in the fields of a command.
func (r *reader) namesOf(w *world, g *given) {
	for key, n := range members(g.fields) {
		if slices.Contains(coins[g.command.text], key) {
			continue
		}
		switch key {
		case "user", "users", "synchronisation_user", "authorisers":
			r.namesIn(w, aUser, n)
		case "company", "companies", "give_companies":
			r.namesIn(w, aCompany, n)
		case "bill_to":
			r.namesIn(w, aPayer, n)
		case "system":
			r.namesIn(w, aSystem, n)
		case "document", "with":
			r.namesIn(w, aDocument, n)
		case "accounting_user":
			r.namesIn(w, anAccountOf(companies.SystemID(textAt(g.fields, "system"))), n)
		}
	}
}

// coins is the fields in which a command gives a new name.
var coins = map[string][]string{
	admin.CreateCompany{}.Name(): {"company"},
	admin.CreateSystem{}.Name():  {"system"},
	workflow.Upload{}.Name():     {"document"},
	workflow.Split{}.Name():      {"into"},
}
