package review

import (
	"slices"
	"strconv"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// Teller says in words what rights are. The zero Teller says all of it in English.
type Teller struct {
	Language words.Language
	// Most is how many names of a list are said before "and so many more"; 0 is all.
	Most int
}

// Users says who they are.
func (t Teller) Users(ids []users.ID) string { return listed(t, ids).In(t.Language) }

// Group says what the actions of a group are on and asked with, a clause for each
// thing there is to say.
func (t Teller) Group(g Group) (clauses []string) {
	for _, said := range [...]words.Said{t.kinds(g), t.on(g), t.who(g), t.with(g)} {
		if said != nil {
			clauses = append(clauses, said.In(t.Language))
		}
	}
	return clauses
}

// End says how a user's stay differs.
func (t Teller) End(e EndDifference) string {
	user := plain("user", e.User)
	switch {
	case !e.Before.Active:
		return words.Say("{user} has the end date {after}.", user, dayOf("after", e.After)).In(t.Language)
	case !e.After.Active:
		return words.Say("{user} had the end date {before}.", user, dayOf("before", e.Before)).In(t.Language)
	case e.Before.Date == e.After.Date:
		return words.Say("{user} ends on {after} in another time zone.", user, dayOf("after", e.After)).In(t.Language)
	}
	return words.Say("The end date of {user} was {before} and is {after}.", user, dayOf("before", e.Before), dayOf("after", e.After)).In(t.Language)
}

func dayOf(name string, e End) words.Blank {
	if e.Date.IsZero() {
		return blank(name, words.Say("none"))
	}
	return blank(name, words.Plain(e.Date.String()))
}

// Access says how a user's access differs, that somebody can only leave as it is.
func (t Teller) Access(a AccessDifference) string {
	user, given, taken := plain("user", a.User), blank("given", listed(t, a.Given)), blank("taken", listed(t, a.Taken))
	switch {
	case len(a.Taken) == 0:
		return words.Say("The access of {user} that others can only leave as it is has {given} too.", user, given).In(t.Language)
	case len(a.Given) == 0:
		return words.Say("The access of {user} that others can only leave as it is has {taken} no longer.", user, taken).In(t.Language)
	}
	return words.Say("The access of {user} that others can only leave as it is has {given} too, and {taken} no longer.", user, given, taken).In(t.Language)
}

// listed is names, as many as may be said.
func listed[T ~string](t Teller, ids []T) words.Said {
	if t.Most == 0 || len(ids) <= t.Most {
		return names(ids)
	}
	return words.Say("{names} and {count} more", blank("names", words.Plain(joinedNames(ids[:t.Most]))), counted(len(ids)-t.Most))
}

func joinedNames[T ~string](ids []T) (text string) {
	for i, id := range ids {
		if i > 0 {
			text += ", "
		}
		text += string(id)
	}
	return text
}

func counted(n int) words.Blank { return plain("count", strconv.Itoa(n)) }

// lefts is what is not among ids, of all there is, where a list is better told by
// that: where all are among them, or nearly.
func lefts[T ~string](ids, all []T) (left []T, ok bool) {
	for _, id := range all {
		if _, found := slices.BinarySearch(ids, id); !found {
			left = append(left, id)
		}
	}
	ok = len(ids) > 1 && 3*len(left) < len(ids) && len(left) <= 5
	return left, ok
}

// companies is some companies, or all of them, or nearly.
func (t Teller) companies(g Group, ids []companies.ID) words.Said {
	left, ok := lefts(ids, g.inOffice().companies)
	switch {
	case !ok || len(g.inOffice().companies) < 3:
		return listed(t, ids)
	case len(left) == 0:
		return words.Say("all {count} companies", counted(len(ids)))
	}
	return words.Say("all companies but {names}", blank("names", names(left)))
}

// on says what the actions are on.
func (t Teller) on(g Group) words.Said {
	switch g.Actions[0].On() {
	case policy.Document:
		return words.Say("of {companies}", blank("companies", t.companies(g, g.Companies)))
	case policy.Company:
		return words.Say("on {on}", blank("on", t.companies(g, g.Companies)))
	case policy.Connection:
		return words.Say("on {on}", blank("on", listed(t, g.Connections)))
	case policy.User:
		return words.Say("on {on}", blank("on", t.targets(g)))
	default:
		return words.Say("on {on}", plain("on", policy.OfOffice(g.Office).String()))
	}
}

// targets says on whom. Whoever it is about is told apart from the others.
func (t Teller) targets(g Group) words.Said {
	if len(g.Targets) == 0 {
		return words.Say("themselves")
	}
	all, ids := g.inOffice().users, g.Targets
	if len(g.Users) == 1 {
		notThem := func(id users.ID) bool { return id == g.Users[0] }
		all, ids = slices.DeleteFunc(slices.Clone(all), notThem), slices.DeleteFunc(slices.Clone(ids), notThem)
	}
	left, ok := lefts(ids, all)
	switch {
	case ok && len(left) == 0:
		return either(g.Self, words.Say("every user"), words.Say("every other user"))
	case ok:
		but := blank("names", names(left))
		return either(g.Self, words.Say("every user but {names}", but), words.Say("every other user but {names}", but))
	case g.Self:
		return words.Say("themselves and {names}", blank("names", listed(t, ids)))
	case slices.ContainsFunc(g.Users, func(id users.ID) bool { return slices.Contains(ids, id) }):
		return words.Say("{names}, but not themselves", blank("names", listed(t, ids)))
	}
	return listed(t, ids)
}

// who says whom the actions name.
func (t Teller) who(g Group) words.Said {
	switch {
	case len(g.Who) == 0:
		return nil
	case g.Actions[0] == policy.ConnectionManage:
		return words.Say("choosing {names}", blank("names", listed(t, g.Who)))
	}
	return words.Say("to {names}", blank("names", listed(t, g.Who)))
}

// documentKindNames is how the kinds of one stage are told apart.
var documentKindNames = []struct {
	kind DocumentKind
	said words.Said
}{
	{DocumentKind{Assigned: documents.NeverAssigned}, words.Say("never assigned")},
	{DocumentKind{Assigned: documents.EverAssigned}, words.Say("once assigned")},
	{DocumentKind{Turn: TurnTheirs}, words.Say("in their turn")},
	{DocumentKind{Turn: TurnAnothers}, words.Say("in another's turn")},
}

// stageNames is how documents of each stage are told.
var stageNames = [...]words.Said{
	documents.Tagging:       words.Say("ready for tagging"),
	documents.Authorisation: words.Say("being authorised"),
	documents.Booking:       words.Say("ready for booking"),
	documents.Archived:      words.Say("archived"),
}

// kinds says of which kinds the documents are.
func (t Teller) kinds(g Group) words.Said {
	if g.Actions[0].On() != policy.Document {
		return nil
	}
	if len(g.With) == len(documentKinds) {
		return words.Say("all documents")
	}
	both, own, others := byDeliverer(g.With)
	var said []words.Said
	if len(both) > 0 {
		said = append(said, words.Say("documents {stages}, whoever delivered them", blank("stages", ofStages(both))))
	}
	if len(own) > 0 {
		said = append(said, words.Say("documents {stages}, delivered by themselves", blank("stages", ofStages(own))))
	}
	if len(others) > 0 {
		said = append(said, words.Say("documents {stages}, delivered by others", blank("stages", ofStages(others))))
	}
	return saidTogether(said)
}

// byDeliverer divides kinds, told as not their own, by who delivered them: anybody,
// who asks, or others.
func byDeliverer(list []Choice) (both, own, others []DocumentKind) {
	for _, c := range list {
		other := c
		other.Document.Own = !c.Document.Own
		kind, alsoOther := c.Document, slices.Contains(list, other)
		switch kind.Own = false; {
		case alsoOther && c.Document.Own:
			both = append(both, kind)
		case alsoOther:
		case c.Document.Own:
			own = append(own, kind)
		default:
			others = append(others, kind)
		}
	}
	return both, own, others
}

// ofStages says stages, and of each which kinds if not all.
func ofStages(kinds []DocumentKind) words.Said {
	var said []words.Said
	for stage := documents.Tagging; stage <= documents.Archived; stage++ {
		var which []words.Said
		total, found := 0, 0
		for _, k := range documentKinds {
			if k.Stage != stage || k.Own {
				continue
			}
			if total++; slices.Contains(kinds, k) {
				found++
				which = append(which, kindName(k))
			}
		}
		switch {
		case found == total:
			said = append(said, stageNames[stage])
		case found > 0:
			said = append(said, words.Say("{stage} ({which})", blank("stage", stageNames[stage]), blank("which", words.Or(which...))))
		}
	}
	return words.And(said...)
}

func kindName(k DocumentKind) words.Said {
	k.Stage = 0
	for _, n := range documentKindNames {
		if n.kind == k {
			return n.said
		}
	}
	return words.Plain("")
}
