package load

import (
	"fmt"
	"slices"
)

// documents draws the documents. One in four came together with the one before:
// of the same company, deliverer and stage.
func (d *drawing) documents(n int) {
	d.w.Documents = make([]Document, 0, n)
	for i := range n {
		doc := d.document()
		if i > 0 && d.chance(25) {
			doc = d.w.Documents[i-1]
		}
		doc.ID = fmt.Sprintf("document-%08d", i)
		d.w.Documents = append(d.w.Documents, doc)
		if i < Asked {
			m := mate{doc.Company, doc.DeliveredBy, doc.Stage}
			d.byStage[doc.Stage] = append(d.byStage[doc.Stage], i)
			d.mates[m] = append(d.mates[m], i)
		}
	}
}

func (d *drawing) document() Document {
	company := d.IntN(len(d.everything))
	doc := Document{Company: company, DeliveredBy: d.holding(company, client, restricted), InTurn: -1}
	switch of := d.IntN(100); {
	case of < 30:
		doc.Stage, doc.EverAssigned = Tagging, d.chance(10)
	case of < 50:
		doc.Stage, doc.InTurn = Authorisation, d.inTurn(company)
	case of < 70:
		doc.Stage, doc.EverAssigned = Booking, d.chance(50)
	default:
		doc.Stage, doc.EverAssigned = Archived, d.chance(50)
		if d.chance(10) { // authorised after booking
			doc.InTurn = d.inTurn(company)
		}
	}
	doc.EverAssigned = doc.EverAssigned || doc.InTurn >= 0
	return doc
}

// inTurn draws an authoriser of the company; now and then one who no longer is.
func (d *drawing) inTurn(company int) int {
	if d.chance(5) {
		return d.reaching(company)
	}
	return d.holding(company, authoriser)
}

// reaching draws somebody who reaches the company: one in ten of those who reach
// all.
func (d *drawing) reaching(company int) int {
	if u := d.oneOf(d.reachers[company]); u >= 0 && !d.chance(10) {
		return u
	}
	if u := d.oneOf(d.everywhere); u >= 0 {
		return u
	}
	return d.IntN(len(d.w.Office.Users))
}

// holding draws somebody who reaches the company and holds one of the roles; where
// that takes too long, somebody who reaches it.
func (d *drawing) holding(company int, roles ...string) int {
	var u int
	for range 40 {
		u = d.reaching(company)
		if d.holds(u, roles...) {
			break
		}
	}
	return u
}

// holds says whether a user holds one of the roles; of no roles, that always is so.
func (d *drawing) holds(user int, roles ...string) bool {
	return len(roles) == 0 || slices.ContainsFunc(d.w.Office.Users[user].Roles, func(r string) bool {
		return slices.Contains(roles, r)
	})
}
