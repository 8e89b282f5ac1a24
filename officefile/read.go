package officefile

import (
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// reader turns what a file says into domain values. Whether the values fit
// together, the domain itself says; the reader adds where in the file that is.
type reader struct {
	*strict.Document
	content
	places         []linkPlace    // of each link in offices.Parts.Links
	passwordPlaces []int          // the user of each of offices.Parts.PasswordLinks
	settingPlaces  []settingPlace // of each of offices.Parts.Settings
	known          known
	accesses       users.Accesses
}

// linkPlace is where in the file a link stands.
type linkPlace struct{ user, link int }

// read is the file, which counts only where the document has no complaints.
func read(d *strict.Document) *File {
	if d.Root() == nil {
		return nil
	}
	return readerOf(d).file()
}

func readerOf(d *strict.Document) *reader {
	return &reader{Document: d, content: fileShape.Read(d, d.Root())}
}

func (r *reader) file() *File {
	parts := r.parts()
	office, err := offices.New(parts)
	r.officeProblems(err)
	r.lookalikes()
	r.known = knownIn(parts)
	file := &File{Office: office, Documents: r.allDocuments(), Acknowledged: r.acknowledged}
	r.acknowledgements()
	file.places = make(map[documents.ID]int, len(file.Documents))
	for i := range file.Documents {
		file.places[file.Documents[i].ID()] = i
	}
	if r.Count() == 0 { // otherwise the file is not given
		file.Where = r.where()
	}
	return file
}

// parts is the office, with companies and links in the domain's words.
func (r *reader) parts() offices.Parts {
	p := offices.Parts{
		Code: r.office.code, Name: r.office.name, TimeZone: r.office.zone, PasswordLink: r.office.link,
		Version: uint64(r.office.version), SettingKinds: r.office.kinds, Deleted: r.deleted, //nolint:gosec // it is read as 0 or more
	}
	for i := range r.companies {
		p.Companies = append(p.Companies, r.companies[i].Company)
		p.Settings = append(p.Settings, r.settings(i)...)
	}
	for i := range r.systems {
		p.Systems = append(p.Systems, r.system(&r.systems[i]))
	}
	every := r.everyCompany()
	p.Users = make([]users.User, len(r.users))
	for i := range r.users {
		p.Users[i] = r.user(&r.users[i], every)
		p.Links = append(p.Links, r.links(i)...)
		p.PasswordLinks = append(p.PasswordLinks, r.passwordLink(i)...)
	}
	return p
}

// everyCompany is what the word all gives. All who have it share one access: an
// office may have as many users with it as it likes.
func (r *reader) everyCompany() users.Access {
	ids := make([]companies.ID, len(r.companies))
	for i, c := range r.companies {
		ids[i] = c.ID
	}
	return users.AccessTo(ids...)
}

func (r *reader) system(s *system) sync.System {
	for _, u := range s.users {
		u.Reach = sync.ReachAll
		if !u.companies.all {
			u.Reach = sync.ReachSome(r.accesses.To(u.companies.some...))
		}
		s.Users = append(s.Users, u.User)
	}
	return s.System
}

func (r *reader) user(u *user, every users.Access) users.User {
	u.Roles = roles.SetOf(u.roles...)
	u.Access = every
	if !u.companies.all {
		u.Access = r.accesses.To(u.companies.some...)
	}
	return u.User
}

// links completes a user's links, and notes where they stand.
func (r *reader) links(user int) []sync.Link {
	links := r.users[user].links
	for i := range links {
		links[i].User = r.users[user].ID
		r.places = append(r.places, linkPlace{user, i})
	}
	return links
}

// passwordLink completes the password link that a user may have.
func (r *reader) passwordLink(user int) []users.PasswordLink {
	link := r.users[user].password
	if link == nil {
		return nil
	}
	link.User = r.users[user].ID
	r.passwordPlaces = append(r.passwordPlaces, user)
	return []users.PasswordLink{*link}
}
