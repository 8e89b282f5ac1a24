package scenarios

import (
	"iter"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// kind is a kind of names: what one is called, whether there is one, and all there
// are, of which the nearest is told where there is none.
type kind struct {
	noun  string
	known func(w *world, id string) bool
	names func(w *world) iter.Seq[string]
}

var aUser = kind{
	"a user of this office",
	func(w *world, id string) bool { return w.user(users.ID(id)) },
	func(w *world) iter.Seq[string] {
		return both(
			ids(w.state.Office().Users(), func(u users.User) users.ID { return u.ID }),
			ids(w.state.Office().DeletedUsers(), func(u users.Deleted) users.ID { return u.ID }))
	},
}

var aCompany = kind{
	"a company of this office",
	func(w *world, id string) bool { return w.company(companies.ID(id)) },
	func(w *world) iter.Seq[string] {
		return ids(w.state.Office().Companies(), func(c companies.Company) companies.ID { return c.ID })
	},
}

// aPayer is whom an authoriser can be billed to.
var aPayer = kind{
	"office, or a company of this office",
	func(w *world, id string) bool { return id == companies.Office || aCompany.in(w, id) },
	func(w *world) iter.Seq[string] {
		return both(slices.Values([]string{companies.Office}), aCompany.names(w))
	},
}

var aSystem = kind{
	"an accounting system of this office",
	func(w *world, id string) bool { return w.system(companies.SystemID(id)) },
	func(w *world) iter.Seq[string] {
		return ids(w.state.Office().Systems(), func(s sync.System) companies.SystemID { return s.ID })
	},
}

var aDocument = kind{
	"a document of the office file",
	func(w *world, id string) bool { return w.everDocument(documents.ID(id)) },
	func(w *world) iter.Seq[string] {
		return ids(slices.Values(w.documents()), func(d documents.Document) documents.ID { return d.ID() })
	},
}

// aSetting is the codes of the settings that companies have here.
var aSetting = kind{
	"a company setting of this office",
	func(w *world, code string) bool {
		_, ok := w.state.Office().SettingKind(code)
		return ok
	},
	func(w *world) iter.Seq[string] {
		return ids(w.state.Office().SettingKinds(), func(k companies.SettingKind) string { return k.Code })
	},
}

// anAccountOf is the users of an accounting system.
func anAccountOf(system companies.SystemID) kind {
	return kind{
		"a user of the accounting system " + problems.Quote(string(system)),
		func(w *world, id string) bool {
			_, now := w.state.Office().AccountingUser(system, sync.UserID(id))
			_, before := w.base.office().AccountingUser(system, sync.UserID(id))
			return now || before
		},
		func(w *world) iter.Seq[string] {
			s, _ := w.state.Office().System(system)
			return ids(slices.Values(s.Users), func(u sync.User) sync.UserID { return u.ID })
		},
	}
}

// anAccount is the users of all accounting systems.
var anAccount = kind{
	"a user of an accounting system of this office",
	func(w *world, id string) bool {
		for s := range w.state.Office().Systems() {
			if anAccountOf(s.ID).in(w, id) {
				return true
			}
		}
		return false
	},
	func(w *world) iter.Seq[string] {
		all := slices.Values([]string(nil))
		for s := range w.state.Office().Systems() {
			all = both(all, anAccountOf(s.ID).names(w))
		}
		return all
	},
}

// anOffice is the office itself, by its code.
var anOffice = kind{
	"the code of this office",
	func(w *world, id string) bool { return id == w.base.office().Code() },
	func(w *world) iter.Seq[string] { return slices.Values([]string{w.base.office().Code()}) },
}

// kindOf is the names of a type of resource.
var kindOf = map[policy.ResourceType]kind{
	policy.Document: aDocument, policy.Company: aCompany, policy.User: aUser,
	policy.Connection: aSystem, policy.Office: anOffice,
}

// ids is the ids of things.
func ids[T any, S ~string](list iter.Seq[T], id func(T) S) iter.Seq[string] {
	return func(yield func(string) bool) {
		for one := range list {
			if !yield(string(id(one))) {
				return
			}
		}
	}
}

// textsOf is names as texts.
func textsOf[S ~string](list []S) iter.Seq[string] {
	return ids(slices.Values(list), func(name S) S { return name })
}

// both is one after the other.
func both(a, b iter.Seq[string]) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, list := range [...]iter.Seq[string]{a, b} {
			for name := range list {
				if !yield(name) {
					return
				}
			}
		}
	}
}

// wanted is what a name should have been.
func (k kind) wanted(w *world, found, prefix string) string {
	if _, id, ok := strings.Cut(found, ":"); ok && k.in(w, id) { // with its type
		return k.noun + ", perhaps " + prefix + id
	}
	if w.base.compared > mostCompared {
		return k.noun
	}
	all := slices.Collect(k.names(w))
	w.base.compared += len(all)
	return perhaps(k.noun, found, prefix, slices.Values(all))
}

