package main

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/decisionlog"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
)

// logStatus is what came of asking a line's question again.
type logStatus string

// The statuses.
const (
	asLogged     logStatus = "as_logged"
	differs      logStatus = "differs"
	otherVersion logStatus = "other_version" // of the office: it was not asked again
	notWhole     logStatus = "cut"           // the line does not hold the question: nor was this
	notASearch   logStatus = "no_such_search"
)

// explainedLine is a line of a log, and what its question is answered today.
type explainedLine struct {
	decisionlog.Record
	line      int
	status    logStatus
	file      string // version of the office file that was given
	then, now authzen.Answer
	found     foundAgain // of a search
	whyNot    string     // a command that tells what would allow it now; "" where there is none
}

// foundAgain is how many a search finds.
type foundAgain struct{ then, now int }

// explain asks the question of a line again.
func (e *logExplainer) explain(n int, record decisionlog.Record) explainedLine {
	x := explainedLine{Record: record, line: n, status: asLogged, file: e.then.Version}
	switch {
	case record.Version != e.then.Version:
		x.status = otherVersion
	case record.Cut != nil:
		x.status = notWhole
	case record.Kind == decisionlog.Search:
		e.searchAgain(&x)
	default:
		e.askAgain(&x)
	}
	return x
}

// askedAgain says whether there is an answer of today.
func (x *explainedLine) askedAgain() bool { return x.status == asLogged || x.status == differs }

// askAgain asks at the moment of the decision, and at the one that is now.
func (e *logExplainer) askAgain(x *explainedLine) {
	present := x.Request
	present.Context = nil
	x.then, x.now = e.then.Evaluate(x.Request, time.Time{}), e.now.Evaluate(present, e.at)
	if x.then.Decision != x.Decision || codeOf(x.then) != x.Code || !slices.Equal(ruleNames(x.then), x.Rules) {
		x.status = differs
	}
	if !x.now.Decision {
		x.whyNot = e.whyNotCommand(x.Request)
	}
}

// codeOf is the code of a denial, as a line has it.
func codeOf(a authzen.Answer) string {
	if a.Decision {
		return ""
	}
	return a.Context.Code.String()
}

func ruleNames(a authzen.Answer) []string {
	names := make([]string, len(a.Context.Rules))
	for i, rule := range a.Context.Rules {
		names[i] = rule.String()
	}
	return names
}

// whyNotCommand asks mandaat why-not the question, now. There is no such command for
// what one cannot ask it: somebody who is no user, a document that the asker carried.
func (e *logExplainer) whyNotCommand(r authzen.Request) string {
	if r.Subject.Type != policy.User.String() || len(r.Resource.Properties) > 0 || strings.Contains(r.Resource.Type, ":") {
		return ""
	}
	command := []string{"mandaat", "why-not", r.Subject.ID, r.Action.Name, r.Resource.Type + ":" + r.Resource.ID}
	for _, pair := range pairs(r.Action.Properties) {
		command = append(command, "--with", pair)
	}
	if !e.at.Equal(e.clock) {
		command = append(command, "--at", e.at.Format(time.RFC3339Nano))
	}
	command = append(command, "-f", e.nowFile)
	for i, word := range command {
		if printable(word) != word || i == 2 && strings.HasPrefix(word, "-") {
			return ""
		}
		command[i] = shellWord(word)
	}
	return strings.Join(command, " ")
}

// pairs is properties as KEY=VALUE, in the order of their names.
func pairs(properties map[string]any) []string {
	var list []string
	for key, v := range properties {
		value, err := oneLine(v)
		if err == nil {
			list = append(list, key+"="+strings.TrimSuffix(value, "\n"))
		}
	}
	slices.Sort(list)
	return list
}

// shellWord is a word as a shell reads it.
func shellWord(word string) string {
	bare := func(r rune) bool {
		return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_./:,@%+", r))
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !bare(r) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// plainly is a text as one word that a terminal may show: quoted where it is anything
// but plain.
func plainly(text string) string {
	if text != "" && printable(text) == text && strings.IndexFunc(text, unicode.IsSpace) < 0 {
		return text
	}
	return strconv.Quote(text)
}

// problemsOf is the lines that tell of an error.
func problemsOf(err error) (lines []string) {
	for _, problem := range problems.All(err) {
		lines = append(lines, problem.Error())
	}
	return lines
}

// requestJSON is a question as AuthZEN has it.
func requestJSON(r authzen.Request) json.RawMessage {
	type entity struct {
		Type       string         `json:"type"`
		ID         string         `json:"id"`
		Properties map[string]any `json:"properties,omitempty"`
	}
	type action struct {
		Name       string         `json:"name"`
		Properties map[string]any `json:"properties,omitempty"`
	}
	text, err := oneLine(struct {
		Subject  entity         `json:"subject"`
		Action   action         `json:"action"`
		Resource entity         `json:"resource"`
		Context  map[string]any `json:"context,omitempty"`
	}{entity(r.Subject), action(r.Action), entity(r.Resource), r.Context})
	if err != nil {
		return json.RawMessage("null")
	}
	return json.RawMessage(text)
}
