package officefile_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// The types below are a file before it is spelt out: a mapping, a list, and the
// values, of which a plain one is never quoted.
type (
	entry   struct{ key, value any }
	mapping []entry
	list    []any
	plain   string
)

func listOf[V any](of []V, write func(V) any) list {
	l := make(list, len(of))
	for i, v := range of {
		l[i] = write(v)
	}
	return l
}

func asText[S ~string](s S) any { return string(s) }

// writtenOffice is the office itself.
func writtenOffice(t *rapid.T, p offices.Parts) mapping {
	office := mapping{{"code", p.Code}, {"name", p.Name}, {"time_zone", p.TimeZone.String()}}
	if p.PasswordLink != 0 {
		office = append(office, entry{"password_link_minutes", plain(fmt.Sprint(int(p.PasswordLink / time.Minute)))})
	}
	if p.Version != 0 || either(t, "says version 0") {
		office = append(office, entry{"version", plain(fmt.Sprint(p.Version))})
	}
	return append(office, entry{"company_settings", listOf(p.SettingKinds, func(k companies.SettingKind) any { return writtenKind(t, k) })})
}

// written is an office as a file: as YAML blocks, or on one line as JSON.
func written(t *rapid.T, p offices.Parts) string { return spelt(t, writtenFile(t, p)) }

func writtenFile(t *rapid.T, p offices.Parts) mapping {
	return mapping{
		{"version", plain("1")},
		{"office", writtenOffice(t, p)},
		{"accounting_systems", listOf(p.Systems, func(s sync.System) any { return writtenSystem(s) })},
		{"users", listOf(p.Users, func(u users.User) any { return writtenUser(t, u, p) })},
		{"deleted_users", listOf(p.Deleted, func(u users.Deleted) any { return mapping{{"id", asText(u.ID)}, {"username", u.Username}} })},
		{"companies", writtenCompanies(t, p)},
	}
}

func spelt(t *rapid.T, file any) string {
	w := writer{T: t, json: rapid.Bool().Draw(t, "as JSON")}
	switch _, isMapping := file.(mapping); {
	case w.json || !isMapping:
		w.flow(file)
	default:
		w.block(file, "")
	}
	return w.String()
}

func writtenKind(t *rapid.T, k companies.SettingKind) mapping {
	m := mapping{{"code", k.Code}}
	if k.Mandatory || either(t, "says false") {
		m = append(m, entry{"mandatory", k.Mandatory})
	}
	if len(k.Values) > 0 || either(t, "says none") {
		m = append(m, entry{"values", listOf(k.Values, asText)})
	}
	return m
}

func writtenCompanies(t *rapid.T, p offices.Parts) list {
	var l list
	for _, c := range p.Companies {
		m := mapping{
			{"id", asText(c.ID)},
			{"name", c.Name},
			{"accounting_system", asText(c.System)},
			{"authorisation_workflow", c.AuthorisationWorkflow},
			{"payment_agreement", c.PaymentAgreement},
		}
		if c.SynchronisationOff || either(t, "says true") {
			m = append(m, entry{"synchronisation", !c.SynchronisationOff})
		}
		if s := writtenSettings(p, c.ID); len(s) > 0 {
			m = append(m, entry{"settings", s})
		}
		l = append(l, m)
	}
	return l
}

func writtenSettings(p offices.Parts, id companies.ID) (m mapping) {
	for _, s := range p.Settings {
		if s.Company == id {
			m = append(m, entry{s.Code, s.Value})
		}
	}
	return m
}

func writtenSystem(s sync.System) mapping {
	return mapping{
		{"id", asText(s.ID)},
		{"name", s.Name},
		{"connection", s.Connection.String()},
		{"synchronisation_user", asText(s.SynchronisationUser)},
		{"users", listOf(s.Users, func(u sync.User) any { return writtenAccountingUser(u) })},
	}
}

func writtenAccountingUser(u sync.User) mapping {
	var reach any = "all"
	if !u.Reach.All() {
		reach = writtenAccess(u.Reach.Some())
	}
	return mapping{
		{"id", asText(u.ID)},
		{"name", u.Name},
		{"email", u.Email},
		{"rank", plain(fmt.Sprint(u.Rank))},
		{"can_book", u.CanBook},
		{"can_change_master_data", u.CanChangeMasterData},
		{"companies", reach},
	}
}

func writtenAccess(a users.Access) list { return listOf(slices.Collect(a.All()), asText) }

