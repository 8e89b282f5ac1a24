package main

import (
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/mandaat/mandaat/integration/internal/load"
)

type object = map[string]any

// writeOffice writes the workload's office as an office file, in JSON, which is YAML
// too. The documents in it are those that questions merge with; all others come along
// with the questions. Each link has an accounting user of its own; the first user, a
// Super user, has the duty of synchronisation.
func (b *bench) writeOffice() (name string, err error) {
	name = filepath.Join(b.dir, "office.json")
	text, err := json.Marshal(object{
		"version":            1,
		"office":             object{"code": "bench", "name": "Bench", "time_zone": "UTC"},
		"accounting_systems": systemsOf(&b.w.Office),
		"companies":          companiesOf(&b.w.Office),
		"users":              usersOf(&b.w.Office),
		"documents":          mergedWith(&b.w),
	})
	if err != nil {
		return "", err
	}
	return name, os.WriteFile(name, text, 0o600)
}

func systemsOf(o *load.Office) (list []object) {
	users := make([][]object, len(o.Systems))
	for i := range o.Users {
		for _, l := range o.Users[i].Links {
			users[l.System] = append(users[l.System], accountOf(o, &o.Users[i], l))
		}
	}
	for i, s := range o.Systems {
		list = append(list, object{
			"id": s.ID, "name": s.ID, "connection": "login_success",
			"synchronisation_user": o.Users[0].ID, "users": users[i],
		})
	}
	return list
}

func accountOf(o *load.Office, u *load.User, l load.Link) object {
	account := object{
		"id": u.ID, "name": u.ID, "email": u.ID + "@example.com", "rank": 2,
		"can_book": true, "can_change_master_data": true, "companies": "all",
	}
	if l.Reach != nil {
		account["companies"] = idsOf(o, l.Reach)
	}
	return account
}

func companiesOf(o *load.Office) (list []object) {
	for _, c := range o.Companies {
		list = append(list, object{
			"id": c.ID, "name": c.ID, "accounting_system": o.Systems[c.System].ID,
			"authorisation_workflow": true, "payment_agreement": false,
		})
	}
	return list
}

func usersOf(o *load.Office) (list []object) {
	for i := range o.Users {
		list = append(list, userOf(o, &o.Users[i]))
	}
	return list
}

func userOf(o *load.Office, u *load.User) object {
	made := object{
		"id": u.ID, "username": u.ID, "email": u.ID + "@example.com", "roles": u.Roles,
		"companies": idsOf(o, u.Companies), "change_bank_details": u.Bank, "used": true,
	}
	if len(u.Companies) == len(o.Companies) {
		made["companies"] = "all"
	}
	if !u.Active {
		made["end_date"] = "2020-01-31"
	}
	if u.Archive {
		made["archive"] = "all"
	}
	var links []object
	for _, l := range u.Links {
		links = append(links, object{"system": o.Systems[l.System].ID, "user": u.ID, "verified": l.Verified})
	}
	if links != nil {
		made["accounting_users"] = links
	}
	return made
}

// idsOf is a list even where there are none.
func idsOf(o *load.Office, companies []int) []string {
	ids := make([]string, len(companies))
	for i, c := range companies {
		ids[i] = o.Companies[c].ID
	}
	return ids
}

func mergedWith(w *load.Workload) []object {
	list, seen := []object{}, make(map[int]bool)
	for _, q := range w.Mixed {
		if q.Other < 0 || seen[q.Other] {
			continue
		}
		seen[q.Other] = true
		d := &w.Documents[q.Other]
		of := documentOf(w, d)
		of["id"] = d.ID
		list = append(list, of)
	}
	return list
}
