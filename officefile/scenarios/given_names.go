package scenarios

import (
	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/workflow"
)

// naming is the fields of commands that name what must be there, by where they stand:
// below other fields, and in lists.
func naming(field string, system companies.SystemID) (kind, bool) {
	switch field {
	case "user", "users[]", "synchronisation_user", "authorisers[]":
		return aUser, true
	case "company", "companies[]", "give_companies[]", "account.companies[]", "accounts[].companies[]":
		return aCompany, true
	case "bill_to":
		return aPayer, true
	case "system":
		return aSystem, true
	case "document", "with[]":
		return aDocument, true
	case "settings[].code":
		return aSetting, true
	case "accounting_user", "people[].accounting_user":
		return anAccountOf(system), true
	}
	return kind{}, false
}

// coining is the fields in which a command gives a new name.
func coining(command, field string, system companies.SystemID) (kind, bool) {
	switch command + " " + field {
	case admin.CreateUsers{}.Name() + " people[].user", admin.ImportUsers{}.Name() + " people[].user":
		return aUser, true
	case admin.CreateCompany{}.Name() + " company":
		return aCompany, true
	case admin.CreateSystem{}.Name() + " system":
		return aSystem, true
	case admin.CreateSystem{}.Name() + " account.id", admin.FetchUsers{}.Name() + " accounts[].id", admin.ChooseSynchronisationUser{}.Name() + " account.id":
		return anAccountOf(system), true
	case workflow.Upload{}.Name() + " document", workflow.Split{}.Name() + " into[]":
		return aDocument, true
	}
	return kind{}, false
}

// namesOf complains of the names that are not known in the fields of a command, and of
// new names of documents that are not new: whether they are, nobody else knows.
func (r *reader) namesOf(w *world, g *given) {
	system := companies.SystemID(textAt(g.fields, "system"))
	for field, n := range fieldsIn("", g.fields) {
		value := strict.Follow(n)
		if !isText(value) {
			continue
		}
		if k, ok := coining(g.command.text, field, system); ok {
			if k.noun == aDocument.noun && k.in(w, value.Value) && value.Value != kept(g) {
				r.Fault(n, problems.Quote(value.Value)+", which is a document already", "an id that no document has or had")
			}
			k.promise(w, value.Value)
			continue
		}
		if k, ok := naming(field, system); ok && (k.noun != anAccountOf(system).noun || aSystem.in(w, string(system))) {
			r.named(w, k, n, value.Value)
		}
	}
}

// kept is the document of which a part may keep the id.
func kept(g *given) string {
	if g.command.text == (workflow.Split{}).Name() {
		return textAt(g.fields, "document")
	}
	return ""
}

// fieldsIn goes through the texts and other single values in the fields of a command,
// each with where it stands: "user", "users[]", "people[].user".
func fieldsIn(at string, n *yaml.Node) func(yield func(string, *yaml.Node) bool) {
	return func(yield func(string, *yaml.Node) bool) { walkFields(at, n, yield) }
}

func walkFields(at string, n *yaml.Node, yield func(string, *yaml.Node) bool) bool {
	switch strict.Follow(n).Kind {
	case yaml.MappingNode:
		for key, value := range members(n) {
			below := problems.Join(at, key)
			if !walkFields(below, value, yield) {
				return false
			}
		}
	case yaml.SequenceNode:
		for _, element := range elements(n) {
			if !walkFields(at+"[]", element, yield) {
				return false
			}
		}
	default:
		return yield(at, n)
	}
	return true
}
