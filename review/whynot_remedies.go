package review

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// remediesOf makes remedies of what was found, in order.
func (q *quest) remediesOf(list []found) []ranked {
	var all []ranked
	for _, f := range list {
		if r, after, ok := q.remedy(f); ok && q.left >= 0 {
			all = append(all, ranked{Remedy: r, after: after, text: textOf(r.Changes), last: endsSomebody(f.set)})
		}
	}
	slices.SortFunc(all, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.text, b.text))
	})
	for alike := range chunked(all) {
		q.leastFirst(alike)
	}
	return all
}

func textOf(list []Change) string {
	var b strings.Builder
	for _, c := range list {
		b.WriteString(c.String() + "\n")
	}
	return b.String()
}

// remedy makes a remedy of what was found, with the office that it leaves. It is
// false where the policy does not agree, which no test has seen.
func (q *quest) remedy(f found) (Remedy, admin.State, bool) {
	c := q.course(f.set).oneByOne()
	a, ok := q.after(f.variant, f.set)
	if !ok || !a.sought() {
		return Remedy{}, a.state, false
	}
	r := Remedy{ByOffice: true}
	order, ok := c.lawfulOrder()
	if by, first := q.by(f, c, &a, order); len(by) > 0 {
		r.By, order = by, first
	}
	for _, i := range order {
		r.Changes = append(r.Changes, c.list[i].Change)
	}
	for _, other := range q.others(f) {
		r.Changes, r.ByOffice = append(r.Changes, other), false
	}
	return r, a.state, ok && q.verified(f, r)
}

// others is the changes that are none of the office.
func (q *quest) others(f found) (list []Change) {
	for _, a := range f.set {
		switch a.kind {
		case tellsPart:
			list = append(list, tellPart(q.docs[a.doc], a.part))
		case awaitsStage, awaitsRoute:
			if !turnAwaited(f.set, a.doc) {
				list = append(list, awaitDocument(q.docs[a.doc], a.goal, ""))
			}
		case awaitsTurn:
			list = append(list, awaitDocument(q.docs[a.doc], a.goal, a.user))
		case givesProperty:
			list = append(list, giveProperty(a.property, exampleOf(a.property, &f.variant.with)))
		default: // of the office
		}
	}
	return list
}

// verified carries a remedy out in the name of the first user who may, if any, and
// asks again.
func (q *quest) verified(f found, r Remedy) bool {
	a, ok := q.after(f.variant, f.set)
	if len(r.By) == 0 || !ok {
		return ok
	}
	state := q.start
	for _, c := range r.Changes {
		if c.Command() == nil {
			continue
		}
		next, _, err := admin.Apply(state, r.By[0], q.request.At, c.Command())
		if err != nil {
			return false
		}
		state = next
	}
	a.state = state
	return a.sought()
}

// by is the users who may make every change, one after another, and the order in
// which the first of them can. What the question lacks is for who asks to give.
func (q *quest) by(f found, c *course, a *asked, lawful []int) (list []users.ID, order []int) {
	if len(c.list) == 0 && !slices.ContainsFunc(f.set, func(a atom) bool { return a.goal != 0 || a.kind == tellsPart }) {
		return []users.ID{q.request.Subject}, nil
	}
	for _, id := range q.able(c) {
		subject := func(s admin.State, cmd *command) bool {
			return q.could(s, id, cmd) && s.Snapshot().Check(policy.Request{
				Subject: id, Action: cmd.action, Resource: cmd.resource, With: cmd.with, At: q.request.At,
			}).Allowed()
		}
		if first, ok := c.orderFor(subject, lawful); ok && q.stillSo(a, id) && q.moves(f, a, id) {
			if list == nil {
				order = first
			}
			list = append(list, id)
		}
	}
	return list, order
}

// try is that a user does something to something, whatever properties it takes.
type try struct {
	by       users.ID
	action   policy.Action
	resource policy.Resource
}

// could says whether a user could give a command at all; of the office at the start
// it is kept, so that what nobody could give is not looked at in every remedy.
func (q *quest) could(s admin.State, id users.ID, cmd *command) bool {
	if s.Office().Version() != q.office.Version() {
		return true
	}
	key := try{id, cmd.action, cmd.resource}
	could, known := q.tries[key]
	if !known {
		subject := s.Snapshot().Subject(id, q.request.At)
		decision, _ := subject.Could(cmd.action, cmd.resource, nil)
		could = decision.Allowed()
		q.tries[key] = could
	}
	return could
}

