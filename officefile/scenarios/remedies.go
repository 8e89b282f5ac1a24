package scenarios

import (
	"iter"
	"slices"
	"strings"

	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
)

// change is how a change of a remedy is written: its name, what is between, and then,
// behind a preposition, what is changed.
type change struct {
	name        string
	value       *kind  // nil where it is no single name
	preposition string // empty where nothing is behind the value
	target      *kind
}

// changesWritten is every change that there is, as package review writes them.
var changesWritten = []change{
	{"grant_role", &aRole, " to ", &aUser},
	{"revoke_role", &aRole, " from ", &aUser},
	{"change_roles", nil, " for ", &aUser},
	{"change_company_access", nil, " for ", &aUser},
	{"change_end_date", nil, " for ", &aUser},
	{"change_archive_right", nil, " for ", &aUser},
	{"change_bank_right", nil, " for ", &aUser},
	{"change_later_companies", nil, " for ", &aUser},
	{"change_bill_to", &aPayer, " for ", &aUser},
	{"link_accounting_user", nil, " for ", &aUser},
	{"unlink_accounting_user", &aSystem, " for ", &aUser},
	{"enter_accounting_password", &aSystem, " for ", &aUser},
	{"manage", nil, " for ", &aSystem},
	{"reconnect", &aSystem, "", nil},
	{"change_settings", nil, " for ", &aCompany},
	{"delete", &aCompany, "", nil},
	{"give", nil, "", nil},
	{"tell", nil, "", nil},
	{"await", nil, "", nil},
}

// aRole is a role, by its code.
var aRole = kind{
	"a role",
	func(_ *world, code string) bool { _, err := roles.Parse(code); return err == nil },
	func(*world) iter.Seq[string] {
		return ids(slices.Values(roles.All()), roles.Role.String)
	},
}

// remedies complains of changes that are none, and of the names in them that are not
// known. No remedy could be like those.
func (r *reader) remedies(w *world, q *question) {
	if q.expected.code == policy.UnknownUser { // who asks may be named in a remedy
		return
	}
	for _, remedy := range q.expected.whyNot {
		for _, written := range remedy {
			if written.node != nil && isText(strict.Follow(written.node)) {
				r.change(w, written)
			}
		}
	}
}

func (r *reader) change(w *world, written word) {
	name, rest, _ := strings.Cut(written.text, " ")
	i := slices.IndexFunc(changesWritten, func(c change) bool { return c.name == name })
	if i < 0 {
		r.Fault(written.node, problems.Quote(written.text), perhaps("a change such as \"grant_role authoriser to bob\"", name, "", changeNames))
		return
	}
	c := changesWritten[i]
	value, target := c.cut(w, rest)
	company := c.unknownCompany(w, value)
	switch {
	case company != "":
		r.Fault(written.node, problems.Quote(company)+" in "+problems.Quote(written.text), aCompany.wanted(w, company, ""))
	case c.target != nil && !c.target.in(w, target):
		r.Fault(written.node, problems.Quote(target)+" in "+problems.Quote(written.text), c.target.wanted(w, target, ""))
	case c.value != nil && !c.value.in(w, value):
		r.Fault(written.node, problems.Quote(value)+" in "+problems.Quote(written.text), c.value.wanted(w, value, ""))
	}
}

// cut takes what is behind the name of a change apart, where the target is known, which
// may have the preposition in its name; and else at the last preposition.
func (c change) cut(w *world, rest string) (value, target string) {
	if c.target == nil {
		return rest, ""
	}
	last := strings.LastIndex(rest, c.preposition)
	for i := last; i >= 0; i = strings.LastIndex(rest[:i], c.preposition) {
		if target := rest[i+len(c.preposition):]; c.target.in(w, target) {
			return rest[:i], target
		}
	}
	if last < 0 {
		return rest, ""
	}
	return rest[:last], rest[last+len(c.preposition):]
}

// unknownCompany is the first company in "+bakery -garage" that is not known. An id with
// a blank in it cannot be told from two, so then none is.
func (c change) unknownCompany(w *world, value string) string {
	list := strings.Fields(value)
	signed := func(word string) bool { return len(word) > 1 && strings.ContainsAny(word[:1], "+-") }
	if c.name != "change_company_access" || slices.ContainsFunc(list, func(word string) bool { return !signed(word) }) {
		return ""
	}
	for _, word := range list {
		if !aCompany.in(w, word[1:]) {
			return word[1:]
		}
	}
	return ""
}

func changeNames(yield func(string) bool) {
	for i := range changesWritten {
		if !yield(changesWritten[i].name) {
			return
		}
	}
}
