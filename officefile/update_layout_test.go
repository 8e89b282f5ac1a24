package officefile_test

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/users"
)

// sheet is a file as a person lays it out, of which each line knows what it is
// about: "user bram", "list users", or nothing that changes.
type sheet struct {
	*rapid.T
	lines []sheetLine
	notes int
}

type sheetLine struct{ text, about string }

// entity is an entry of a list, and what its lines are about.
type entity struct {
	about   string
	content mapping
}

func laidOut(t *rapid.T, p offices.Parts) *sheet {
	s := &sheet{T: t}
	s.add("", "version: 1")
	s.note("", "")
	s.add("office", "office:")
	s.keys("office", writtenOffice(t, p), "  ")
	lists := []func(){
		func() { s.list("users", "user", userEntities(t, p)) },
		func() { s.list("companies", "company", companyEntities(t, p)) },
		func() { s.list("accounting_systems", "system", systemEntities(p)) },
		func() { s.list("deleted_users", "deleted", deletedEntities(p)) },
		func() {
			s.add("", "acknowledged:")
			s.add("", "  - {finding: O18, reason: known , until: 9999-12-31} # stays")
		},
	}
	for _, write := range rapid.Permutation(lists).Draw(t, "lists") {
		s.section()
		write()
	}
	return s
}

func userEntities(t *rapid.T, p offices.Parts) (all []entity) {
	for _, u := range p.Users {
		all = append(all, entity{"user " + string(u.ID), writtenUser(t, u, p)})
	}
	return all
}

func companyEntities(t *rapid.T, p offices.Parts) (all []entity) {
	for i, c := range p.Companies {
		m, _ := writtenCompanies(t, p)[i].(mapping)
		all = append(all, entity{"company " + string(c.ID), m})
	}
	return all
}

func systemEntities(p offices.Parts) (all []entity) {
	for _, s := range p.Systems {
		all = append(all, entity{"system " + string(s.ID), writtenSystem(s)})
	}
	return all
}

func deletedEntities(p offices.Parts) (all []entity) {
	for _, d := range p.Deleted {
		all = append(all, entity{"deleted " + string(d.ID), mapping{{"id", asText(d.ID)}, {"username", d.Username}}})
	}
	return all
}

func (s *sheet) add(about, text string) { s.lines = append(s.lines, sheetLine{text, about}) }

// note is a comment on a line of its own.
func (s *sheet) note(about, indent string) {
	if either(s.T, "note") {
		s.notes++
		s.add(about, fmt.Sprintf("%s# note %d: it's, {about} [%+q", indent, s.notes, about))
	}
}

// section is a heading that stands alone, or a blank line.
func (s *sheet) section() {
	if either(s.T, "section") {
		s.add("", "")
		s.note("", rapid.SampledFrom([]string{"", "  "}).Draw(s.T, "heading"))
		s.add("", "")
	}
}

// trailing is a comment behind what a line says.
func (s *sheet) trailing() string {
	if !either(s.T, "trailing") {
		return ""
	}
	s.notes++
	return fmt.Sprintf(" # remark %d, \"it's\" ]}", s.notes)
}

func (s *sheet) list(key, kind string, of []entity) {
	about := "list " + key
	if len(of) == 0 {
		if either(s.T, "empty list") {
			s.add(about, key+": []"+s.trailing())
		}
		return
	}
	s.add(about, key+":"+s.trailing())
	indent := rapid.SampledFrom([]string{"", "  ", "    "}).Draw(s.T, "indent")
	for _, e := range rapid.Permutation(of).Draw(s.T, kind) {
		s.section()
		s.note(e.about, indent)
		s.entry(e, indent)
	}
}

func (s *sheet) entry(e entity, indent string) {
	switch rapid.SampledFrom([]string{"block", "flow", "lines"}).Draw(s.T, "style") {
	case "flow":
		s.add(e.about, indent+"- "+s.inline(e.content)+s.trailing())
	case "lines":
		s.inLines(e, indent)
	default:
		gap := rapid.SampledFrom([]string{" ", "   "}).Draw(s.T, "gap")
		at := len(s.lines)
		s.keys(e.about, e.content, indent+" "+gap)
		first := s.lines[at].text
		s.lines[at].text = indent + "-" + gap + strings.TrimLeft(first, " ")
	}
	s.note(e.about, indent+"   ")
}

// inLines is a flow with a key to a line.
func (s *sheet) inLines(e entity, indent string) {
	s.add(e.about, indent+"- {"+s.trailing())
	fields := rapid.Permutation(e.content).Draw(s.T, "keys")
	for i, f := range fields {
		comma := ","
		if i == len(fields)-1 && either(s.T, "no last comma") {
			comma = ""
		}
		s.note(e.about, indent+"    ")
		s.add(e.about, fmt.Sprintf("%s    %s: %s%s%s", indent, s.key(f.key), s.inline(f.value), comma, s.trailing()))
	}
	s.add(e.about, indent+"  }"+s.trailing())
}

