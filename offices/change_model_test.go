package offices_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// change is a change of an office, and the same told plainly: what becomes of the
// lists that it is made of. The plain edit checks nothing but that there is
// something to change. Whether the change is to be refused, New says of the edited
// parts.
type change struct {
	name string
	make func(o offices.Office) (offices.Office, error)
	edit func(p *offices.Parts) bool // false: refused, whatever the parts
}

// edited is what becomes of the parts, sorted, and whether they are an office. The
// parts that were given stay as they are.
func (c change) edited(p offices.Parts) (offices.Parts, bool) {
	p = cloned(p)
	if !c.edit(&p) {
		return p, false
	}
	_, err := offices.New(p)
	return sortedAll(p), err == nil
}

func cloned(p offices.Parts) offices.Parts {
	p.Systems = slices.Clone(p.Systems)
	for i := range p.Systems {
		p.Systems[i].Users = slices.Clone(p.Systems[i].Users)
	}
	p.Companies, p.Users, p.Links = slices.Clone(p.Companies), slices.Clone(p.Users), slices.Clone(p.Links)
	p.Deleted, p.PasswordLinks, p.Settings = slices.Clone(p.Deleted), slices.Clone(p.PasswordLinks), slices.Clone(p.Settings)
	return p
}

// sortedAll is sortedParts with the lists that came later, and without room for
// more.
func sortedAll(p offices.Parts) offices.Parts {
	p = sortedParts(p)
	p.PasswordLinks = by(p.PasswordLinks, func(l users.PasswordLink) string { return string(l.User) })
	p.SettingKinds = by(p.SettingKinds, func(k companies.SettingKind) string { return k.Code })
	p.Settings = by(p.Settings, func(s companies.Setting) string { return string(s.Company) + "\x00" + s.Code })
	if p.PasswordLink == 0 {
		p.PasswordLink = users.PasswordLinkMinutes
	}
	return p
}

// put is the list with a value in the place of the one like it, if there is one.
func put[T any](list []T, v T, like func(T) bool) []T { return append(dropped(list, like), v) }

func dropped[T any](list []T, like func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), like)
}

// The values of each kind by their ids.

func userIs(id users.ID) func(users.User) bool {
	return func(u users.User) bool { return u.ID == id }
}

func companyIs(id companies.ID) func(companies.Company) bool {
	return func(c companies.Company) bool { return c.ID == id }
}

func systemIs(id companies.SystemID) func(sync.System) bool {
	return func(s sync.System) bool { return s.ID == id }
}

func accountIs(id sync.UserID) func(sync.User) bool {
	return func(u sync.User) bool { return u.ID == id }
}

func linkIs(id users.ID, system companies.SystemID) func(sync.Link) bool {
	return func(l sync.Link) bool { return l.User == id && l.System == system }
}

func linkOf(id users.ID) func(sync.Link) bool { return func(l sync.Link) bool { return l.User == id } }

func passwordLinkOf(id users.ID) func(users.PasswordLink) bool {
	return func(l users.PasswordLink) bool { return l.User == id }
}

func settingOf(id companies.ID) func(companies.Setting) bool {
	return func(s companies.Setting) bool { return s.Company == id }
}

// The changes, told plainly.

func withUser(u users.User) change {
	return change{
		"WithUser", func(o offices.Office) (offices.Office, error) { return o.WithUser(u) },
		func(p *offices.Parts) bool {
			p.Users = put(p.Users, u, userIs(u.ID))
			return true
		},
	}
}

// withoutUser is refused where the user synchronises: New misses the user then.
func withoutUser(id users.ID) change {
	return change{
		"WithoutUser", func(o offices.Office) (offices.Office, error) { return o.WithoutUser(id) },
		func(p *offices.Parts) bool {
			i := slices.IndexFunc(p.Users, userIs(id))
			if i < 0 {
				return false
			}
			p.Deleted = append(p.Deleted, users.Deleted{ID: id, Username: p.Users[i].Username})
			p.Users, p.Links = dropped(p.Users, userIs(id)), dropped(p.Links, linkOf(id))
			p.PasswordLinks = dropped(p.PasswordLinks, passwordLinkOf(id))
			return true
		},
	}
}

func withCompany(c companies.Company) change {
	return change{
		"WithCompany", func(o offices.Office) (offices.Office, error) { return o.WithCompany(c) },
		func(p *offices.Parts) bool {
			p.Companies = put(p.Companies, c, companyIs(c.ID))
			return true
		},
	}
}

// withReach is refused where a company or a user is not there.
func withReach(id companies.ID, by ...users.ID) change {
	return change{
		"WithReach", func(o offices.Office) (offices.Office, error) { return o.WithReach(id, slices.Values(by)) },
		func(p *offices.Parts) bool {
			known := slices.ContainsFunc(p.Companies, companyIs(id))
			for _, user := range by {
				i := slices.IndexFunc(p.Users, userIs(user))
				if i < 0 {
					return false
				}
				p.Users[i].Access = p.Users[i].Access.With(id)
			}
			return known
		},
	}
}

