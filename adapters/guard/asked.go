package guard

import (
	"context"
	"errors"
	"net/http"

	"github.com/mandaat/mandaat/policy"
)

// The faults of a request that could not be asked about. An About returns the
// middle two, as they are or wrapped.
var (
	ErrNobody     = errors.New("nobody asks")                // 401
	ErrNotFound   = errors.New("no such thing")              // 404
	ErrUnreadable = errors.New("the request cannot be read") // 400
	ErrNoOffice   = errors.New("there is no office to ask")  // 503
)

// Asked is what was asked for a request, and what was decided.
type Asked struct {
	// Request is the question: who, what, about which resource, with what, when.
	policy.Request
	// Decision is the answer; the zero Decision, which denies, where there is a Fault.
	Decision policy.Decision
	// Snapshot is the office that decided; nil where none did.
	Snapshot *policy.Snapshot
	// Fault is why it could not be asked; nil where it was. A handler that runs
	// never sees one.
	Fault error
}

// Of is what was asked for the request that a handler runs for. Where no guard
// let the request in there is nothing, and the zero Asked.
func Of(ctx context.Context) (Asked, bool) {
	asked, ok := ctx.Value(key{}).(Asked)
	return asked, ok
}

// key is what an Asked goes by in a context.
type key struct{}

// Asker is whoever asked, at that moment and in that office, to ask more for
// them. Of the zero Asked it is nobody, who is denied everything.
func (a Asked) Asker() policy.Subject {
	if a.Snapshot == nil {
		return policy.Subject{}
	}
	return a.Snapshot.Subject(a.Subject, a.At)
}

// status is what a refusal says.
func (a Asked) status() int {
	told := a.Fault == nil || a.Resource.Type != 0 // what it was about
	switch {
	case a.Subject == "":
		return http.StatusUnauthorized
	case a.Snapshot == nil:
		return http.StatusServiceUnavailable
	case errors.Is(a.Fault, ErrNotFound), told && !a.inView():
		return http.StatusNotFound
	case a.Fault == nil:
		return http.StatusForbidden
	case errors.Is(a.Fault, ErrUnreadable):
		return http.StatusBadRequest
	}
	return http.StatusInternalServerError
}

// inView says whether whoever asked may view all that they asked about.
func (a Asked) inView() bool {
	asker := a.Asker()
	if a.Action == policy.DocumentMerge && a.With != nil {
		for _, d := range a.With.Documents {
			if !asker.Check(policy.DocumentView, policy.OfDocument(d), nil).Allowed() {
				return false
			}
		}
	}
	if a.Resource.Type == policy.Office {
		there := asker.Check(policy.OfficeViewSettings, a.Resource, nil).Code() != policy.UnknownResource
		return there && asker.Check(policy.UserView, policy.OfUser(a.Subject), nil).Allowed()
	}
	return asker.Check(views[a.Resource.Type], a.Resource, nil).Allowed()
}

// views is how each type of resource is viewed. What is not here is not viewed.
var views = map[policy.ResourceType]policy.Action{
	policy.Document:   policy.DocumentView,
	policy.Company:    policy.CompanyView,
	policy.User:       policy.UserView,
	policy.Connection: policy.ConnectionView,
}
