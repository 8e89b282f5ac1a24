package authzen

import (
	"time"

	"github.com/mandaat/mandaat/policy"
)

// Decided is a decision, for whoever keeps a log of them.
type Decided struct {
	RequestID string          // the X-Request-ID that the answer carries; "" where the caller gave none
	Request   Request         // as asked, defaults of a batch filled in
	At        time.Time       // the moment that it was decided for
	Decision  policy.Decision // what was decided
	Rules     []policy.RuleID // the rule that allowed, or those that came near, whoever reads the answer
	Policy    string          // hash of the rule table
	Version   string          // of the office: Source.Version
}

// Searched is a search, for whoever keeps a log of them.
type Searched struct {
	RequestID       string
	Endpoint        string
	Request         Request
	At              time.Time
	Results         int
	Policy, Version string
}
