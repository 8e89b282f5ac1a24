package officefile

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/officefile/internal/texts"
	"github.com/mandaat/mandaat/problems"
)

// The rules that make findings: a letter and the number of its last rule.
var findings = []struct {
	letter string
	last   int
}{{"R", 6}, {"O", 18}, {"S", 6}}

// parseFinding takes the id of a finding as it stands.
func parseFinding(id string) (string, error) {
	for _, f := range findings {
		digits, ok := strings.CutPrefix(id, f.letter)
		n, err := strconv.Atoi(digits)
		if ok && err == nil && n >= 1 && n <= f.last && id == f.letter+strconv.Itoa(n) {
			return id, nil
		}
	}
	return "", &problems.Problem{Found: problems.Quote(id), Expected: texts.ExpectedFinding}
}

var finding = strict.Coded(texts.Finding, parseFinding)

var reason = strict.As(texts.Reason, func(d *strict.Document, n *yaml.Node) string {
	text := strict.ProseOf(d, n)
	if documents.Blank(text) {
		d.Fault(n, strict.Describe(n), texts.ExpectedReason)
	}
	return text
})

var prose = strict.As(texts.Prose, strict.ProseOf)

// acknowledgements complains of users and companies that nobody knows. A user may
// have been deleted since.
func (r *reader) acknowledgements() {
	for i, a := range r.acknowledged {
		at := problems.At("acknowledged", i)
		if a.User != "" && !r.everUser(a.User) {
			r.FaultAt(at+".user", problems.Quote(string(a.User)), expectedEverUser)
		}
		for j, id := range slices.All(a.Users) {
			if !r.everUser(id) {
				r.FaultAt(problems.At(at+".users", j), problems.Quote(string(id)), expectedEverUser)
			}
		}
		if a.Company != "" && !r.known.companies[a.Company] {
			r.FaultAt(at+".company", problems.Quote(string(a.Company)), expectedCompany)
		}
	}
}
