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
		r.problem(r.inFile(p.Path), p)
	}
}

// problem complains of a domain problem at a path of the file.
func (r *reader) problem(path string, p *problems.Problem) {
	r.FaultAt(path, p.Found, r.withLines(path, p.Expected))
}

// inFile is a path of the domain as one of the file. The domain has links in a
// list of their own; the file has them with their users.
func (r *reader) inFile(path string) string {
	digits, isLink := strings.CutPrefix(path, "links[")
	digits, field, _ := strings.Cut(digits, "]")
	i, err := strconv.Atoi(digits)
	if !isLink || err != nil {
		return path
	}
	at := r.places[i]
	link := problems.Join(problems.At("users", at.user), problems.At("accounting_users", at.link))
	return link + strings.Replace(field, "accounting_user", "user", 1)
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
