package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/officefile/internal/texts"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/roles"
)

// The tables below are the format: each is one mapping of a scenario file, with its
// keys in the order in which the documentation has them. What they say of a key is
// what editors show of it; schema.go says the rest to them.

// content is a scenario file as it is written, before its names are resolved.
type content struct {
	office    *yaml.Node
	at        *time.Time // nil where it is absent
	scenarios []entry
}

var fileShape = strict.Shape[content]{Name: "a scenario file", Keys: []strict.Key[content]{
	strict.With("office", "an office file, relative to this file; or the office inline", func(c *content) **yaml.Node { return &c.office }, office),
	strict.With("at", "the moment of asking; absent, now", func(c *content) **time.Time { return &c.at }, moment).Optional(),
	strict.With("scenarios", "what must and what must not be possible", func(c *content) *[]entry { return &c.scenarios }, entries),
}}

// entry is one scenario as it is written.
type entry struct {
	node        *yaml.Node
	name        string
	at          *time.Time
	given       []given
	can, cannot []question
	tables      []table
	findings    []pattern
	noFindings  []pattern
}

var entryShape = strict.Shape[entry]{Name: "a scenario", Keys: []strict.Key[entry]{
	strict.With("name", "what the scenario says, in words", func(e *entry) *string { return &e.name }, title),
	strict.With("at", "the moment of asking; absent, that of the file", func(e *entry) **time.Time { return &e.at }, moment).Optional(),
	strict.With("given", "commands that are carried out first", func(e *entry) *[]given { return &e.given }, some(strict.As(givenSchema(), givenOf))).Optional(),
	strict.With("can", "what must be possible: subject, action, resource, properties, answer", func(e *entry) *[]question { return &e.can }, some(questions(allowedShape, true))).Optional(),
	strict.With("cannot", "what must not be possible: subject, action, resource, properties, answer", func(e *entry) *[]question { return &e.cannot }, some(questions(deniedShape, false))).Optional(),
	strict.With("tables", "each user, action and resource", func(e *entry) *[]table { return &e.tables }, some(strict.As(tableSchema(), tableOf))).Optional(),
	strict.With("findings", "each is found", func(e *entry) *[]pattern { return &e.findings }, some(patterns)).Optional(),
	strict.With("no_findings", "none of these is found, unless acknowledged", func(e *entry) *[]pattern { return &e.noFindings }, some(patterns)).Optional(),
}}

const expectedOffice = "the name of an office file, or an office, which is a mapping"

// office is where the office stands, or the office itself, which is read later.
var office = strict.As(
	strict.AnyOf(strict.TextLike(expectedOffice, `.`).Such("office.yaml"), officefile.InlineSchema()),
	func(d *strict.Document, n *yaml.Node) *yaml.Node {
		if strict.Follow(n).Kind == yaml.MappingNode {
			return n
		}
		if strict.TextOf[string](d, n) == "" {
			d.Fault(n, strict.Describe(n), expectedOffice)
		}
		return n
	},
)

var moment = strict.As(texts.Moment, func(d *strict.Document, n *yaml.Node) *time.Time { return new(strict.DateOf(d, n, authzen.ParseTime)) })

var entries = strict.As(atLeastOne(strict.ListLike("a list of scenarios", expecting(entryShape.Schema()))), func(d *strict.Document, n *yaml.Node) []entry {
	before := d.Count()
	list := strict.ListOf(d, n, "a list of scenarios", entryOf)
	if len(list) == 0 && d.Count() == before {
		d.Fault(n, "no scenario", "one or more")
	}
	return list
})

func entryOf(d *strict.Document, n *yaml.Node) entry {
	before := d.Count()
	e := entryShape.Read(d, n)
	e.node = n
	expects := len(e.can) + len(e.cannot) + len(e.tables) + len(e.findings) + len(e.noFindings)
	if expects == 0 && d.Count() == before {
		d.Fault(n, "a scenario that expects nothing", "at least one of can, cannot, tables, findings, no_findings")
	}
	return e
}

var title = strict.As(texts.Line, func(d *strict.Document, n *yaml.Node) string {
	name := strict.LineOf(d, n)
	if name == "" {
		d.Fault(n, strict.Describe(n), "what the scenario says, in words")
	}
	return name
})

// some reads a list that has something in it: an empty one would be there for
// nothing.
func some[V any](element strict.Reader[V]) strict.Reader[[]V] {
	return strict.As(atLeastOne(strict.ListLike("a list", element.Schema())), func(d *strict.Document, n *yaml.Node) []V {
		list := strict.ListOf(d, n, "a list", element.Read)
		if len(list) == 0 && strict.Follow(n).Kind == yaml.SequenceNode {
			d.Fault(n, "an empty list", "one with something in it, or no such key")
		}
		return list
	})
}

