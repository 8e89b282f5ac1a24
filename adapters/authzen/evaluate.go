package authzen

import (
	"bytes"
	"encoding/json"
	"iter"
	"net/http"
	"slices"
	"time"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// Source answers requests about one office.
type Source struct {
	Snapshot *policy.Snapshot
	// Documents finds a document that a request names without carrying it; nil
	// knows none.
	Documents func(documents.ID) (*documents.Document, bool)
	// Reader is for whom answers are explained. The zero Reader is nobody: answers
	// then have a code and no reason.
	Reader policy.Reader
	// AllDocuments goes through the documents that a search finds, sorted by id,
	// after an id; nil has none.
	AllDocuments func(after documents.ID) iter.Seq[*documents.Document]
	// Version names the version of the office, such as a hash of its file; a Handler's
	// answers name it in the header VersionHeader. It may be empty.
	Version string
}

func (s Source) find(id documents.ID) (*documents.Document, bool) {
	if s.Documents == nil {
		return nil, false
	}
	return s.Documents(id)
}

// Answer is an AuthZEN access evaluation response. Decision is all a caller must
// read; the zero Answer denies.
type Answer struct {
	Decision bool    `json:"decision"`
	Context  Context `json:"context"`
}

// Context is why. Where Error is set, nothing else is: the input was no request.
type Context struct {
	Code     policy.Code     `json:"code,omitempty"` // left out on an allowance
	Reason   string          `json:"reason"`
	Rules    []policy.RuleID `json:"rules"`
	Source   string          `json:"source"`
	Warnings []string        `json:"warnings"`
	Policy   string          `json:"policy"` // the rule table that decided
	Error    *Error          `json:"-"`
}

// Error is why the input was no request.
type Error struct {
	Status  int    `json:"status"` // as HTTP has it: 400
	Message string `json:"message"`
}

// MarshalJSON writes the error alone, or all but the error.
func (c Context) MarshalJSON() ([]byte, error) {
	if c.Error != nil {
		return encode(struct {
			Error *Error `json:"error"`
		}{c.Error})
	}
	type plain Context
	return encode(plain(c))
}

// encode is json.Marshal without the escapes that only web pages need.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// JSON is the answer on one line, without a line feed.
func (a Answer) JSON() ([]byte, error) { return encode(a) }

// Refused is the answer to what was no request.
func Refused(err error) Answer {
	return Answer{Context: Context{Error: &Error{Status: http.StatusBadRequest, Message: err.Error()}}}
}

// Request is the question as the policy takes it, asked at the moment that the
// context gives, or else now. A moment that cannot be read is the zero Time,
// which the policy denies.
func (s Source) Request(r Request, now time.Time) policy.Request {
	return question(r, s.act(r.Action), s.thing(r.Resource), moment(r.Context, now))
}

// act is an action with its properties, found once for many questions.
type act struct {
	policy.Action
	with *policy.With
}

func (s Source) act(a Action) act {
	action, err := policy.ParseAction(a.Name)
	if err != nil {
		action = 0
	}
	return act{action, s.with(action, a.Properties)}
}

// thing is a resource, found once for many questions, and what of it cannot be read.
type thing struct {
	policy.Resource
	unreadable []policy.Unreadable
}

// on is the act's properties, with what cannot be read of the resource.
func (a act) on(t thing) *policy.With {
	if t.unreadable == nil {
		return a.with
	}
	with := *a.with
	with.Unreadable = slices.Concat(with.Unreadable, t.unreadable)
	return &with
}

func question(r Request, a act, t thing, at time.Time) policy.Request {
	q := policy.Request{Action: a.Action, Resource: t.Resource, With: a.on(t), At: at}
	if r.Subject.Type == policy.User.String() {
		q.Subject = users.ID(r.Subject.ID)
	}
	return q
}

func moment(context map[string]any, now time.Time) time.Time {
	given, ok := context["time"]
	if !ok {
		return now
	}
	s, _ := given.(string)
	at, err := ParseTime(s)
	if err != nil {
		return time.Time{}
	}
	return at
}

// ParseTime reads a moment as RFC 3339 writes it, such as 2026-11-22T09:00:00Z.
// Anything else is a *problems.Problem.
func ParseTime(s string) (time.Time, error) { return fields.ParseMoment(s) }

// Evaluate answers a request, explained for the source's reader.
func (s Source) Evaluate(r Request, now time.Time) Answer {
	return s.answer(r, s.Snapshot.ExplainTo(s.Reader, s.Request(r, now)))
}

// answer is what the source's reader is told of an explanation.
func (s Source) answer(r Request, e policy.Explanation) Answer {
	a := Answer{e.Allowed(), Context{Code: e.Code(), Rules: []policy.RuleID{}, Warnings: []string{}, Policy: e.Policy}}
	if s.Reader.Audience == policy.Nobody {
		return a
	}
	a.Context.Reason, a.Context.Source, a.Context.Warnings = e.Reason, e.Source, e.Warnings().Codes()
	a.Context.Rules = append(a.Context.Rules, rulesOf(e)...)
	if said, ok := unknown(r, e.Code()); ok {
		a.Context.Reason = said.In(s.Reader.Language)
	}
	return a
}

func rulesOf(e policy.Explanation) []policy.RuleID {
	rules := make([]policy.RuleID, len(e.Near))
	for i, n := range e.Near {
		rules[i] = n.Rule
	}
	return rules
}

// unknown names who or what is unknown as the request had it, which the policy
// has not seen.
func unknown(r Request, code policy.Code) (words.Sentence, bool) {
	blank := func(name, text string) words.Blank { return words.Blank{Name: name, With: words.Plain(text)} }
	switch code {
	case policy.UnknownUser:
		return words.Say("There is no {type} {subject} in this office.",
			blank("type", r.Subject.Type), blank("subject", problems.Quote(r.Subject.ID))), true
	case policy.UnknownAction:
		return words.Say("There is no action {action}.", blank("action", problems.Quote(r.Action.Name))), true
	}
	return words.Sentence{}, false
}

// Answer reads one request and answers it.
func (s Source) Answer(data []byte, now time.Time) (Answer, error) {
	r, err := Parse(data)
	if err != nil {
		return Refused(err), err
	}
	return s.Evaluate(r, now), nil
}
