package policy

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/words"
)

// saidSomewhere is every sentence that the library can say, and where: those of
// the tables here, and those that stand in the code as an argument of words.Say.
func saidSomewhere(t *testing.T) map[string]string {
	said := literals(t)
	for _, s := range sayings {
		said[s.staff], said[s.asker] = "sayings", "sayings"
	}
	for i := range rules {
		said[rules[i].Why] = "rules"
	}
	for _, s := range codeSentences {
		said[s] = "codes"
	}
	for _, s := range warningSentences {
		said[s] = "warnings"
	}
	for set := range 128 {
		for f := range roles.Set(set).Findings() {
			said[f.Message] = "findings"
		}
	}
	for _, s := range resourceTypes {
		said[s] = "resource types"
	}
	delete(said, "")
	return said
}

// literals is the strings that shipped code passes to the functions that speak,
// or keeps as what a problem with a property expected.
func literals(t *testing.T) map[string]string {
	found := map[string]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			for _, e := range spoken(path, n) {
				if literal, ok := e.(*ast.BasicLit); ok && literal.Kind == token.STRING {
					text, _ := strconv.Unquote(literal.Value)
					found[text] = path
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func spoken(path string, n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.CallExpr:
		switch fun := n.Fun.(type) {
		case *ast.Ident:
			if fun.Name == "Say" {
				return n.Args[:1]
			}
			if fun.Name == "wrong" && strings.Contains(path, "adapters") {
				return n.Args[1:]
			}
		case *ast.SelectorExpr:
			if fun.Sel.Name == "Say" {
				return n.Args[:1]
			}
		}
	case *ast.ValueSpec:
		if strings.HasPrefix(n.Names[0].Name, "expect") && strings.Contains(path, "policy") {
			return n.Values
		}
	}
	return nil
}

func TestTheCatalogueHasEverySentenceAndNoOther(t *testing.T) {
	said, known := saidSomewhere(t), words.Catalogue(words.Dutch)
	for _, english := range slices.Sorted(maps.Keys(said)) {
		if _, ok := known[english]; !ok {
			t.Errorf("no Dutch for %q (%s)", english, said[english])
		}
	}
	for english := range known {
		if _, ok := said[english]; !ok && !saidOfProblems[english] {
			t.Errorf("Dutch for %q, which nothing says", english)
		}
	}
	if len(known) < 100 {
		t.Errorf("only %d sentences", len(known))
	}
}

// saidOfProblems is what problems with properties found and expected, which come
// from the domain and from what reads requests; the tests there ask for them all.
var saidOfProblems = map[string]bool{
	"a number": true, "an object": true, "nothing": true,
	"a date such as 2027-01-31": true,
	"an identifier: 1 to 128 bytes of valid UTF-8 without control characters": true,
	"a comment only where the outcome is rejected":                            true,
	"true: the document has a route":                                          true,
	"authorisation without a pending route":                                   true,
	"tagging with a pending route":                                            true,
	"booking with a pending route":                                            true,
	"an authoriser in turn, or the stage tagging, booking or archived":        true,
	"authorisation or archived, or a route in which nobody is in turn":        true,
}

func TestEveryTranslationHasTheSameBlanks(t *testing.T) {
	for english, dutch := range words.Catalogue(words.Dutch) {
		a, b := words.Blanks(english), words.Blanks(dutch)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(a, b) || dutch == "" {
			t.Errorf("%q has the blanks %q, and %q has %q", english, a, dutch, b)
		}
		if strings.HasSuffix(english, ".") != strings.HasSuffix(dutch, ".") {
			t.Errorf("one of %q and %q ends with a full stop", english, dutch)
		}
	}
}
