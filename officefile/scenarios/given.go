package scenarios

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/workflow"
)

// bySoftware is the commands that the software gives by itself, and no user does.
var bySoftware = []string{admin.MarkUsed{}.Name(), admin.RecordDisconnection{}.Name()}

// carryOut carries out a command that is given. One that is malformed, or names what is
// not there, is complained of; one that is refused fails the scenario, and none after it
// is carried out.
func (r *reader) carryOut(s *Scenario, g *given) {
	before := r.Count()
	if g.actor.node != nil {
		r.named(s.world, aUser, g.actor.node, g.actor.text)
	}
	if !r.command(g) || g.fields == nil {
		return
	}
	c := r.fieldsOf(s.world, g)
	if c == nil || r.Count() > before || s.world.refused {
		return
	}
	err := c(s)
	if err == nil {
		return
	}
	line, column := r.Place(g.node)
	if refusals := changes.Refusals(err); len(refusals) > 0 {
		s.refused, s.world.refused = []Failure{refusedCommand(line, column, g, refusals)}, true
		return
	}
	for _, p := range problems.All(err) {
		r.wrongWith(g, p)
	}
}

// command complains of a command that is none, or of one that nobody gives although
// somebody must.
func (r *reader) command(g *given) bool {
	if g.command.node == nil { // complained of already
		return false
	}
	switch fields := commandFields(g.command.text); {
	case fields == nil:
		all := slices.Concat(admin.CommandNames(), workflow.CommandNames())
		r.Fault(g.command.node, problems.Quote(g.command.text), perhaps("a command such as user.grant_role", g.command.text, "", slices.Values(all)))
		return false
	case g.actor.node == nil && !slices.Contains(bySoftware, g.command.text):
		r.Fault(g.command.node, g.command.text+" without the user who gives it", "[user, "+g.command.text+", {its fields}]")
		return false
	}
	return true
}

// commandFields is the fields of a command of the office or of a document; nil where
// there is no such command.
func commandFields(name string) []changes.Field {
	if fields := admin.CommandFields(name); fields != nil {
		return fields
	}
	return workflow.CommandFields(name)
}

// fieldsOf reads a command from its fields, of which everything that is wrong is
// complained of. It is nil where that does not leave a command.
func (r *reader) fieldsOf(w *world, g *given) func(*Scenario) error {
	before := r.Count()
	r.namesOf(w, g)
	text, meant := r.commandText(g)
	if text == nil {
		return nil
	}
	run, err := readCommand(g, text)
	r.wrongFields(g, slices.DeleteFunc(problems.All(err), func(p *problems.Problem) bool { return slices.Contains(meant, p.Path) }))
	if err != nil || r.Count() > before { // what an alias stands for is complained of once
		return nil
	}
	return run
}

// readCommand reads a command of the office, or else of a document.
func readCommand(g *given, text []byte) (func(*Scenario) error, error) {
	if admin.CommandFields(g.command.text) == nil {
		c, err := workflow.ReadCommand(text)
		return func(s *Scenario) error { return s.move(g, c) }, err
	}
	c, err := admin.ReadCommand(text)
	return func(s *Scenario) error { return s.change(g, c) }, err
}

// commandText is the command as JSON, without the fields that it does not have, which
// are complained of, and the fields that were probably meant by those; nil where it
// cannot be written.
func (r *reader) commandText(g *given) (text []byte, meant []string) {
	fields, _ := strict.ValueOf(r.Document, g.fields).(map[string]any)
	known := []string{versionField}
	for _, f := range commandFields(g.command.text) {
		known = append(known, f.Key)
	}
	for key := range members(g.fields) {
		if !slices.Contains(known, key) {
			delete(fields, key)
			if near, ok := strict.Nearest(key, known); ok {
				meant = append(meant, near)
			}
			r.Fault(keyOf(g.fields, key), "the field "+problems.Quote(key),
				perhaps("a field of "+g.command.text+": "+strings.Join(known[1:], ", "), key, "", slices.Values(known)))
		}
	}
	fields["command"] = g.command.text
	if !r.plainNumbers(g.fields) {
		return nil, nil
	}
	text, err := json.Marshal(fields)
	if err != nil {
		r.Fault(g.fields, "fields that JSON cannot write ("+err.Error()+")", "plain values")
	}
	return text, meant
}

// versionField is the field that each command of the office may have.
const versionField = "if_version"

