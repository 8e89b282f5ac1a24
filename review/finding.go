package review

import (
	"iter"
	"slices"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// Rule is what an access review looks for: "R1" to "R6", "O1" to "O18", "S1" to
// "S6". Ids are stable for ever. The zero Rule is none.
type Rule struct {
	ID     string
	Level  roles.Level
	Source string // the articles or standards, by short name
	// Title is one English sentence: what is found, whoever it is about.
	Title string
}

// In is the title in a language.
func (r Rule) In(l words.Language) string { return words.Say(r.Title).In(l) }

// Rules goes through the rules, in the order R, O, S and by number.
func Rules() iter.Seq[Rule] { return slices.Values(findingRules[:]) }

// RuleOf is the rule that an id names, spelt exactly: "O12".
func RuleOf(id string) (Rule, bool) {
	for _, rule := range findingRules {
		if rule.ID == id {
			return rule, true
		}
	}
	return Rule{}, false
}

// Finding is one thing that an access review would object to. The zero Finding is
// none.
type Finding struct {
	Rule
	User     users.ID           // whom it is about; empty where it is about nobody or several
	Users    []users.ID         // whom it is about, sorted, where it is about several
	Company  companies.ID       // empty where it is about none
	System   companies.SystemID // the same
	Document documents.ID       // the same
	// Mend is the smallest change that would clear it without causing a new error,
	// in the order to carry it out. It is empty where nothing that this office could
	// change is safe and would clear it; then the message says what must happen.
	// Findings can share one, which is for reading only.
	Mend []Change
	// Acknowledged is the acknowledgement that meets it and has not expired; nil
	// where there is none. See Acknowledge.
	Acknowledged *Acknowledgement

	message words.Said
}

// Message is what was found, as a sentence in a language.
func (f Finding) Message(l words.Language) string {
	if f.message == nil {
		return ""
	}
	return f.message.In(l)
}

// Findings is everything that an access review would object to in an office at a
// moment, and in the documents that are given; in the order of the rules, and
// within one by user, company and what else it is about. Who is active is judged by
// the office's day at that moment; on no day nobody is.
func Findings(state admin.State, docs []documents.Document, at time.Time) []Finding {
	s := surveyed(state.Office(), docs, at)
	s.lookAtUsers()
	s.lookAtDuties()
	s.lookAtOffice()
	s.lookAtDocuments()
	return s.all()
}
