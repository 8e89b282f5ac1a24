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
		return func(yield func(string) bool) {
			for u := range w.state.Office().Users() {
				if !yield(string(u.ID)) {
					return
				}
			}
			for u := range w.state.Office().DeletedUsers() {
				if !yield(string(u.ID)) {
					return
				}
			}
		}
	},
}

var aCompany = kind{
	"a company of this office",
	func(w *world, id string) bool { return w.company(companies.ID(id)) },
	func(w *world) iter.Seq[string] {
		return func(yield func(string) bool) {
			for c := range w.base.office().Companies() {
				if !yield(string(c.ID)) {
					return
				}
			}
		}
	},
}

// aPayer is whom an authoriser can be billed to.
var aPayer = kind{
	"office, or a company of this office",
	func(w *world, id string) bool { return id == companies.Office || aCompany.known(w, id) },
	aCompany.names,
}

var aSystem = kind{
	"an accounting system of this office",
	func(w *world, id string) bool { return w.system(companies.SystemID(id)) },
	func(w *world) iter.Seq[string] {
		return func(yield func(string) bool) {
			for s := range w.base.office().Systems() {
				if !yield(string(s.ID)) {
					return
				}
			}
		}
	},
}

var aDocument = kind{
	"a document of the office file",
	func(w *world, id string) bool { return w.everDocument(documents.ID(id)) },
	func(w *world) iter.Seq[string] {
		return func(yield func(string) bool) {
			for i := range w.base.file.Documents {
				if !yield(string(w.base.file.Documents[i].ID())) {
					return
				}
			}
		}
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
			return func(yield func(string) bool) {
				s, _ := w.state.Office().System(system)
				for i := range s.Users {
					if !yield(string(s.Users[i].ID)) {
						return
					}
				}
			}
		},
	}
}

// anOffice is the office itself, by its code.
var anOffice = kind{
	"the code of this office",
	func(w *world, id string) bool { return id == w.base.office().Code() },
	func(w *world) iter.Seq[string] {
		return func(yield func(string) bool) { yield(w.base.office().Code()) }
	},
}

// kindOf is the names of a type of resource.
var kindOf = map[policy.ResourceType]kind{
	policy.Document: aDocument, policy.Company: aCompany, policy.User: aUser,
	policy.Connection: aSystem, policy.Office: anOffice,
}

// wanted is what a name should have been.
func (k kind) wanted(w *world, found, prefix string) string {
	return perhaps(k.noun, found, prefix, k.names(w))
}

// perhaps adds to what was expected the name that was probably meant.
func perhaps(expected, found, prefix string, names iter.Seq[string]) string {
	if near, ok := strict.Nearest(found, slices.Collect(names)); ok {
		return expected + ", perhaps " + prefix + near
	}
	return expected
}

// named complains of a name that is not known. Where a command was refused it may be
// one that the command would have made known.
func (r *reader) named(w *world, k kind, n *yaml.Node, id string) bool {
	if w.refused || k.known(w, id) {
		return true
	}
	r.Fault(n, problems.Quote(id), k.wanted(w, id, ""))
	return false
}

// namesIn complains of the names that are not known in a text or in a list of texts.
// What is neither is complained of elsewhere.
func (r *reader) namesIn(w *world, k kind, n *yaml.Node) {
	value := strict.Follow(n)
	switch {
	case value.Kind == yaml.SequenceNode:
		for _, element := range value.Content {
			r.namesIn(w, k, element)
		}
	case value.Kind == yaml.ScalarNode && value.ShortTag() == "!!str":
		r.named(w, k, n, value.Value)
	}
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

// textAt is the text of a key of a mapping; empty where there is none.
func textAt(n *yaml.Node, key string) string {
	for name, value := range members(n) {
		if name == key {
			return strict.Follow(value).Value
		}
	}
	return ""
}

// resource reads "type:id" of something that is there, or, where unknown is expected,
// of anything.
func (r *reader) resource(w *world, at word, unknown bool) (kind policy.ResourceType, id string) {
	name, id, colon := strings.Cut(at.text, ":")
	kind, err := policy.ParseResourceType(name)
	switch {
	case unknown && colon:
		return kind, id
	case !colon || err != nil:
		r.Fault(at.node, strict.Describe(at.node), "type:id, of which the type is document, company, user, connection or office")
	case !w.refused && !kindOf[kind].known(w, id):
		r.Fault(at.node, problems.Quote(at.text), kindOf[kind].wanted(w, id, name+":"))
	}
	return kind, id
}