func writtenUser(t *rapid.T, u users.User, p offices.Parts) mapping {
	m := mapping{
		{"id", asText(u.ID)},
		{"username", u.Username},
		{"email", u.Email},
		{"roles", listOf(slices.Collect(u.Roles.All()), func(r roles.Role) any { return r.String() })},
		{"companies", writtenAccess(u.Access)},
		{"archive", u.Archive.String()},
	}
	if u.Access.Len() == len(p.Companies) && either(t, "says all") {
		m[4].value = "all"
	}
	for _, e := range (mapping{
		{"later_companies", u.LaterCompanies},
		{"change_bank_details", u.ChangeBankDetails},
		{"spenser", u.Spenser},
		{"used", u.Used},
	}) {
		if e.value == true || either(t, "says false") {
			m = append(m, e)
		}
	}
	for _, e := range (mapping{{"name", u.Name}, {"language", u.Language}}) {
		if e.value != "" {
			m = append(m, e)
		}
	}
	if u.BillTo.Chosen() {
		m = append(m, entry{"bill_to", u.BillTo.String()})
	}
	if !u.EndDate.IsZero() {
		m = append(m, entry{"end_date", rapid.SampledFrom([]any{u.EndDate.String(), plain(u.EndDate.String())}).Draw(t, "date form")})
	}
	var links list
	for _, link := range p.Links {
		if link.User == u.ID {
			links = append(links, mapping{{"system", asText(link.System)}, {"user", asText(link.AccountingUser)}, {"verified", link.Verified}})
		}
	}
	for _, l := range p.PasswordLinks {
		if l.User == u.ID {
			m = append(m, entry{"password_link", mapping{
				{"address", l.Address}, {"sent", plain(l.Sent.Format(time.RFC3339Nano))}, {"minutes", plain(fmt.Sprint(int(l.Length / time.Minute)))},
			}})
		}
	}
	return append(m, entry{"accounting_users", links})
}

// writer spells a file out, with its keys and lists in any order.
type writer struct {
	*rapid.T
	strings.Builder
	json bool
}

func (w *writer) print(v ...any) { _, _ = fmt.Fprint(w, v...) } // a Builder never fails

func (w *writer) block(v any, indent string) {
	switch v := v.(type) {
	case mapping:
		for _, e := range rapid.Permutation(v).Draw(w.T, "keys") {
			w.WriteString(indent)
			w.key(e.key)
			w.WriteString(":")
			w.below(e.value, indent)
		}
	case list:
		for _, e := range rapid.Permutation(v).Draw(w.T, "list") {
			w.WriteString(indent + "-")
			w.below(e, indent)
		}
	}
}

// key writes a key: the format's own plain, an office's own quoted.
func (w *writer) key(key any) {
	if s, _ := key.(string); ownKey.MatchString(s) {
		w.WriteString(s)
		return
	}
	w.flow(key)
}

var ownKey = regexp.MustCompile("^[a-z_]+$")

// below writes a value behind its key or its dash.
func (w *writer) below(v any, indent string) {
	if l, isList := v.(list); isList && len(l) > 0 && either(w.T, "in a block") {
		w.WriteString("\n")
		w.block(l, indent+"  ")
		return
	}
	if m, isMapping := v.(mapping); isMapping && either(w.T, "in a block") {
		w.WriteString("\n")
		w.block(m, indent+"  ")
		return
	}
	w.WriteString(" ")
	w.flow(v)
	w.WriteString("\n")
}

func (w *writer) flow(v any) {
	switch v := v.(type) {
	case mapping:
		w.WriteString("{")
		for i, e := range rapid.Permutation(v).Draw(w.T, "keys") {
			w.comma(i)
			w.flow(e.key)
			w.WriteString(": ")
			w.flow(e.value)
		}
		w.WriteString("}")
	case list:
		w.WriteString("[")
		for i, e := range rapid.Permutation(v).Draw(w.T, "list") {
			w.comma(i)
			w.flow(e)
		}
		w.WriteString("]")
	case string:
		w.WriteString(w.quoted(v))
	case plain:
		if w.json && strings.Contains(string(v), "-") { // a date, which JSON has no other form for
			v = `"` + v + `"`
		}
		w.WriteString(string(v))
	default:
		w.print(v)
	}
}

func (w *writer) comma(i int) {
	if i > 0 {
		w.WriteString(rapid.SampledFrom([]string{",", ", ", ",\t"}).Draw(w.T, "comma"))
	}
}

// quoted spells a text: in single quotes where YAML can, or in double quotes with
// any character escaped that needs it, and some that do not.
func (w *writer) quoted(s string) string {
	printed := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
	if !w.json && printed && either(w.T, "in single quotes") {
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	escapes := either(w.T, "with escapes")
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case unicode.IsPrint(r) && (r < 0x80 || !escapes):
			b.WriteRune(r)
		case w.json:
			b.WriteString(jsonEscape(r))
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return `"` + b.String() + `"`
}
