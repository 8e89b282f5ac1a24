package policytest

import (
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// TB is what an assertion needs of a test. *testing.T, *testing.B, *testing.F and
// *rapid.T have it.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Office is an office at a moment, with documents: what assertions are about and
// what generators draw. A copy with another At is the office at another moment. The
// zero Office has nobody in it and no moment, so that every assertion about it fails.
type Office struct {
	// State is the office itself, compiled.
	admin.State
	// At is the moment of asking.
	At time.Time
	// Documents are those that Document finds, that findings look at, and that
	// Questions asks about.
	Documents []documents.Document
}

// Open compiles an office, to make assertions about it at a moment.
func Open(o offices.Office, at time.Time, docs ...documents.Document) Office {
	return Office{admin.Open(o), at, docs}
}

// Document is the document of an id, to ask about. Where the office has none of that
// id it is an unknown document, which an assertion does not accept.
func (o Office) Document(id documents.ID) policy.Resource {
	for i := range o.Documents {
		if o.Documents[i].ID() == id {
			return policy.OfDocument(&o.Documents[i])
		}
	}
	return policy.Resource{Type: policy.Document, ID: string(id)}
}

// After is the office after a command that somebody gave at its moment, as the first
// step of a test; admin.Software gives what the software itself records. A command
// that is refused ends the test, with every reason. The documents stay as they are.
func (o Office) After(t TB, actor users.ID, c admin.Command) Office {
	t.Helper()
	after, _, err := admin.Apply(o.State, actor, o.At, c)
	if err != nil {
		t.Fatalf("the office was to be the one after this command, and it was not carried out:\n%v", err)
	}
	o.State = after
	return o
}
