package cedar

import (
	"slices"

	"github.com/cedar-policy/cedar-go/types"

	"github.com/mandaat/mandaat/integration/internal/load"
)

func actionID(action string) types.EntityUID {
	return types.NewEntityUID("Action", types.String(action))
}

func userID(o *load.Office, at int) types.EntityUID {
	return types.NewEntityUID("User", types.String(o.Users[at].ID))
}

// usersOf makes the entities of the users. Those who reach all share one set.
func usersOf(o *load.Office) []types.Entity {
	every := make([]int, len(o.Companies))
	for i := range every {
		every[i] = i
	}
	all := setOf(o, every)
	list := make([]types.Entity, len(o.Users))
	for i := range o.Users {
		companies := all
		if len(o.Users[i].Companies) < len(o.Companies) {
			companies = setOf(o, o.Users[i].Companies)
		}
		list[i] = types.Entity{UID: userID(o, i), Attributes: attributesOf(o, &o.Users[i], companies)}
	}
	return list
}

func setOf(o *load.Office, companies []int) types.Set {
	values := make([]types.Value, len(companies))
	for i, c := range companies {
		values[i] = types.String(o.Companies[c].ID)
	}
	return types.NewSet(values...)
}

func attributesOf(o *load.Office, u *load.User, companies types.Set) types.Record {
	has := func(roles ...string) bool {
		return slices.ContainsFunc(roles, func(r string) bool { return slices.Contains(u.Roles, r) })
	}
	books := has("accountant", "sme_accountant")
	junior := !books && !has("super_user")
	attributes := types.RecordMap{
		"active":        types.Boolean(u.Active),
		"companies":     companies,
		"bookable":      setOf(o, bookable(o, u)),
		"archive":       types.Boolean(u.Archive),
		"bank":          types.Boolean(u.Bank),
		"super":         types.Boolean(has("super_user")),
		"accountant":    types.Boolean(has("accountant")),
		"sme":           types.Boolean(has("sme_accountant")),
		"books":         types.Boolean(books),
		"administrator": types.Boolean(has("authorisation_administrator")),
		"authoriser":    types.Boolean(has("authoriser")),
		"client":        types.Boolean(has("client_user")),
		"restricted":    types.Boolean(has("restricted_client_user")),

		"clientSide":         types.Boolean(junior && has("client_user", "restricted_client_user")),
		"belowSME":           types.Boolean(junior),
		"belowAdministrator": types.Boolean(junior && !has("authorisation_administrator")),
	}
	return types.NewRecord(attributes)
}

// bookable is the companies that a verified link of the user reaches.
func bookable(o *load.Office, u *load.User) (list []int) {
	for _, l := range u.Links {
		if !l.Verified {
			continue
		}
		for _, c := range u.Companies {
			_, reached := slices.BinarySearch(l.Reach, c)
			if o.Companies[c].System == l.System && (l.Reach == nil || reached) {
				list = append(list, c)
			}
		}
	}
	return list
}

// documentsOf makes the entities of the first n documents.
func documentsOf(w *load.Workload, n int) []types.Entity {
	docs := make([]types.Entity, n)
	for i := range docs {
		docs[i] = documentOf(w, i)
	}
	return docs
}

func documentOf(w *load.Workload, at int) types.Entity {
	d := &w.Documents[at]
	attributes := types.RecordMap{
		"company":     types.String(w.Office.Companies[d.Company].ID),
		"deliveredBy": userID(&w.Office, d.DeliveredBy),
		"tagging":     types.Boolean(d.Stage == load.Tagging),
		"booking":     types.Boolean(d.Stage == load.Booking),
		"archived":    types.Boolean(d.Stage == load.Archived),
		"open":        types.Boolean(d.Stage == load.Tagging || !d.EverAssigned),
		"pending":     types.Boolean(d.InTurn >= 0),
	}
	if d.InTurn >= 0 {
		attributes["inTurn"] = userID(&w.Office, d.InTurn)
	}
	return types.Entity{
		UID:        types.NewEntityUID("Document", types.String(d.ID)),
		Attributes: types.NewRecord(attributes),
	}
}
