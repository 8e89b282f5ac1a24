package officefile

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/problems"
)

// kind finds identifiers of one kind that a reader could take for each other:
// those that differ only by case or by Unicode normalisation form.
type kind struct {
	*reader
	field string // "id" or "username"
	fold  cases.Caser
	first map[string]holder // by folded identifier
}

// holder is an identifier and the element of the file that has it.
type holder struct {
	name, list string
	index      int
}

func (n holder) path(field string) string { return problems.At(n.list, n.index) + "." + field }

func (r *reader) kind(field string) *kind {
	return &kind{r, field, cases.Fold(), make(map[string]holder)}
}

// add compares an identifier with those before it. One that is spelt the same is
// a duplicate, which is another complaint.
func (k *kind) add(name, list string, index int) {
	n, folded := holder{name, list, index}, k.folded(name)
	other, taken := k.first[folded]
	if !taken {
		k.first[folded] = n
		return
	}
	if other.name != name {
		k.complain(n, other)
	}
}

func (k *kind) complain(n, other holder) {
	quote := problems.Quote
	if norm.NFKC.String(n.name) == norm.NFKC.String(other.name) { // they may even be drawn alike
		quote = strconv.QuoteToASCII
	}
	k.FaultAt(n.path(k.field), quote(n.name), fmt.Sprintf(
		"%s that differs from %s (line %d) by more than case or Unicode form",
		map[string]string{"id": "an id", "username": "a username"}[k.field],
		quote(other.name), k.LineOf(other.path(k.field))))
}

// folded is the same for all spellings of an identifier that look alike.
func (k *kind) folded(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return norm.NFKC.String(k.fold.String(norm.NFKC.String(s)))
		}
	}
	return strings.ToLower(s)
}

// lookalikes complains of identifiers that look like another of their kind.
func (r *reader) lookalikes() {
	r.userLookalikes()
	r.companyLookalikes()
	systems := r.kind("id")
	for i := range r.systems {
		systems.add(string(r.systems[i].ID), "accounting_systems", i)
		own, list := r.kind("id"), problems.At("accounting_systems", i)+".users"
		for j := range r.systems[i].users {
			own.add(string(r.systems[i].users[j].ID), list, j)
		}
	}
	docs := r.kind("id")
	for i := range r.documents {
		docs.add(string(r.documents[i].ID), "documents", i)
	}
}

// userLookalikes takes users and deleted users for one kind.
func (r *reader) userLookalikes() {
	ids, usernames := r.kind("id"), r.kind("username")
	for i := range r.users {
		ids.add(string(r.users[i].ID), "users", i)
		usernames.add(r.users[i].Username, "users", i)
	}
	for i, u := range r.deleted {
		ids.add(string(u.ID), "deleted_users", i)
		usernames.add(u.Username, "deleted_users", i)
	}
}

func (r *reader) companyLookalikes() {
	ids := r.kind("id")
	for i, c := range r.companies {
		if c.ID != companies.Office && ids.folded(string(c.ID)) == companies.Office {
			r.FaultAt(problems.At("companies", i)+".id", problems.Quote(string(c.ID)),
				"another id: this one looks like office, which stands for the office itself")
		}
		ids.add(string(c.ID), "companies", i)
	}
}