// able is the users who could be able to make the changes at all: those who manage
// others; or, where only documents are to move, those with access to them.
func (q *quest) able(c *course) (list []users.ID) {
	if len(c.list) > 0 {
		return q.managers
	}
	for u := range q.office.Users() {
		if u.Access.Has(q.docs[0].Company()) {
			list = append(list, u.ID)
		}
	}
	return list
}

// stillSo says whether the answer is the one sought also after a user has acted,
// who has been used from then on.
func (q *quest) stillSo(a *asked, id users.ID) bool {
	u, _ := a.now().User(id)
	if u.Used || len(a.made) == 0 {
		return true
	}
	state, err := supposing(a.state, Change{effects: []admin.Change{admin.UserUsed{User: id}}})
	next := *a
	next.state = state
	return err == nil && next.sought()
}

// moves says whether a user could bring the documents where they are awaited, alone
// and as the office is after the changes.
func (q *quest) moves(f found, a *asked, id users.ID) bool {
	subject := a.state.Snapshot().Subject(id, q.request.At)
	for _, at := range f.set {
		if at.kind == tellsPart {
			return false // that is known or not
		}
		if at.goal == 0 || at.kind == awaitsRoute && turnAwaited(f.set, at.doc) {
			continue
		}
		assignees := []users.ID{id, at.user}
		if at.goal != toTurn {
			assignees = append(assignees, q.authorisersOf(a, q.docs[at.doc])...)
		}
		_, ok := walk(q.docs[at.doc], func(d *documents.Document) bool { return at.goal.reached(d, at.user) },
			func(d *documents.Document) []documents.Document { return movesBy(&subject, id, d, assignees) })
		if !ok {
			return false
		}
	}
	return true
}

// authorisersOf is one user who can be assigned a document, if there is any.
func (q *quest) authorisersOf(a *asked, d *documents.Document) []users.ID {
	for u := range a.now().Users() {
		if u.Roles.Has(roles.Authoriser) && u.Access.Has(d.Company()) && u.ActiveOn(a.now().Day(q.request.At)) {
			return []users.ID{u.ID}
		}
	}
	return nil
}

// movesBy is what a document can become in one move that a user may make.
func movesBy(by *policy.Subject, id users.ID, d *documents.Document, assignees []users.ID) (list []documents.Document) {
	try := func(a policy.Action, w *policy.With, move func() (documents.Document, error)) {
		if !by.Check(a, policy.OfDocument(d), w).Allowed() {
			return
		}
		if next, err := move(); err == nil {
			list = append(list, next)
		}
	}
	try(policy.DocumentTag, nil, d.Tag)
	try(policy.DocumentApprove, nil, func() (documents.Document, error) { return d.Approve(id) })
	try(policy.DocumentReject, &policy.With{Comment: "why"}, func() (documents.Document, error) { return d.Reject(id, "why") })
	try(policy.DocumentWithdraw, nil, d.Withdraw)
	try(policy.DocumentReturn, nil, d.Return)
	try(policy.DocumentBook, nil, d.Book)
	for _, to := range assignees {
		with := &policy.With{Authorisers: []users.ID{to}}
		try(policy.DocumentAssign, with, func() (documents.Document, error) { return d.Assign(to) })
		try(policy.DocumentReassign, with, func() (documents.Document, error) { return d.Reassign(to) })
	}
	return list
}

// barredOf names what was found and may not be, and by which rule.
func (q *quest) barredOf(list []found) (barred []Barred) {
	for _, f := range list {
		c := q.course(f.set)
		b := Barred{Code: c.broken()}
		for _, cmd := range c.oneByOne().list {
			b.Changes = append(b.Changes, cmd.Change)
		}
		b.Changes = append(b.Changes, q.others(f)...)
		barred = append(barred, b)
	}
	slices.SortStableFunc(barred, func(a, b Barred) int {
		return cmp.Or(cmp.Compare(len(a.Changes), len(b.Changes)), cmp.Compare(textOf(a.Changes), textOf(b.Changes)))
	})
	return barred
}
