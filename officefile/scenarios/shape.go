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
	strict.With("given", "commands that are carried out first", func(e *entry) *[]given { return &e.given }, lists(strict.As(givenSchema(), givenOf), "commands: ["+givenExpected+"]")).Optional(),
	strict.With("can", "what must be possible: subject, action, resource, properties, answer", func(e *entry) *[]question { return &e.can }, lists(questions(allowedShape, true), questionsExpected)).Optional(),
	strict.With("cannot", "what must not be possible: subject, action, resource, properties, answer", func(e *entry) *[]question { return &e.cannot }, lists(questions(deniedShape, false), questionsExpected)).Optional(),
	strict.With("tables", "each user, action and resource", func(e *entry) *[]table { return &e.tables }, some(strict.As(tableSchema(), tableOf))).Optional(),
	strict.With("findings", "each is found", func(e *entry) *[]pattern { return &e.findings }, some(patterns)).Optional(),
	strict.With("no_findings", "none of these is found, unless acknowledged", func(e *entry) *[]pattern { return &e.noFindings }, some(patterns)).Optional(),
}}

const expectedOffice = "the name of an office file, or an office, which is a mapping"

// office is where the office stands, or the office itself, which is read later; nil
// where it is neither.
var office = strict.As(
	strict.AnyOf(texts.LineWith(expectedOffice).Such("office.yaml"), officefile.InlineSchema()),
	func(d *strict.Document, n *yaml.Node) *yaml.Node {
		if strict.Follow(n).Kind == yaml.MappingNode {
			return n
		}
		before := d.Count()
		if strict.Follow(n).Kind == yaml.SequenceNode || strict.LineOf(d, n) == "" {
			d.Fault(n, strict.Describe(n), expectedOffice)
		}
		if d.Count() > before {
			return nil
		}
		return n
	},
)

// moment is nil where it is none.
var moment = strict.As(texts.Moment, func(d *strict.Document, n *yaml.Node) *time.Time {
	before := d.Count()
	at := strict.DateOf(d, n, authzen.ParseTime)
	if d.Count() > before {
		return nil
	}
	return &at
})

var entries = strict.As(atLeastOne(strict.ListLike("a list of scenarios", expecting(entryShape.Schema()))), func(d *strict.Document, n *yaml.Node) []entry {
	before := d.Count()
	list := strict.ListOf(d, n, "a list of scenarios", entryOf)
	if len(list) == 0 && d.Count() == before {
		d.Fault(n, "no scenario", "one or more")
	}
	return list
})

// expectations is the keys of which a scenario has at least one. Below each is
// something, or that there is nothing was complained of.
var expectations = []string{"can", "cannot", "tables", "findings", "no_findings"}

func entryOf(d *strict.Document, n *yaml.Node) entry {
	before := d.Count()
	e := entryShape.Read(d, n)
	e.node = n
	complained := d.Count() > before || valueOf(n, "<<") != nil
	if !complained && !slices.ContainsFunc(expectations, func(key string) bool { return valueOf(n, key) != nil }) {
		d.Fault(n, "a scenario that expects nothing", "at least one of "+strings.Join(expectations, ", "))
	}
	return e
}

const expectedTitle = "what the scenario says, in words"

