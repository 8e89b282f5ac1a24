package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/decisionlog"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/words"
)

const (
	logColumn   = 9   // where what stands behind a label begins: a hash just fits
	mostOfValue = 300 // bytes of a property that are shown
)

// logPage is a line that is explained, for people: rows of a label and what is said.
type logPage struct {
	sheet
	in words.Language
}

func (b *logPage) say(label words.Sentence, text string) { b.row(label.In(b.in), logColumn, text) }

func (b *logPage) more(text string) { b.row("", logColumn, text) }

func blank(name, text string) words.Blank { return words.Blank{Name: name, With: words.Plain(text)} }

// text is the line for people, with an empty line behind it.
func (x *explainedLine) text(in words.Language) string {
	b := logPage{in: in}
	x.head(&b)
	x.question(&b)
	b.say(words.Say("logged"), x.logged(in))
	switch x.status {
	case otherVersion:
		b.say(words.Say("UNKNOWN"), words.Say("The version of the office is {version} in the line and {file} in the file.",
			blank("version", plainly(x.Version)), blank("file", x.file)).In(in))
	case notWhole:
		b.say(words.Say("UNKNOWN"), words.Say("The line does not hold all that was asked: {cut} was left out.",
			words.Blank{Name: "cut", With: some(plain(x.Cut), words.And)}).In(in))
	case notASearch:
		b.say(words.Say("UNKNOWN"), words.Say("There is no search {endpoint}.", blank("endpoint", plainly(x.Endpoint))).In(in))
	case asLogged, differs:
		x.again(&b)
	}
	b.WriteString("\n")
	return b.String()
}

// plain is texts as a terminal may show them.
func plain(texts []string) []string {
	list := make([]string, len(texts))
	for i, text := range texts {
		list[i] = plainly(text)
	}
	return list
}

// head says which line it is, of when, and who asked.
func (x *explainedLine) head(b *logPage) {
	said := words.Say("line {number}", blank("number", strconv.Itoa(x.line))).In(b.in)
	if x.At.IsZero() {
		said += ", " + words.Say("at no moment").In(b.in)
	} else {
		said += ", " + x.At.Format(time.RFC3339Nano)
	}
	if x.RequestID != "" {
		said += ", " + words.Say("request {id}", blank("id", plainly(x.RequestID))).In(b.in)
	}
	if x.Caller != "" {
		said += ", " + words.Say("by {caller}", blank("caller", plainly(x.Caller))).In(b.in)
	}
	b.write("", said)
}

// question says what was asked, with the properties that decide.
func (x *explainedLine) question(b *logPage) {
	if x.Kind == decisionlog.Search {
		b.say(words.Say("searched"), x.searched(b.in))
	} else {
		b.say(words.Say("asked"), plainly(who(x.Request.Subject))+" "+plainly(x.Request.Action.Name)+" "+plainly(what(x.Request.Resource)))
	}
	x.properties(b, words.Say("with"), x.Request.Action.Properties)
	x.properties(b, words.Say("carried"), x.Request.Resource.Properties)
}

// who is the id of a user, and anything else by its type as well.
func who(e authzen.Entity) string {
	if e.Type == policy.User.String() {
		return e.ID
	}
	return what(e)
}

func what(e authzen.Entity) string { return e.Type + ":" + e.ID }

// searched says what was looked for.
func (x *explainedLine) searched(in words.Language) string {
	r := x.Request
	action, subject, resource := blank("action", plainly(r.Action.Name)), blank("subject", plainly(who(r.Subject))), blank("resource", plainly(what(r.Resource)))
	kind := x.Endpoint[strings.LastIndexByte(x.Endpoint, '/')+1:]
	switch kind {
	case "subject":
		return words.Say("who may {action} {resource}", action, resource).In(in)
	case "resource":
		return words.Say("on which {type} {subject} may {action}", blank("type", plainly(r.Resource.Type)), subject, action).In(in)
	case "action":
		return words.Say("what {subject} may on {resource}", subject, resource).In(in)
	}
	return plainly(x.Endpoint)
}

