package officefile

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/users"
)

// Place is where something begins in the text of a file: line and column count
// from 1, columns in characters. The zero Place is nowhere.
type Place struct{ Line, Column int }

// Places is where the entries of a file begin in the text that was read. What the
// file has no entry of is nowhere. The zero Places is that of a file without any.
type Places struct {
	office       Place
	systems      entries
	companies    entries
	users        entries
	documents    entries
	acknowledged []Place
}

// Office is where the office stands.
func (p Places) Office() Place { return p.office }

// System is where the entry of an accounting system begins.
func (p Places) System(id companies.SystemID) Place { return p.systems.of(string(id)) }

// Company is where the entry of a company begins.
func (p Places) Company(id companies.ID) Place { return p.companies.of(string(id)) }

// User is where the entry of a user begins.
func (p Places) User(id users.ID) Place { return p.users.of(string(id)) }

// Document is where the entry of a document begins.
func (p Places) Document(id documents.ID) Place { return p.documents.of(string(id)) }

// Acknowledgement is where an entry of [File.Acknowledged] begins, by its index
// there.
func (p Places) Acknowledgement(i int) Place {
	if i < 0 || i >= len(p.acknowledged) {
		return Place{}
	}
	return p.acknowledged[i]
}

// entries is where those of one kind begin, sorted by id: that takes less than a
// map of a hundred thousand users.
type entries []entry

type entry struct {
	id string
	Place
}

func (list entries) of(id string) Place {
	i, ok := slices.BinarySearchFunc(list, id, func(e entry, id string) int { return strings.Compare(e.id, id) })
	if !ok {
		return Place{}
	}
	return list[i].Place
}

// where notes where everything stands.
func (r *reader) where() Places {
	p := Places{
		systems:      entriesOf(r, "accounting_systems", r.systems, func(s *system) string { return string(s.ID) }),
		companies:    entriesOf(r, "companies", r.companies, func(c *company) string { return string(c.ID) }),
		users:        entriesOf(r, "users", r.users, func(u *user) string { return string(u.ID) }),
		documents:    entriesOf(r, "documents", r.documents, func(d *document) string { return string(d.ID) }),
		acknowledged: make([]Place, len(r.acknowledged)),
	}
	if key := r.Key("office"); key != nil {
		p.office = r.at(key)
	}
	for i, n := range r.Elements("acknowledged") {
		p.acknowledged[i] = r.at(n)
	}
	return p
}

// entriesOf notes where the elements of a list stand that were read from it.
func entriesOf[T any](r *reader, list string, read []T, id func(*T) string) entries {
	all := make(entries, len(read))
	for i, n := range r.Elements(list) {
		all[i] = entry{id(&read[i]), r.at(n)}
	}
	slices.SortFunc(all, func(a, b entry) int { return strings.Compare(a.id, b.id) })
	return all
}

func (r *reader) at(n *yaml.Node) Place {
	line, column := r.Place(n)
	return Place{line, column}
}
