package main

import (
	"encoding/json"
	"time"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/decisionlog"
)

// explainedJSON is a line that is explained, as --json has it.
type explainedJSON struct {
	Line      int             `json:"line"`
	Kind      string          `json:"kind"`
	Status    logStatus       `json:"status"`
	RequestID string          `json:"request_id,omitempty"`
	Caller    string          `json:"caller,omitempty"`
	Request   json.RawMessage `json:"request"`
	Logged    loggedJSON      `json:"logged"`
	Then      any             `json:"then,omitempty"` // left out where it was not asked again
	Now       any             `json:"now,omitempty"`
	WhyNot    string          `json:"why_not,omitempty"`
}

// loggedJSON is what the line says.
type loggedJSON struct {
	Time     time.Time `json:"time"`
	Decision *bool     `json:"decision,omitempty"`
	Code     string    `json:"code,omitempty"`
	Rules    []string  `json:"rules,omitempty"`
	Endpoint string    `json:"endpoint,omitempty"`
	Results  *int      `json:"results,omitempty"`
	Policy   string    `json:"policy"`
	Version  string    `json:"office_version"`
	Cut      []string  `json:"cut,omitempty"`
}

type resultsJSON struct {
	Results int `json:"results"`
}

// json is the line on one line.
func (x *explainedLine) json() (string, error) {
	out := explainedJSON{
		Line: x.line, Kind: "decision", Status: x.status, RequestID: x.RequestID, Caller: x.Caller,
		Request: requestJSON(x.Request), WhyNot: x.whyNot,
		Logged: loggedJSON{
			Time: x.Time, Code: x.Code, Rules: x.Rules, Endpoint: x.Endpoint,
			Policy: x.Policy, Version: x.Version, Cut: x.Cut,
		},
	}
	if x.Kind == decisionlog.Search {
		out.Kind, out.Logged.Results = "search", &x.Results
	} else {
		out.Logged.Decision = &x.Decision
	}
	if x.askedAgain() {
		out.Then, out.Now = x.answers()
	}
	return oneLine(out)
}

// answers is what asking again gave.
func (x *explainedLine) answers() (then, now any) {
	if x.Kind == decisionlog.Search {
		return resultsJSON{x.found.then}, resultsJSON{x.found.now}
	}
	return answerJSON{x.then}, answerJSON{x.now}
}

// answerJSON is an answer as evaluate has it.
type answerJSON struct{ authzen.Answer }

// MarshalJSON is the answer's own JSON.
func (a answerJSON) MarshalJSON() ([]byte, error) { return a.JSON() }
