package officefile

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/mandaat/mandaat/problems"
)

// officeProblems complains of what the domain found wrong with the office.
func (r *reader) officeProblems(err error) {
	for _, p := range problems.All(err) {
		if at, field, ok := r.ofSetting(p.Path); ok {
			r.settingProblem(field, at, p)
			continue
		}
		r.problem(r.inFile(p.Path), p)
	}
}

// problem complains of a domain problem at a path of the file.
func (r *reader) problem(path string, p *problems.Problem) {
	r.FaultAt(path, p.Found, r.withLines(path, p.Expected))
}

// inFile is a path of the domain as one of the file. The domain has some lists of
// their own that the file has with what they are of.
func (r *reader) inFile(path string) string {
	if i, field, ok := indexed(path, "links"); ok {
		at := r.places[i]
		link := problems.Join(problems.At("users", at.user), problems.At("accounting_users", at.link))
		return link + strings.Replace(field, "accounting_user", "user", 1)
	}
	if i, field, ok := indexed(path, "password_links"); ok {
		user := problems.At("users", r.passwordPlaces[i])
		if field == ".user" { // wrong with the user
			return user + ".id"
		}
		return user + ".password_link" + field
	}
	if i, field, ok := indexed(path, "company_settings"); ok {
		return "office." + problems.At("company_settings", i) + field
	}
	return path
}

// indexed takes a path such as "links[2].user" apart, where it leads into list.
func indexed(path, list string) (i int, field string, ok bool) {
	digits, ok := strings.CutPrefix(path, list+"[")
	digits, field, _ = strings.Cut(digits, "]")
	i, err := strconv.Atoi(digits)
	return i, field, ok && err == nil
}

// element finds the paths of list elements in a message: "users[3]".
var element = regexp.MustCompile(`([a-z_]+)\[[0-9]+\]`)

// withLines adds to each element that a message about path names the line it
// stands on.
func (r *reader) withLines(path, message string) string {
	return element.ReplaceAllStringFunc(message, func(other string) string {
		return fmt.Sprintf("%s (line %d)", other, r.LineOf(sibling(path, other)))
	})
}

// sibling is where to find another element that a message about path names: in
// the list that path leads into, or else in one of the file's own.
func sibling(path, other string) string {
	own := element.FindAllStringIndex(path, -1)
	name, _, _ := strings.Cut(other, "[")
	for _, at := range slices.Backward(own) {
		if strings.HasPrefix(path[at[0]:], name+"[") {
			return path[:at[0]] + other
		}
	}
	return other
}
