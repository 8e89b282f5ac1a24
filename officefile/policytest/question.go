package policytest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
)

// Question is a request that prints as somebody would ask it.
type Question struct{ policy.Request }

// String is who asks, the action, the resource and the properties: "carla
// document.assign document:inv-2 authorisers=[anna bob]".
func (q Question) String() string {
	if q.Subject == "" {
		return "nobody " + q.asked()
	}
	return string(q.Subject) + " " + q.asked()
}

// asked is the question without who asks.
func (q Question) asked() string {
	parts := []string{q.Action.String(), q.Resource.String()}
	for _, p := range given(q.With) {
		parts = append(parts, fmt.Sprintf("%s=%v", p.which, p.value))
	}
	return strings.Join(parts, " ")
}

// GoString is the question with its moment and what is told of its documents.
func (q Question) GoString() string {
	lines := []string{q.String() + " at " + q.At.Format(time.RFC3339Nano)}
	list := []*documents.Document{q.Resource.Document}
	if q.With != nil {
		list = append(list, q.With.Documents...)
	}
	for _, d := range list {
		if d != nil {
			lines = append(lines, toldOf(d))
		}
	}
	return strings.Join(lines, "\n\t")
}

// toldOf is what is told of a document: "inv-1 of bakery, delivered by carla:
// authorisation past anna (approved) and bob (pending), ever assigned".
func toldOf(d *documents.Document) string {
	p := d.Parts()
	text := fmt.Sprintf("%s of %s, delivered by %s: ", untold(p.ID), untold(p.Company), untold(p.DeliveredBy))
	stage := p.Stage.String()
	if p.Stage == 0 {
		stage = ""
	}
	text += untold(stage)
	var steps []string
	for _, s := range p.Route.Steps() {
		steps = append(steps, fmt.Sprintf("%s (%s)", s.Authoriser, s.Outcome))
	}
	if steps != nil {
		text += " past " + strings.Join(steps, " and ")
	}
	return text + ", " + p.Assigned.String()
}

func untold[T ~string](name T) T {
	if name == "" {
		return "(not told)"
	}
	return name
}

// property is one that a question may be asked with.
type property struct {
	which policy.Properties
	given bool
	value any
}

// given is the properties that were given, in the order in which they are asked for;
// behind them what could not be read.
func given(w *policy.With) (list []property) {
	if w == nil {
		return nil
	}
	newRoles, rolesGiven := w.Roles.Get()
	access, accessGiven := w.Companies.Get()
	end, endGiven := w.EndDate.Get()
	verified, verifiedGiven := w.OldPasswordVerified.Get()
	for _, p := range []property{
		{policy.PropertyAuthorisers, w.Authorisers != nil, w.Authorisers},
		{policy.PropertyComment, w.Comment != "", strconv.Quote(w.Comment)},
		{policy.PropertyWith, w.Documents != nil, idsOf(w.Documents)},
		{policy.PropertyRole, w.Role != 0, w.Role},
		{policy.PropertyRoles, rolesGiven, "[" + newRoles.String() + "]"},
		{policy.PropertyCompanies, accessGiven, slices.Collect(access.All())},
		{policy.PropertySystem, w.System != "", w.System},
		{policy.PropertyUser, w.User != "", w.User},
		{policy.PropertyUsers, w.Users != nil, w.Users},
		{policy.PropertyEndDate, endGiven, end},
		{policy.PropertyOldPasswordVerified, verifiedGiven, verified},
		{policy.PropertyBillTo, w.BillTo.Chosen(), w.BillTo},
		{policy.PropertyAccountingSystem, w.AccountingSystem != "", w.AccountingSystem},
		{policy.PropertySynchronisationUser, w.SynchronisationUser != "", w.SynchronisationUser},
		{policy.PropertyAccountingUser, w.AccountingUser != "", w.AccountingUser},
	} {
		if p.given {
			list = append(list, p)
		}
	}
	for _, u := range w.Unreadable {
		list = append(list, property{u.Property, true, u.Problem.Found + " (unreadable)"})
	}
	return list
}

func idsOf(list []*documents.Document) (ids []documents.ID) {
	for _, d := range list {
		if d == nil {
			ids = append(ids, untold[documents.ID](""))
			continue
		}
		ids = append(ids, untold(d.ID()))
	}
	return ids
}
