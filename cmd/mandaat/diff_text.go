package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/users"
)

// diffText is a difference for people: on the first line same or differs, which are
// the same in every language. Whose access was never anybody else's to leave, since
// they were not there before or are not after, is not told.
func diffText(t review.Teller, d review.Difference, inBoth func(users.ID) bool) string {
	if d.IsEmpty() {
		return "same\n"
	}
	var b sheet
	b.indented("", "", "differs")
	b.blocks(t, d.Gained.Groups(), d.Lost.Groups())
	var more []string
	for _, e := range d.Ends {
		more = append(more, t.End(e))
	}
	for _, a := range d.Access {
		if inBoth(a.User) {
			more = append(more, t.Access(a))
		}
	}
	if len(more) > 0 {
		b.indented("", "", "")
	}
	for _, text := range more {
		b.indented("", "  ", text)
	}
	return b.String()
}

// block is what the same users gain and lose.
type block struct {
	users        []users.ID
	gained, lost []review.Group
}

// blocksOf puts together what the same users gain and lose, in order of the first.
func blocksOf(gained, lost []review.Group) (list []*block) {
	at := map[string]*block{}
	of := func(g review.Group) *block {
		var key strings.Builder
		for _, id := range g.Users {
			key.WriteString(string(id) + "\x00") // no id has it
		}
		b, ok := at[key.String()]
		if !ok {
			b = &block{users: g.Users}
			at[key.String()], list = b, append(list, b)
		}
		return b
	}
	for _, g := range gained {
		b := of(g)
		b.gained = append(b.gained, g)
	}
	for _, g := range lost {
		b := of(g)
		b.lost = append(b.lost, g)
	}
	slices.SortStableFunc(list, func(a, b *block) int { return cmp.Compare(a.users[0], b.users[0]) })
	return list
}

// blocks writes what users gain and lose: the users, and below them a paragraph for
// each group.
func (s *sheet) blocks(t review.Teller, gained, lost []review.Group) {
	for _, of := range blocksOf(gained, lost) {
		s.indented("", "", "")
		s.indented("", "  ", t.Users(of.users))
		s.groups(t, "  + ", of.gained)
		s.groups(t, "  - ", of.lost)
	}
}

// groups writes the actions of each group behind a mark, and below them what there
// is to say of them.
func (s *sheet) groups(t review.Teller, mark string, list []review.Group) {
	indent := strings.Repeat(" ", len(mark))
	for _, g := range list {
		s.indented(mark, indent, actionList(g.Actions))
		for _, clause := range t.Group(g) {
			s.indented(indent+"  ", indent+"    ", clause)
		}
	}
}

func actionList(actions []policy.Action) string {
	list := make([]string, len(actions))
	for i, a := range actions {
		list[i] = a.String()
	}
	return strings.Join(list, ", ")
}