func (x *explainedLine) properties(b *logPage, label words.Sentence, properties map[string]any) {
	for i, pair := range pairs(properties) {
		if len(pair) > mostOfValue {
			pair = strings.ToValidUTF8(pair[:mostOfValue], "") + "..."
		}
		pair = printable(pair)
		if i == 0 {
			b.say(label, pair)
		} else {
			b.more(pair)
		}
	}
}

// logged is what the line says.
func (x *explainedLine) logged(in words.Language) string {
	if x.Kind == decisionlog.Search {
		return foundSo(x.Results, in)
	}
	parts := []string{sayDecision(x.Decision)}
	if x.Code != "" {
		parts = append(parts, plainly(x.Code))
	}
	return strings.Join(append(parts, plain(x.Rules)...), ", ")
}

func foundSo(n int, in words.Language) string {
	return words.Say("{count} found", blank("count", strconv.Itoa(n))).In(in)
}

// again says what asking again gave, and loudly where that is something else.
func (x *explainedLine) again(b *logPage) {
	if x.status == differs {
		b.say(words.Say("DIFFERS"), x.difference(b.in))
	} else if x.Policy != policy.Hash() {
		b.say(words.Say("rules"), x.otherRules(b.in))
	}
	if x.Kind == decisionlog.Search {
		x.foundAgain(b)
		return
	}
	x.answer(b, words.Say("then"), x.then)
	if sameAnswer(x.then, x.now) {
		b.say(words.Say("now"), words.Say("the same").In(b.in))
	} else {
		x.answer(b, words.Say("now"), x.now)
	}
	if x.whyNot != "" { // to be copied: it stays on one line
		label := words.Say("see").In(b.in)
		b.WriteString(label + strings.Repeat(" ", logColumn-columns(label)) + x.whyNot + "\n")
	}
}

func (x *explainedLine) foundAgain(b *logPage) {
	then := foundSo(x.found.then, b.in)
	if x.found.then > x.Results {
		then += "; " + words.Say("the answer was a page of them").In(b.in)
	}
	b.say(words.Say("then"), then)
	b.say(words.Say("now"), foundSo(x.found.now, b.in))
}

// difference is what to think of another answer than the logged one.
func (x *explainedLine) difference(in words.Language) string {
	if x.Policy != policy.Hash() {
		return words.Say("Asked again, it is not what was logged.").In(in) + " " + x.otherRules(in)
	}
	return words.Say("Asked again of the same office by the same rules, it is not what was logged: this line cannot be trusted.").In(in)
}

func (x *explainedLine) otherRules(in words.Language) string {
	return words.Say("The rule table was {theirs} where it was decided, and is {ours} here.",
		blank("theirs", plainly(x.Policy)), blank("ours", policy.Hash())).In(in)
}

func sameAnswer(a, b authzen.Answer) bool {
	return a.Decision == b.Decision && a.Context.Code == b.Context.Code && a.Context.Reason == b.Context.Reason &&
		slices.Equal(a.Context.Rules, b.Context.Rules) && slices.Equal(a.Context.Warnings, b.Context.Warnings)
}

// answer prints a decision with its reason; below it the code, the rules and their
// source; below those the warnings.
func (x *explainedLine) answer(b *logPage, label words.Sentence, a authzen.Answer) {
	said := sayDecision(a.Decision)
	if reason := strings.Join(strings.Fields(a.Context.Reason), " "); reason != "" {
		said += ": " + reason
	}
	b.say(label, said)
	var below []string
	if code := codeOf(a); code != "" {
		below = append(below, code)
	}
	below = append(below, ruleNames(a)...)
	if len(below) > 0 {
		line := strings.Join(below, ", ")
		if a.Context.Source != "" {
			line += " (" + a.Context.Source + ")"
		}
		b.more(line)
	}
	for _, code := range a.Context.Warnings {
		b.more(words.Say("warning").In(b.in) + ": " + code + ": " + policy.WarningOf(code).In(b.in)[0])
	}
}