// word is a text and where it stands.
type word struct {
	node *yaml.Node
	text string
}

func wordOf(d *strict.Document, n *yaml.Node) word { return word{n, strict.TextOf[string](d, n)} }

// textLike reads a word that a schema describes.
func textLike(takes strict.Schema) strict.Reader[word] { return strict.As(takes, wordOf) }

// given is a command as it is written: [who, command, fields], or [command, fields] for
// one that the software itself gives.
type given struct {
	node    *yaml.Node
	actor   word // no node where it is the software
	command word
	fields  *yaml.Node
}

func givenOf(d *strict.Document, n *yaml.Node) given {
	list := strict.Follow(n)
	if list.Kind != yaml.SequenceNode || len(list.Content) < 2 || len(list.Content) > 3 {
		d.Fault(n, describe(n), "[user, command, {its fields}], or [command, {its fields}] where the software gives it")
		return given{node: n}
	}
	g, at := given{node: n}, 0
	if len(list.Content) == 3 {
		g.actor, at = wordOf(d, list.Content[0]), 1
	}
	g.command = wordOf(d, list.Content[at])
	g.fields = mapping(d, list.Content[at+1], "the fields of the command, which are a mapping")
	return g
}

// describe is strict.Describe with the length of a list.
func describe(n *yaml.Node) string {
	if list := strict.Follow(n); list.Kind == yaml.SequenceNode {
		return fmt.Sprintf("a list of %d", len(list.Content))
	}
	return strict.Describe(n)
}

// mapping is the node where it is a mapping, and nil otherwise.
func mapping(d *strict.Document, n *yaml.Node, expected string) *yaml.Node {
	if strict.Follow(n).Kind != yaml.MappingNode {
		d.Fault(n, strict.Describe(n), expected)
		return nil
	}
	return n
}

// question is a question as it is written: [who, action, resource, properties, what is
// expected of the answer], of which the last two may be left out.
type question struct {
	node                      *yaml.Node
	subject, action, resource word
	properties                *yaml.Node
	expected                  expected
	allowed                   bool
}

// questions reads questions of which the answer is to be yes, or no.
func questions(answer strict.Shape[expected], allowed bool) strict.Reader[question] {
	return strict.As(questionSchema(answer, allowed), func(d *strict.Document, n *yaml.Node) question {
		return questionOf(d, n, answer, allowed)
	})
}

func questionOf(d *strict.Document, n *yaml.Node, answer strict.Shape[expected], allowed bool) question {
	q := question{node: n, allowed: allowed}
	list := strict.Follow(n)
	if list.Kind != yaml.SequenceNode || len(list.Content) < 3 || len(list.Content) > 5 {
		d.Fault(n, describe(n), "[user, action, type:id], and then the properties of the action and what is expected of the answer")
		return q
	}
	items := list.Content
	q.subject, q.action, q.resource = wordOf(d, items[0]), wordOf(d, items[1]), wordOf(d, items[2])
	if len(items) > 3 {
		q.properties = mapping(d, items[3], "the properties of the action, which are a mapping")
	}
	if len(items) > 4 {
		q.expected = answer.Read(d, items[4])
	}
	return q
}

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
	rulesKey    = strict.With("rules", "the rules of the answer: exactly these", func(e *expected) *[]policy.RuleID { return &e.rules }, some(rule)).Optional()
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

var rule = strict.Coded(strict.Codes(slices.Collect(policy.AllRules())).Or("the id of a rule such as document.view/client").Called("rule"), policy.ParseRuleID)

var textual = strict.As(strict.AnyText, func(d *strict.Document, n *yaml.Node) *string { return new(strict.TextOf[string](d, n)) })

// code is the code of a denial: there is one.
var code = strict.Coded(strict.Codes(slices.Collect(policy.AllCodes())).Or("the code of a denial such as not_in_turn").Called("code"), policy.ParseCode)

var theseWarnings = strict.As(strict.ListLike("a list of warnings", warning.Schema()), func(d *strict.Document, n *yaml.Node) *policy.Warnings {
	var all policy.Warnings
	for _, one := range strict.ListOf(d, n, "a list of warnings", warning.Read) {
		all |= one
	}
	return &all
})

var everyWarning = (^policy.Warnings(0)).Codes()

var warning = strict.Coded(strict.Words(everyWarning), func(text string) (policy.Warnings, error) {
	if w := policy.WarningOf(text); w != 0 {
		return w, nil
	}
	return 0, &problems.Problem{Found: problems.Quote(text), Expected: "one of " + strings.Join(everyWarning, ", ")}
})

