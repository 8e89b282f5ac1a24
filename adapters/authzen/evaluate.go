package authzen

import (
	"bytes"
	"encoding/json"
	"net/http"
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
	action, err := policy.ParseAction(r.Action.Name)
	if err != nil {
		action = 0
	}
	with := s.with(action, r.Action.Properties)
	request := policy.Request{
		Action: action, Resource: s.resource(r.Resource, with), With: with, At: moment(r.Context, now),
	}
	if r.Subject.Type == policy.User.String() {
		request.Subject = users.ID(r.Subject.ID)
	}
	return request
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
	e := s.Snapshot.ExplainTo(s.Reader, s.Request(r, now))
	a := Answer{e.Allowed(), Context{
		Code: e.Code(), Reason: e.Reason, Rules: []policy.RuleID{}, Source: e.Source,
		Warnings: e.Warnings().Codes(), Policy: e.Policy,
	}}
	for _, n := range e.Near {
		a.Context.Rules = append(a.Context.Rules, n.Rule)
	}
	if said, ok := unknown(r, e.Code()); ok && s.Reader.Audience != policy.Nobody {
		a.Context.Reason = said.In(s.Reader.Language)
	}
	return a
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