// withoutCompany is DeletingCompany, which must also tell what HangingOn tells
// before.
func withoutCompany(id companies.ID) change {
	return change{
		"WithoutCompany", func(o offices.Office) (offices.Office, error) {
			after, hanging, err := o.DeletingCompany(id)
			if told := o.HangingOn(id); err == nil && !cmp.Equal(told, hanging) {
				return offices.Office{}, fmt.Errorf("on %s hung %v, and went %v", id, told, hanging)
			}
			return after, err
		},
		func(p *offices.Parts) bool {
			known := slices.ContainsFunc(p.Companies, companyIs(id))
			p.Companies, p.Settings = dropped(p.Companies, companyIs(id)), dropped(p.Settings, settingOf(id))
			for i := range p.Users {
				u := &p.Users[i]
				u.Access = u.Access.Without(id)
				if u.BillTo == users.BillToCompany(id) {
					u.BillTo = users.BillTo{}
				}
			}
			for _, s := range p.Systems {
				for i := range s.Users {
					if u := &s.Users[i]; !u.Reach.All() {
						u.Reach = sync.ReachSome(u.Reach.Some().Without(id))
					}
				}
			}
			return known
		},
	}
}

// withSetting is refused where nothing is set for a company that is not there, or
// of a kind that is not there, although nothing would come of it.
func withSetting(s companies.Setting) change {
	return change{
		"WithSetting", func(o offices.Office) (offices.Office, error) { return o.WithSetting(s) },
		func(p *offices.Parts) bool {
			p.Settings = dropped(p.Settings, func(other companies.Setting) bool {
				return other.Company == s.Company && other.Code == s.Code
			})
			if s.Value != "" {
				p.Settings = append(p.Settings, s)
			}
			return slices.ContainsFunc(p.Companies, companyIs(s.Company)) &&
				slices.ContainsFunc(p.SettingKinds, func(k companies.SettingKind) bool { return k.Code == s.Code })
		},
	}
}

// withSystem is refused where a user of it is gone to whom somebody is linked: New
// misses that one then.
func withSystem(s sync.System) change {
	return change{
		"WithSystem", func(o offices.Office) (offices.Office, error) { return o.WithSystem(s) },
		func(p *offices.Parts) bool {
			p.Systems = put(p.Systems, s, systemIs(s.ID))
			return true
		},
	}
}

func withSystemState(s sync.System) change {
	return change{
		"WithSystemState", func(o offices.Office) (offices.Office, error) { return o.WithSystemState(s) },
		func(p *offices.Parts) bool {
			i := slices.IndexFunc(p.Systems, systemIs(s.ID))
			if i >= 0 {
				s.Users = p.Systems[i].Users
				p.Systems[i] = s
			}
			return i >= 0
		},
	}
}

func withAccountingUser(id companies.SystemID, u sync.User) change {
	return change{
		"WithAccountingUser", func(o offices.Office) (offices.Office, error) { return o.WithAccountingUser(id, u) },
		func(p *offices.Parts) bool {
			i := slices.IndexFunc(p.Systems, systemIs(id))
			if i >= 0 {
				p.Systems[i].Users = put(p.Systems[i].Users, u, accountIs(u.ID))
			}
			return i >= 0
		},
	}
}

// withoutSystem is refused where a company is in it: New misses its system then.
func withoutSystem(id companies.SystemID) change {
	return change{
		"WithoutSystem", func(o offices.Office) (offices.Office, error) { return o.WithoutSystem(id) },
		func(p *offices.Parts) bool {
			known := slices.ContainsFunc(p.Systems, systemIs(id))
			p.Systems = dropped(p.Systems, systemIs(id))
			p.Links = dropped(p.Links, func(l sync.Link) bool { return l.System == id })
			return known
		},
	}
}

func withLink(l sync.Link) change {
	return change{
		"WithLink", func(o offices.Office) (offices.Office, error) { return o.WithLink(l) },
		func(p *offices.Parts) bool {
			p.Links = put(p.Links, l, linkIs(l.User, l.System))
			return true
		},
	}
}

func withoutLink(id users.ID, system companies.SystemID) change {
	return change{
		"WithoutLink", func(o offices.Office) (offices.Office, error) { return o.WithoutLink(id, system) },
		func(p *offices.Parts) bool {
			known := slices.ContainsFunc(p.Links, linkIs(id, system))
			p.Links = dropped(p.Links, linkIs(id, system))
			return known
		},
	}
}

func withPasswordLink(l users.PasswordLink) change {
	return change{
		"WithPasswordLink", func(o offices.Office) (offices.Office, error) { return o.WithPasswordLink(l) },
		func(p *offices.Parts) bool {
			p.PasswordLinks = put(p.PasswordLinks, l, passwordLinkOf(l.User))
			return true
		},
	}
}

// withoutPasswordLink is never refused: whoever has none is left without.
func withoutPasswordLink(id users.ID) change {
	return change{
		"WithoutPasswordLink", func(o offices.Office) (offices.Office, error) { return o.WithoutPasswordLink(id), nil },
		func(p *offices.Parts) bool {
			p.PasswordLinks = dropped(p.PasswordLinks, passwordLinkOf(id))
			return true
		},
	}
}

func withName(name string) change {
	return change{
		"WithName", func(o offices.Office) (offices.Office, error) { return o.WithName(name) },
		func(p *offices.Parts) bool {
			p.Name = name
			return true
		},
	}
}

// withPasswordLinkLength is refused where it is nothing, which in the parts stands
// for the usual length.
func withPasswordLinkLength(d time.Duration) change {
	return change{
		"WithPasswordLinkLength", func(o offices.Office) (offices.Office, error) { return o.WithPasswordLinkLength(d) },
		func(p *offices.Parts) bool {
			p.PasswordLink = d
			return d != 0
		},
	}
}

func atVersion(version uint64) change {
	return change{
		"AtVersion", func(o offices.Office) (offices.Office, error) { return o.AtVersion(version), nil },
		func(p *offices.Parts) bool {
			p.Version = version
			return true
		},
	}
}