// keys is a block mapping. Its first line is no comment.
func (s *sheet) keys(about string, m mapping, indent string) {
	for i, f := range rapid.Permutation(m).Draw(s.T, "keys") {
		if i > 0 {
			s.note(about, indent)
		}
		below, isList := f.value.(list)
		if !isList || len(below) == 0 || either(s.T, "on the line") {
			s.add(about, indent+s.key(f.key)+": "+s.inline(f.value)+s.trailing())
			continue
		}
		s.add(about, indent+s.key(f.key)+":"+s.trailing())
		for _, element := range below {
			s.note(about, indent+"  ")
			s.add(about, indent+"  - "+s.inline(element)+s.trailing())
		}
	}
}

func (s *sheet) key(key any) string {
	w := writer{T: s.T}
	w.key(key)
	return w.String()
}

func (s *sheet) inline(v any) string {
	w := writer{T: s.T}
	w.flow(v)
	return w.String()
}

// text is the sheet with one end of line or another, with and without a mark at its
// start and an end of its last line.
func (s *sheet) text(eol string) string {
	texts := make([]string, len(s.lines))
	for i, l := range s.lines {
		texts[i] = l.text
	}
	return rapid.SampledFrom([]string{"", "\ufeff"}).Draw(s.T, "mark") + strings.Join(texts, eol) +
		rapid.SampledFrom([]string{"", eol, eol + eol}).Draw(s.T, "end")
}

// untouched are the lines about what did not change.
func (s *sheet) untouched(touched map[string]bool) (kept []string) {
	for _, l := range s.lines {
		if !touched[l.about] {
			kept = append(kept, l.text)
		}
	}
	return kept
}

// touched is what differs between two offices, and which lists of the file have
// something that does.
func touched(s *sheet, before, after offices.Office) map[string]bool {
	t := make(map[string]bool)
	diff := func(list, kind string, was, is map[string]string) {
		for id := range was {
			t[kind+" "+id] = was[id] != is[id]
			t["list "+list] = t["list "+list] || was[id] != is[id]
		}
		t["list "+list] = t["list "+list] || len(is) != len(was)
	}
	everybody := saysAll(s)
	diff("users", "user", usersIn(before, everybody), usersIn(after, everybody))
	diff("companies", "company", companiesIn(before), companiesIn(after))
	diff("accounting_systems", "system", systemsIn(before), systemsIn(after))
	diff("deleted_users", "deleted", deletedIn(before), deletedIn(after))
	t["office"] = officeIn(before) != officeIn(after)
	return t
}

// saysAll are the lines of a sheet about users of whom it says that they reach all.
func saysAll(s *sheet) map[string]bool {
	all := make(map[string]bool)
	for _, l := range s.lines {
		for _, form := range []string{`companies: "all"`, "companies: 'all'", `"companies": "all"`, `"companies": 'all'`, `'companies': 'all'`, `'companies': "all"`} {
			if strings.Contains(l.text, form) {
				all[strings.TrimPrefix(l.about, "user ")] = true
			}
		}
	}
	return all
}

func officeIn(o offices.Office) string {
	p := o.Parts()
	return fmt.Sprint(p.Code, p.Name, p.PasswordLink, p.Version, p.SettingKinds)
}

func usersIn(o offices.Office, everybody map[string]bool) map[string]string {
	m := make(map[string]string)
	count := len(slices.Collect(o.Companies()))
	for u := range o.Users() {
		link, _ := o.PasswordLinkOf(u.ID)
		reach := fmt.Sprint(slices.Collect(u.Access.All()))
		if everybody[string(u.ID)] && u.Access.Len() == count {
			reach = "all"
		}
		u.Access = users.Access{}
		m[string(u.ID)] = fmt.Sprintf("%#v %s %v %v", u, reach, link, slices.Collect(o.Links(u.ID)))
	}
	return m
}

func companiesIn(o offices.Office) map[string]string {
	m := make(map[string]string)
	for c := range o.Companies() {
		m[string(c.ID)] = fmt.Sprintf("%#v %#v", c, slices.Collect(o.Settings(c.ID)))
	}
	return m
}

func systemsIn(o offices.Office) map[string]string {
	m := make(map[string]string)
	for s := range o.Systems() {
		m[string(s.ID)] = fmt.Sprintf("%#v", s)
	}
	return m
}

func deletedIn(o offices.Office) map[string]string {
	m := make(map[string]string)
	for d := range o.DeletedUsers() {
		m[string(d.ID)] = d.Username
	}
	return m
}
