package scenarios

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/officefile/internal/texts"
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
	ruleKey     = strict.With("rule", "the rule that allows", func(e *expected) *policy.RuleID { return &e.rule }, rule).Optional()
	rulesKey    = strict.With("rules", "the rules of the answer: exactly these", func(e *expected) *[]policy.RuleID { return &e.rules }, once(some(rule))).Optional()
	reasonKey   = strict.With("reason", "the reason, to the letter", func(e *expected) **string { return &e.reason }, textual).Optional()
	sourceKey   = strict.With("source", "where the rule comes from", func(e *expected) **string { return &e.source }, textual).Optional()
	warningsKey = strict.With("warnings", "exactly these", func(e *expected) **policy.Warnings { return &e.warnings }, theseWarnings).Optional()
	codeKey     = strict.With("code", "the code of the denial", func(e *expected) *policy.Code { return &e.code }, code).Optional()
	whyNotKey   = strict.With("why_not", "remedies that must be among those found, each a list of changes; an empty list is that there is none", func(e *expected) *[][]word { return &e.whyNot }, remedies).Optional()
)

var allowedShape = strict.Shape[expected]{
	Name: "what is expected of a yes", Keys: []strict.Key[expected]{ruleKey, rulesKey, reasonKey, sourceKey, warningsKey},
}

var deniedShape = strict.Shape[expected]{
	Name: "what is expected of a no", Keys: []strict.Key[expected]{codeKey, rulesKey, reasonKey, sourceKey, warningsKey, whyNotKey},
}

var (
	aRule = strict.Codes(slices.Collect(policy.AllRules())).Or(expectedRule).Called("rule")
	rule  = strict.Coded(aRule, oneOf(expectedRule, policy.ParseRuleID, policy.AllRules))
)

const expectedRule = "a rule such as document.view/client"

var textual = strict.As(texts.Word, func(d *strict.Document, n *yaml.Node) *string { return new(strict.LineOf(d, n)) })

// code is the code of a denial.
var (
	aCode = strict.Codes(slices.Collect(policy.AllCodes())).Or(expectedCode).Called("code")
	code  = strict.Coded(aCode, oneOf(expectedCode, policy.ParseCode, policy.AllCodes))
)

const expectedCode = "a code of a denial such as role_missing"

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

var everyWarning = (^policy.Warnings(0)).Codes()

var warning = strict.Coded(strict.Words(everyWarning), func(text string) (policy.Warnings, error) {
	if w := policy.WarningOf(text); w != 0 {
		return w, nil
	}
	return 0, &problems.Problem{Found: problems.Quote(text), Expected: "one of " + strings.Join(everyWarning, ", ")}
})

var theseWarnings = strict.Then(once(strict.Elements("a list of warnings", warning)), func(list []policy.Warnings) *policy.Warnings {
	var all policy.Warnings
	for _, one := range list {
		all |= one
	}
	return &all
})

// remedies is a list of remedies, each a list of changes; not nil, also where it is
// empty.
var remedies = strict.Then(strict.Elements("a list of remedies, each a list of changes", remedy), func(list [][]word) [][]word {
	return append([][]word{}, list...)
})

var remedy = strict.As(atLeastOne(strict.ListLike("a list of changes", texts.Word)), func(d *strict.Document, n *yaml.Node) []word {
	list := strict.ListOf(d, n, "a list of changes", wordOf)
	if len(list) == 0 && strict.Follow(n).Kind == yaml.SequenceNode {
		d.Fault(n, "a remedy without changes", "a list of changes, or [] for why_not where there is no remedy")
	}
	return list
})
