package scenarios

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
)

// expected is what is expected of an answer, beside yes or no. What is zero or nil is
// not looked at.
type expected struct {
	code     policy.Code
	rule     policy.RuleID
	rules    []policy.RuleID
	reason   *string
	source   *string
	warnings *policy.Warnings
	whyNot   [][]word
}

var (
	ruleKey     = strict.With("rule", func(e *expected) *policy.RuleID { return &e.rule }, ruleOf).Optional()
	rulesKey    = strict.With("rules", func(e *expected) *[]policy.RuleID { return &e.rules }, rules).Optional()
	reasonKey   = strict.With("reason", func(e *expected) **string { return &e.reason }, textOf).Optional()
	sourceKey   = strict.With("source", func(e *expected) **string { return &e.source }, textOf).Optional()
	warningsKey = strict.With("warnings", func(e *expected) **policy.Warnings { return &e.warnings }, warningsOf).Optional()
	codeKey     = strict.Code("code", func(e *expected) *policy.Code { return &e.code }, code).Optional()
	whyNotKey   = strict.With("why_not", func(e *expected) *[][]word { return &e.whyNot }, remedies).Optional()
)

var allowedShape = strict.Shape[expected]{
	Name: "what is expected of a yes", Keys: []strict.Key[expected]{ruleKey, rulesKey, reasonKey, sourceKey, warningsKey},
}

var deniedShape = strict.Shape[expected]{
	Name: "what is expected of a no", Keys: []strict.Key[expected]{codeKey, rulesKey, reasonKey, sourceKey, warningsKey, whyNotKey},
}

func ruleOf(d *strict.Document, n *yaml.Node) policy.RuleID {
	return strict.CodeOf(d, n, oneOf("a rule such as document.view/client", policy.ParseRuleID, policy.AllRules))
}

func rules(d *strict.Document, n *yaml.Node) []policy.RuleID {
	return once(d, n, some(ruleOf)(d, n))
}

func textOf(d *strict.Document, n *yaml.Node) *string { return new(strict.LineOf(d, n)) }

// code is the code of a denial.
func code(text string) (policy.Code, error) {
	return oneOf("a code of a denial such as role_missing", policy.ParseCode, policy.AllCodes)(text)
}

// oneOf parses a word of a list too long to be told whole: of another word it says
// which of the list was probably meant.
func oneOf[V fmt.Stringer](expected string, parse func(string) (V, error), all func() iter.Seq[V]) func(string) (V, error) {
	return func(text string) (V, error) {
		v, err := parse(text)
		if err != nil {
			var words []string
			for known := range all() {
				words = append(words, known.String())
			}
			err = &problems.Problem{Found: problems.Quote(text), Expected: perhaps(expected, text, "", slices.Values(words))}
		}
		return v, err
	}
}

func warningsOf(d *strict.Document, n *yaml.Node) *policy.Warnings {
	var all policy.Warnings
	for _, one := range once(d, n, strict.ListOf(d, n, "a list of warnings", warningOf)) {
		all |= one
	}
	return &all
}

func warningOf(d *strict.Document, n *yaml.Node) policy.Warnings {
	return strict.CodeOf(d, n, func(text string) (policy.Warnings, error) {
		if w := policy.WarningOf(text); w != 0 {
			return w, nil
		}
		return 0, &problems.Problem{Found: problems.Quote(text), Expected: "one of " + strings.Join((^policy.Warnings(0)).Codes(), ", ")}
	})
}

// remedies is a list of remedies, each a list of changes; not nil, also where it is
// empty.
func remedies(d *strict.Document, n *yaml.Node) [][]word {
	list := strict.ListOf(d, n, "a list of remedies, each a list of changes", remedyOf)
	return append([][]word{}, list...)
}

func remedyOf(d *strict.Document, n *yaml.Node) []word {
	list := strict.ListOf(d, n, "a list of changes", wordOf)
	if len(list) == 0 && strict.Follow(n).Kind == yaml.SequenceNode {
		d.Fault(n, "a remedy without changes", "a list of changes, or [] for why_not where there is no remedy")
	}
	return list
}