// remedies is a list of remedies, each a list of changes; not nil, also where it is
// empty.
var remedies = strict.As(strict.ListLike(expectedRemedies, change.Schema()), func(d *strict.Document, n *yaml.Node) [][]word {
	list := strict.ListOf(d, n, expectedRemedies, change.Read)
	return append([][]word{}, list...)
})

const expectedRemedies = "a list of remedies, each a list of changes"

var change = some(textLike(strict.AnyText))

// table is a table as it is written.
type table struct {
	node       *yaml.Node
	users      []word // nil: every user of the office
	actions    []word
	resources  []word
	properties *yaml.Node
	can        only
	code       policy.Code
}

var tableShape = strict.Shape[table]{Name: "a table", Keys: []strict.Key[table]{
	strict.With("users", "absent, every user of the office", func(t *table) *[]word { return &t.users }, some(textLike(aName))).Optional(),
	strict.With("actions", "each is asked of each user on each resource", func(t *table) *[]word { return &t.actions }, some(textLike(anAction))),
	strict.With("resources", "type:id, each", func(t *table) *[]word { return &t.resources }, some(textLike(aResource))),
	strict.With("with", "properties, for each of the actions that takes them", func(t *table) **yaml.Node { return &t.properties }, properties).Optional(),
	strict.With("can", "who can: all, none, or only some", func(t *table) *only { return &t.can }, onlyOf),
	strict.With("code", "that of each denial", func(t *table) *policy.Code { return &t.code }, code).Optional(),
}}

func tableOf(d *strict.Document, n *yaml.Node) table {
	t := tableShape.Read(d, n)
	t.node = n
	if t.can.all && t.code != 0 {
		d.Fault(n, "a code in a table where all can", "a code where somebody cannot")
	}
	return t
}

var properties = strict.As(objectLike(expectedProperties), func(d *strict.Document, n *yaml.Node) *yaml.Node {
	return mapping(d, n, expectedProperties)
})

const expectedProperties = "the properties of the actions, which are a mapping"

// only is who of a table can: all, nobody, or these.
type only struct {
	all  bool
	some []word
}

var onlyShape = strict.Shape[only]{Name: "who can", Keys: []strict.Key[only]{
	strict.With("only", "these users and no other", func(o *only) *[]word { return &o.some }, some(textLike(aName))),
}}

const expectedOnly = "all, none, or {only: [users]}"

var onlyOf = strict.As(
	strict.AnyOf(strict.Word("all", expectedOnly), strict.Word("none", expectedOnly), onlyShape.Schema()),
	func(d *strict.Document, n *yaml.Node) only {
		switch {
		case strict.IsWord(n, "all"):
			return only{all: true}
		case strict.IsWord(n, "none"):
			return only{}
		case strict.Follow(n).Kind == yaml.MappingNode:
			return onlyShape.Read(d, n)
		}
		d.Fault(n, strict.Describe(n), expectedOnly)
		return only{}
	},
)

// pattern is what a finding is like. What is absent fits any.
type pattern struct {
	node         *yaml.Node
	id           string
	level        roles.Level
	user         word
	company      word
	acknowledged *bool
	line, column int
}

var patternShape = strict.Shape[pattern]{Name: "a finding", Keys: []strict.Key[pattern]{
	strict.With("id", "the rule that makes it", func(p *pattern) *string { return &p.id }, finding).Optional(),
	strict.Code("level", "how heavy it weighs", func(p *pattern) *roles.Level { return &p.level }, roles.ParseLevel, roles.Levels()).Optional(),
	strict.With("user", "whom it is about", func(p *pattern) *word { return &p.user }, textLike(aName)).Optional(),
	strict.With("company", "the company it is about", func(p *pattern) *word { return &p.company }, textLike(aName)).Optional(),
	strict.With("acknowledged", "whether the office has accepted it", func(p *pattern) **bool { return &p.acknowledged }, flag).Optional(),
}}

var flag = strict.As(strict.TrueOrFalse, func(d *strict.Document, n *yaml.Node) *bool { return new(strict.FlagOf(d, n)) })

var patterns = strict.As(tellingSomething(patternShape.Schema()), patternOf)

func patternOf(d *strict.Document, n *yaml.Node) pattern {
	before := d.Count()
	p := patternShape.Read(d, n)
	p.node = n
	if len(strict.Follow(n).Content) == 0 && d.Count() == before {
		d.Fault(n, "a finding of which nothing is told", "one or more of id, level, user, company, acknowledged")
	}
	return p
}

// finding is the id of a rule of an access review.
var finding = strict.Coded(texts.Finding, parseFinding)

func parseFinding(text string) (string, error) {
	for rule := range review.Rules() {
		if rule.ID == text {
			return text, nil
		}
	}
	return "", &problems.Problem{Found: problems.Quote(text), Expected: texts.ExpectedFinding}
}
