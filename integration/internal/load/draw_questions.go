package load

import "slices"

// asking is how an action is asked where it is likely to be allowed: about
// documents of these stages, by those who hold one of these roles.
type asking struct {
	percent int // of the mixed questions
	stages  []string
	roles   []string
}

var askings = map[string]asking{
	View:              {30, nil, nil},
	Split:             {5, []string{Tagging}, []string{client, restricted}},
	Merge:             {5, []string{Tagging}, []string{client, restricted}},
	Tag:               {8, []string{Tagging}, []string{client, restricted}},
	Assign:            {5, []string{Tagging}, []string{client, restricted}},
	Approve:           {6, []string{Authorisation}, []string{authoriser}},
	Reject:            {5, []string{Authorisation}, []string{authoriser}},
	Reassign:          {5, []string{Authorisation}, []string{administrator}},
	Withdraw:          {5, []string{Authorisation}, []string{administrator}},
	Return:            {5, []string{Booking}, []string{accountant, smeAccountant}},
	Book:              {8, []string{Booking}, []string{accountant, smeAccountant}},
	ChangeBankDetails: {5, []string{Booking}, []string{accountant, smeAccountant}},
	UserView:          {8, nil, nil},
}

func (d *drawing) questions(n int) {
	for range n {
		d.w.Mixed = append(d.w.Mixed, d.question(d.action()))
		d.w.Views = append(d.w.Views, d.question(View))
		d.w.Books = append(d.w.Books, d.question(Book))
		d.w.UserViews = append(d.w.UserViews, d.question(UserView))
	}
	d.listers()
}

// listers chooses whose documents are listed: a client user, an administrator and
// a booker of some companies, and a booker of all.
func (d *drawing) listers() {
	aClient := slices.IndexFunc(d.w.Office.Users, func(u User) bool {
		return u.Active && slices.Equal(u.Roles, []string{client})
	})
	d.w.Listers = []int{aClient, d.staff[2], d.staff[3], d.staff[1]}
}

// action draws an action by its share.
func (d *drawing) action() string {
	left := d.IntN(100)
	for _, action := range Actions() {
		if left -= askings[action].percent; left < 0 {
			return action
		}
	}
	return UserView
}

func (d *drawing) question(action string) Question {
	if action == UserView {
		return d.ofUser()
	}
	how := askings[action]
	if d.chance(25) {
		how = asking{}
	}
	q := Question{Action: action, Document: d.documentAt(how.stages), Target: -1, Fit: true, Other: -1}
	q.User = d.asker(q.Document, how.roles)
	switch action {
	case Merge:
		d.mergeWith(&q)
	case Assign, Reassign:
		d.name(&q)
	case Reject:
		q.Fit = !d.chance(15)
	}
	return q
}

func (d *drawing) documentAt(stages []string) int {
	if len(stages) > 0 {
		return d.oneOf(d.byStage[stages[d.IntN(len(stages))]])
	}
	return d.IntN(min(Asked, len(d.w.Documents)))
}

// asker draws who asks: mostly somebody whom the document concerns.
func (d *drawing) asker(document int, roles []string) int {
	doc := &d.w.Documents[document]
	switch of := d.IntN(100); {
	case of < 10:
		return d.IntN(len(d.w.Office.Users))
	case of < 60 && doc.InTurn >= 0 && (slices.Contains(roles, authoriser) || of < 30):
		return doc.InTurn
	case of < 30 && d.holds(doc.DeliveredBy, roles...):
		return doc.DeliveredBy
	}
	return d.holding(doc.Company, roles...)
}

// mergeWith draws the other document of a merger: of one that can be merged with
// another, where there is such a document near.
func (d *drawing) mergeWith(q *Question) {
	for range 40 {
		doc := &d.w.Documents[q.Document]
		if of := d.mates[mate{doc.Company, doc.DeliveredBy, doc.Stage}]; len(of) > 1 && !d.chance(15) {
			q.Other = d.another(of, q.Document)
			return
		}
		if d.chance(15) {
			break
		}
		q.Document = d.documentAt([]string{doc.Stage})
		q.User = d.asker(q.Document, []string{client, restricted})
	}
	q.Fit = false
	doc := &d.w.Documents[q.Document]
	for q.Other = d.IntN(min(Asked, len(d.w.Documents))); d.w.Documents[q.Other].Company == doc.Company &&
		d.w.Documents[q.Other].DeliveredBy == doc.DeliveredBy; {
		q.Other = d.IntN(min(Asked, len(d.w.Documents)))
	}
}

// another draws one of a list of several that is not the one given.
func (d *drawing) another(of []int, but int) int {
	for {
		if at := d.oneOf(of); at != but {
			return at
		}
	}
}

// name draws one to three authorisers, of whom one in five lists is not fit.
func (d *drawing) name(q *Question) {
	company := d.w.Documents[q.Document].Company
	for range 1 + d.IntN(3) {
		if u := d.holding(company, authoriser); !slices.Contains(q.Named, u) && d.fit(u, company) {
			q.Named = append(q.Named, u)
		}
	}
	if len(q.Named) == 0 || d.chance(20) {
		q.Named = append(q.Named, d.unfit(company))
		q.Fit = false
	}
}

// unfit draws somebody who could not authorise for the company.
func (d *drawing) unfit(company int) int {
	for {
		if u := d.IntN(len(d.w.Office.Users)); !d.fit(u, company) {
			return u
		}
	}
}

// fit says whether a user could authorise: active, an authoriser, with access.
func (d *drawing) fit(user, company int) bool {
	u := &d.w.Office.Users[user]
	_, reaches := slices.BinarySearch(u.Companies, company)
	return u.Active && d.holds(user, authoriser) && reaches
}

// ofUser draws who looks at whom: mostly an administrator or an SME Accountant, at
// somebody of a company of theirs.
func (d *drawing) ofUser() Question {
	q := Question{Action: UserView, Document: -1, Target: -1, Fit: true, Other: -1}
	switch of := d.IntN(100); {
	case of < 15:
		q.User = d.oneOf(d.staff)
	case of < 30:
		q.User = d.IntN(len(d.w.Office.Users))
	default:
		q.User = d.holding(d.IntN(len(d.everything)), administrator, smeAccountant)
	}
	switch of := d.IntN(100); {
	case of < 5:
		q.Target = q.User
	case of < 45:
		q.Target = d.reaching(d.oneOf(d.w.Office.Users[q.User].Companies))
	case of < 55:
		q.Target = d.oneOf(d.staff)
	default:
		q.Target = d.IntN(len(d.w.Office.Users))
	}
	return q
}