// plainNumbers complains of numbers that JSON does not know, such as 0x10.
func (r *reader) plainNumbers(n *yaml.Node) bool {
	plain := true
	for _, child := range strict.Follow(n).Content {
		value := strict.Follow(child)
		tag := value.ShortTag()
		if (tag == "!!int" || tag == "!!float") && !json.Valid([]byte(value.Value)) {
			r.Fault(child, strict.Describe(child), "a number in plain digits, such as 30, or a text; quote it: "+problems.Quote(value.Value))
			plain = false
		}
		plain = r.plainNumbers(child) && plain
	}
	return plain
}

// wrongFields complains of what is wrong with the fields of a command, and then of
// those that are not there: all that a mapping lacks at once. What is wrong with a
// whole where something in it is wrong may follow from that, and is not told.
func (r *reader) wrongFields(g *given, list []*problems.Problem) {
	list = slices.DeleteFunc(list, func(p *problems.Problem) bool {
		return slices.ContainsFunc(list, func(other *problems.Problem) bool { return within(other.Path, p.Path) })
	})
	lacking := make(map[string][]string) // what a mapping has not, by its path
	var paths []string
	for _, p := range list {
		if parent, key := cutLast(p.Path); p.Found == "nothing" && key != "" {
			paths, lacking[parent] = append(paths, parent), append(lacking[parent], key)
		}
	}
	for _, p := range list {
		if parent, key := cutLast(p.Path); !slices.Contains(lacking[parent], key) {
			r.wrongWith(g, p)
		}
	}
	for _, path := range slices.Compact(paths) {
		r.Within(g.fields).FaultAt(path, cmp.Or(path, g.command.text)+" without "+strings.Join(lacking[path], ", "), fieldsExpected(lacking[path]))
	}
}

func fieldsExpected(keys []string) string {
	if len(keys) == 1 {
		return "the field " + keys[0]
	}
	return "the fields " + strings.Join(keys, ", ")
}

// within says whether a path leads below another.
func within(path, other string) bool {
	rest, ok := strings.CutPrefix(path, other)
	return ok && rest != "" && (other == "" || rest[0] == '.' || rest[0] == '[')
}

// cutLast takes the last key off a path: "people[0].user" is "people[0]" and "user".
func cutLast(path string) (parent, key string) {
	i := strings.LastIndex(path, ".")
	return path[:max(i, 0)], path[i+1:]
}

// wrongWith complains of what is wrong with a command.
func (r *reader) wrongWith(g *given, p *problems.Problem) {
	path := p.Path
	if path == "at" {
		r.Fault(g.node, "a command at "+p.Found, p.Expected)
		return
	}
	if quoted, ok := strings.CutPrefix(p.Found, "the key "); ok { // one it does not know
		if key, err := strconv.Unquote(quoted); err == nil {
			path = problems.Join(path, key)
		}
	}
	r.wrongValue(g.fields, path, p)
}

// change carries out a command of the office.
func (s *Scenario) change(g *given, c admin.Command) error {
	state, _, err := admin.Apply(s.world.state, users.ID(g.actor.text), s.At, c)
	s.world.state = state
	return err
}

// move carries out a command of a document.
func (s *Scenario) move(g *given, c workflow.Command) error {
	var doc documents.Document
	var others []documents.Document
	if c.Name() != (workflow.Upload{}).Name() {
		d, ok := s.world.document(documents.ID(textAt(g.fields, "document")))
		if !ok {
			return s.gone(g, textAt(g.fields, "document"))
		}
		doc = *d
	}
	if merge, ok := c.(workflow.Merge); ok {
		for id := range merge.With.All() {
			d, ok := s.world.document(id)
			if !ok {
				return s.gone(g, string(id))
			}
			others = append(others, *d)
		}
	}
	result, err := workflow.Do(s.world.state.Snapshot(), doc, users.ID(g.actor.text), s.At, c, others...)
	if err != nil {
		return err
	}
	return s.moved(g, &result)
}

// gone is the refusal to move a document that was there, or would have been.
func (s *Scenario) gone(g *given, id string) error {
	action, _ := policy.ParseAction(g.command.text)
	return changes.Denied(g.command.text, s.world.state.Snapshot(), policy.Request{
		Subject: users.ID(g.actor.text), Action: action, Resource: policy.Resource{Type: policy.Document, ID: id}, At: s.At,
	})
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