// mostCompared is how many names of an office are compared with unknown ones: in a large
// office, the first hundreds of these are told which was probably meant.
const mostCompared = 2_000_000

// perhaps adds to what was expected the name that was probably meant.
func perhaps(expected, found, prefix string, names iter.Seq[string]) string {
	if near, ok := strict.Nearest(found, slices.Collect(names)); ok {
		return expected + ", perhaps " + prefix + near
	}
	return expected
}

// promise is a name that a command gives.
type promise struct{ noun, id string }

// in says whether there is such a name, or was, or would have been had the command not
// been refused that gives it: the refusal is then what is wrong, and is told.
func (k kind) in(w *world, id string) bool {
	return k.known(w, id) || w.promised[promise{k.noun, id}]
}

func (k kind) promise(w *world, id string) {
	if w.promised == nil {
		w.promised = make(map[promise]bool)
	}
	w.promised[promise{k.noun, id}] = true
}

// named complains of a name that is not known.
func (r *reader) named(w *world, k kind, n *yaml.Node, id string) bool {
	if k.in(w, id) {
		return true
	}
	r.Fault(n, problems.Quote(id), k.wanted(w, id, ""))
	return false
}

// namesIn complains of the names that are not known in a text or in a list of texts.
// What is neither is complained of elsewhere.
func (r *reader) namesIn(w *world, k kind, n *yaml.Node) {
	value := strict.Follow(n)
	for _, element := range elements(n) {
		r.namesIn(w, k, element)
	}
	if isText(value) {
		r.named(w, k, n, value.Value)
	}
}

func isText(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!str" }

// elements is the elements of a list; none of anything else.
func elements(n *yaml.Node) []*yaml.Node {
	if list := strict.Follow(n); list.Kind == yaml.SequenceNode {
		return list.Content
	}
	return nil
}

// members goes through the keys of a mapping and their values.
func members(n *yaml.Node) iter.Seq2[string, *yaml.Node] {
	return func(yield func(string, *yaml.Node) bool) {
		if n == nil {
			return
		}
		list := strict.Follow(n).Content
		for i := 0; i+1 < len(list); i += 2 {
			if !yield(list[i].Value, list[i+1]) {
				return
			}
		}
	}
}

// keyOf is the node of a key of a mapping.
func keyOf(n *yaml.Node, key string) *yaml.Node {
	list := strict.Follow(n).Content
	for i := 0; i+1 < len(list); i += 2 {
		if list[i].Value == key {
			return list[i]
		}
	}
	return n
}

// valueOf is the value of a key of a mapping; nil where there is none.
func valueOf(n *yaml.Node, key string) *yaml.Node {
	for name, value := range members(n) {
		if name == key {
			return value
		}
	}
	return nil
}

// textAt is the text of a key of a mapping; empty where there is none.
func textAt(n *yaml.Node, key string) string {
	value := valueOf(n, key)
	if value == nil || !isText(strict.Follow(value)) {
		return ""
	}
	return strict.Follow(value).Value
}

// target is a resource as it is written, type:id, of which the type is 0 where there is
// no such type.
type target struct {
	kind       policy.ResourceType
	written    string // the type
	id         string
	complained bool
}

// resource reads type:id of something that is there, or, where unknown is expected, of
// anything.
func (r *reader) resource(w *world, at word, unknown bool) target {
	written, id, colon := strings.Cut(at.text, ":")
	kind, err := policy.ParseResourceType(written)
	t := target{kind: kind, written: written, id: id}
	switch {
	case unknown && colon:
		return t
	case !colon:
		r.Fault(at.node, strict.Describe(at.node), meantBy(w, "", at.text))
	case err != nil:
		r.Fault(at.node, problems.Quote(at.text), meantBy(w, written, id))
	case !kindOf[kind].in(w, id):
		r.Fault(at.node, problems.Quote(at.text), kindOf[kind].wanted(w, id, written+":"))
	default:
		return t
	}
	t.complained = true
	return t
}

// meantBy is what a resource of an unknown type should have been: of the type that was
// probably meant, or else of one that has something by that id.
func meantBy(w *world, written, id string) string {
	var types, having []string
	for t := policy.Document; t <= policy.Office; t++ {
		types = append(types, t.String())
		if kindOf[t].in(w, id) {
			having = append(having, t.String())
		}
	}
	if near, ok := strict.Nearest(written, types); ok {
		having = []string{near}
	}
	expected := "type:id, of which the type is one of " + strings.Join(types, ", ")
	if len(having) == 0 {
		return expected
	}
	return expected + ", perhaps " + having[0] + ":" + id
}
