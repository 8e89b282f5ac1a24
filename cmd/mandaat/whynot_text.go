package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/words"
)

// shown is how many remedies are printed for people, and mostNamed how many users.
const (
	shown     = 12
	mostNamed = 5
)

// text is the answer for people, in 80 columns.
func (r *whyNotReport) text() string {
	var b sheet
	b.write("", sayDecision(r.Allowed())+": "+r.explained.Context.Reason)
	switch {
	case r.Allowed():
		b.write("", words.Say("It is allowed already: there is nothing to change.").In(r.in))
		r.stands(&b)
		return b.String()
	case len(r.Remedies) == 0:
		b.write("", words.Say("No change would allow it.").In(r.in))
		for _, said := range r.fixed() {
			b.write("- ", said)
		}
	}
	r.remedies(&b, r.Remedies)
	r.forbidden(&b, words.Say("These would help and may not be, whoever makes them:"), r.Barred)
	r.unsought(&b, r.Cut)
	return b.String()
}

// remedies prints remedies, those that differ in one name together.
func (r *whyNotReport) remedies(b *sheet, list []review.Remedy) {
	groups := alike(list)
	for i, group := range groups {
		if i == shown {
			b.write("", "")
			b.write("", r.more(len(groups)-shown))
			return
		}
		r.group(b, i, group)
	}
}

// unsought says where there is more.
func (r *whyNotReport) unsought(b *sheet, cut bool) {
	if cut {
		b.write("", words.Say("There is more that was not looked for.").In(r.in))
	}
}

// sayDecision is the same in every language, for whatever reads the first line.
func sayDecision(allowed bool) string {
	if allowed {
		return "yes"
	}
	return "no"
}

func (r *whyNotReport) more(n int) string {
	return words.Say("And {count} more; --json has all.",
		words.Blank{Name: "count", With: words.Plain(strconv.Itoa(n))}).In(r.in)
}

// group prints remedies that differ in one name: the first with its number, what to
// change and who may, and the names that could be in the place of its own.
func (r *whyNotReport) group(b *sheet, i int, group []named) {
	b.write("", "")
	label := fmt.Sprintf("%d. ", i+1)
	blank := strings.Repeat(" ", len(label))
	for j, c := range group[0].Changes {
		b.write([...]string{label, blank}[min(j, 1)], c.In(r.in))
	}
	if len(group) > 1 {
		var others []string
		for _, m := range group[1:] {
			others = append(others, m.name)
		}
		b.write(blank, words.Say("Or the same with {others} in the place of {name}.",
			words.Blank{Name: "others", With: some(others, words.Or)},
			words.Blank{Name: "name", With: words.Plain(group[0].name)}).In(r.in))
	}
	b.write(blank, r.by(group[0].Remedy))
}

// named is a remedy with the one name in it that another could have another in its
// place of.
type named struct {
	review.Remedy
	name string
}

// alike is the remedies in groups that differ in one name, in the order of their
// first.
func alike(list []review.Remedy) (groups [][]named) {
	at := make(map[string]int)
	for _, m := range list {
		name := nameIn(m.Changes)
		key := fmt.Sprint(m.By) + strings.Join(texts(m.Changes), "\n")
		if name != "" {
			key = fmt.Sprint(m.By) + strings.ReplaceAll(strings.Join(texts(m.Changes), "\n"), name, "\x00")
		}
		i, ok := at[key]
		if !ok {
			i = len(groups)
			at[key], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], named{m, name})
	}
	return groups
}

// nameIn is the accounting-system user or the company that the first change that has
// one is about; empty where none has, or more than one.
func nameIn(list []review.Change) string {
	for _, c := range list {
		switch cmd := c.Command().(type) {
		case admin.LinkAccountingUser:
			return string(cmd.AccountingUser)
		case admin.ChooseSynchronisationUser:
			if cmd.AccountingUser != "" {
				return string(cmd.AccountingUser)
			}
		case admin.ChangeCompanyAccess:
			signed := strings.Fields(strings.TrimSuffix(c.String(), " for "+string(cmd.User)))[1:]
			if len(signed) == 1 {
				return signed[0][1:]
			}
		}
	}
	return ""
}

// by is who may make the changes of a remedy, and whether it is the office that
// they change.
func (r *whyNotReport) by(m review.Remedy) string {
	said := words.Say("Nobody may do all of this alone.")
	if len(m.By) > 0 {
		said = words.Say("By {users}.", words.Blank{Name: "users", With: some(m.By, words.And)})
	}
	switch {
	case m.ByOffice:
		return said.In(r.in)
	case slices.ContainsFunc(m.Changes, func(c review.Change) bool { return c.Command() != nil }):
		return said.In(r.in) + " " + words.Say("Not all of it is a change of the office.").In(r.in)
	}
	return said.In(r.in) + " " + words.Say("This is no change of the office.").In(r.in)
}

// some is a list of which only the first are named where they are many.
func some[T ~string](list []T, join func(...words.Said) words.Said) words.Said {
	first := list
	if len(list) > mostNamed+1 {
		first = list[:mostNamed]
	}
	return words.Few(first, len(list), join)
}

// forbidden prints what would do and may not be, below a heading.
func (r *whyNotReport) forbidden(b *sheet, heading words.Said, list []review.Barred) {
	if len(list) == 0 {
		return
	}
	b.write("", "")
	b.write("", heading.In(r.in))
	for i, m := range list {
		if i == shown {
			b.write("", r.more(len(list)-shown))
			return
		}
		var said []string
		for _, c := range m.Changes {
			said = append(said, c.In(r.in))
		}
		b.write("- ", strings.Join(said, " "))
		b.write("  ", m.Reason(r.in)+" ("+m.Code.String()+")")
	}
}