var title = strict.As(texts.LineWith(expectedTitle), func(d *strict.Document, n *yaml.Node) string {
	name := strict.LineOf(d, n)
	if strings.TrimSpace(name) == "" {
		d.Fault(n, strict.Describe(n), expectedTitle)
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

// lists reads a list of lists. Where there is but one, without a list around it, that is
// told once.
func lists[V any](element strict.Reader[V], expected string) strict.Reader[[]V] {
	several := some(element)
	return strict.As(several.Schema(), func(d *strict.Document, n *yaml.Node) []V {
		if list := elements(n); len(list) > 1 && isText(strict.Follow(list[0])) && isText(strict.Follow(list[1])) {
			d.Fault(n, describe(n), "a list of "+expected)
			return nil
		}
		return several.Read(d, n)
	})
}

// word is a name and where it stands. No name has control characters, and those of an
// unknown one would reach the screen of whoever reads that it is unknown.
type word struct {
	node *yaml.Node
	text string
}

func wordOf(d *strict.Document, n *yaml.Node) word { return word{n, strict.LineOf(d, n)} }

// textLike reads a word that a schema describes.
func textLike(takes strict.Schema) strict.Reader[word] { return strict.As(takes, wordOf) }

// names is a list of names that has something in it, each once.
func names(takes strict.Schema) strict.Reader[[]word] { return once(some(textLike(takes))) }

// once reads a list, and complains of what stands in it again: it would be asked twice,
// or was meant to be something else.
func once[V any](list strict.Reader[V]) strict.Reader[V] {
	takes := list.Schema()
	takes.UniqueItems = true
	return strict.As(takes, func(d *strict.Document, n *yaml.Node) V {
		read := list.Read(d, n)
		seen := make(map[string]bool)
		for _, n := range elements(n) {
			value := strict.Follow(n)
			if value.Kind == yaml.ScalarNode && seen[value.Value] {
				d.Fault(n, problems.Quote(value.Value)+" again", "it once")
			}
			seen[value.Value] = true
		}
		return read
	})
}

// given is a command as it is written: [who, command, fields], or [command, fields] for
// one that the software itself gives.
type given struct {
	node    *yaml.Node
	actor   word // no node where it is the software
	command word
	fields  *yaml.Node
}

const givenExpected = "[user, command, {its fields}]"

func givenOf(d *strict.Document, n *yaml.Node) given {
	list := strict.Follow(n)
	if list.Kind != yaml.SequenceNode || len(list.Content) < 2 || len(list.Content) > 3 {
		d.Fault(n, describe(n), givenExpected+", or [command, {its fields}] where the software gives it")
		return given{node: n}
	}
	g, at := given{node: n}, 0
	if len(list.Content) == 3 {
		g.actor, at = wordOf(d, list.Content[0]), 1
	}
	g.command = wordOf(d, list.Content[at])
	g.fields = mapping(d, list.Content[at+1], "the fields of the command, which are a mapping")
	if g.actor.node == nil && g.fields == nil { // not to be told that users are no commands
		g.command.node = nil
	}
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
	answer                    *yaml.Node // where what is expected stands; nil where nothing is
	allowed                   bool
}

const (
	questionExpected  = "[user, action, type:id]"
	questionsExpected = "questions: [" + questionExpected + "]"
)

// resourceIn reads type:id, which is a mapping with a blank behind the colon.
func resourceIn(d *strict.Document, n *yaml.Node) word {
	if strict.Follow(n).Kind == yaml.MappingNode {
		d.Fault(n, "a mapping", "type:id, without a blank behind the colon")
		return word{node: n}
	}
	return wordOf(d, n)
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
		d.Fault(n, describe(n), expectedQuestion)
		return q
	}
	items := list.Content
	q.subject, q.action, q.resource = wordOf(d, items[0]), wordOf(d, items[1]), resourceIn(d, items[2])
	if len(items) > 3 {
		q.properties = mapping(d, items[3], "the properties of the action, which are a mapping")
	}
	if len(items) > 4 {
		q.expected, q.answer = answer.Read(d, items[4]), items[4]
	}
	return q
}

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
	strict.With("users", "absent, every user of the office", func(t *table) *[]word { return &t.users }, names(aName)).Optional(),
	strict.With("actions", "each is asked of each user on each resource", func(t *table) *[]word { return &t.actions }, names(anAction)),
	strict.With("resources", "type:id, each", func(t *table) *[]word { return &t.resources }, once(some(strict.As(aResource, resourceIn)))),
	strict.With("with", "properties, for each of the actions that takes them", func(t *table) **yaml.Node { return &t.properties }, properties).Optional(),
	strict.With("can", "who can: all, none, or only some", func(t *table) *only { return &t.can }, onlyOf),
	strict.With("code", "that of each denial", func(t *table) *policy.Code { return &t.code }, code).Optional(),
}}

func tableOf(d *strict.Document, n *yaml.Node) table {
	t := tableShape.Read(d, n)
	t.node = n
	if t.can.all && t.code != 0 {
		d.Fault(keyOf(n, "code"), "a code in a table where all can", "a code where somebody cannot")
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
	strict.With("only", "these users and no other", func(o *only) *[]word { return &o.some }, names(aName)),
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
	if _, known := review.RuleOf(text); known {
		return text, nil
	}
	return "", &problems.Problem{Found: problems.Quote(text), Expected: texts.ExpectedFinding}
}
