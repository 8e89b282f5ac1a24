// Package guard guards the handlers of package net/http by the policy: a handler
// runs when whoever asks may do an action to what the request is about, and only
// then.
//
//	g := guard.Guard{Current: office.Load, Who: session}
//	mux.Handle("POST /invoices/{id}/book", g.Require(policy.DocumentBook, invoice, book))
//
// A handler that runs finds in its request's context what was asked and decided
// (Of): the document that was decided on, so that it need not read it again and
// find another; the warnings; and the snapshot, to ask more of the same office.
//
// Whoever is refused is told a status and nothing else:
//
//   - 401 where nobody asks;
//   - 404 where there is no such thing, or whoever asks may not view it, in the
//     same bytes;
//   - 403 where they may view it, and not do this to it;
//   - 400 where the request cannot be read;
//   - 503 where there is no office to ask, and 500 where reading failed.
//
// To view a thing is document.view, company.view, user.view or connection.view,
// each on itself. An office is no secret to those who are in it: there, 404 is
// for another office, and for whoever is no active user of this one. A merger is
// about every document it names, so all of them must be there to be viewed.
// How long an answer takes is not made equal.
//
// A guard stands between a pattern of the ServeMux and its handler. Around the
// ServeMux it would find no PathValue, and what rewrites a method or a path
// stands before the ServeMux, never behind the guard. It looks at no method: the
// pattern does. GET is also HEAD, and is guarded the same; OPTIONS, which
// browsers send without saying who asks, is answered outside the guard, by
// something that does not look whether the thing is there.
package guard

import (
	"context"
	"net/http"
	"time"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// Guard says whom and which office to ask. The zero Guard guards nothing:
// Require needs Current and Who. All of its functions are called from the
// goroutines of the requests. A panic in any of them goes on to the server, and
// the handler does not run.
type Guard struct {
	// Current is the office as it is now, such as the Load of an
	// atomic.Pointer. It is asked once for each request, after the request was
	// read. Nil from it refuses with 503.
	Current func() *policy.Snapshot
	// Who says who asks, which it has made sure of; empty is nobody.
	Who func(*http.Request) users.ID
	// Now is the moment of asking; nil is time.Now.
	Now func() time.Time
	// Decided is told of every request, once, before it is answered; nil tells
	// nobody. The Asked of a refusal may be there in part; its Fault says why.
	Decided func(*http.Request, Asked)
	// Refuse writes a refusal, such as the office's own page; nil writes the
	// status and its text. The status stands whatever Refuse writes: only one of
	// 300 or more, such as a redirection to where one logs in, takes its place.
	// With a 400 comes what About said; with any other nothing does.
	Refuse func(w http.ResponseWriter, r *http.Request, status int, unreadable error)
}

// About reads from a request what it is about, and what the action is asked
// with; nil where it takes no properties. Its errors refuse: ErrNotFound with
// 404, ErrUnreadable with 400, whatever else with 500; wrapped ones too.
//
// A document that is nil is no document, as in policy.OfDocument(nil), and needs
// no error. What comes beside an error is not asked about; but where it is a
// resource, only who may view it is told of the error, and others that there is
// no such thing. So where the body of a request cannot be read after its
// document was found, both go back.
type About func(*http.Request) (policy.Resource, *policy.With, error)

// Require is the handler that runs next for whoever may do an action to what a
// request is about. It panics where the action is not of the vocabulary or
// something that it needs is nil, as a pattern that cannot be does: that shows
// when a program starts.
func (g Guard) Require(a policy.Action, about About, next http.Handler) http.Handler {
	if !a.Known() || about == nil || next == nil || g.Current == nil || g.Who == nil {
		panic("guard: Require needs an action of the vocabulary, About, a handler, Current and Who")
	}
	if g.Now == nil {
		g.Now = time.Now
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := g.ask(r, a, about)
		if g.Decided != nil {
			g.Decided(r, asked)
		}
		if !asked.Decision.Allowed() {
			g.refuse(w, r, asked)
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), key{}, asked)))
	})
}

// ask reads a request and decides. The office and the moment come last, so that
// a body that comes in slowly is not decided on the office of long ago.
func (g Guard) ask(r *http.Request, a policy.Action, about About) (asked Asked) {
	asked.Action = a
	if asked.Subject = g.Who(r); asked.Subject == "" {
		asked.Fault = ErrNobody
		return asked
	}
	asked.Resource, asked.With, asked.Fault = about(r)
	asked.Snapshot, asked.At = g.Current(), g.Now()
	switch {
	case asked.Snapshot == nil:
		asked.Fault = ErrNoOffice
	case asked.Fault == nil:
		asked.Decision = asked.Snapshot.Check(asked.Request)
	}
	return asked
}
