package main

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/mandaat/mandaat/adapters/guard"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// service is an office and its invoices.
type service struct {
	office   atomic.Pointer[policy.Snapshot] // stored anew when the office changes
	ids      []documents.ID                  // in the order of the file
	invoices sync.Map                        // of each id the *documents.Document that it is now
	password [sha256.Size]byte
}

// newService is the whole of it: who may do what stands here, beside the paths.
func newService(file *officefile.File, password string) http.Handler {
	s := &service{password: sha256.Sum256([]byte(password))}
	s.office.Store(policy.Compile(file.Office))
	for _, d := range file.Documents {
		s.ids = append(s.ids, d.ID())
		s.invoices.Store(d.ID(), &d)
	}

	g := guard.Guard{Current: s.office.Load, Who: s.who, Refuse: refuse}
	mux := http.NewServeMux()
	mux.Handle("GET /companies/{company}/invoices", g.Require(policy.CompanyView, company, http.HandlerFunc(s.list)))
	mux.Handle("GET /invoices/{id}", g.Require(policy.DocumentView, s.invoice, http.HandlerFunc(show)))
	mux.Handle("POST /invoices/{id}/book", g.Require(policy.DocumentBook, s.invoice, http.HandlerFunc(s.book)))
	mux.Handle("POST /invoices/{id}/reject", g.Require(policy.DocumentReject, s.rejection, http.HandlerFunc(s.reject)))

	// What one site's page sends in the name of whoever is logged in at another is
	// turned away, and no form is long.
	return http.NewCrossOriginProtection().Handler(http.MaxBytesHandler(mux, 1<<16))
}

// who is a stand-in for logging in: everybody has one password, so that one can
// ask as anybody. A real service asks its identity provider.
func (s *service) who(r *http.Request) users.ID {
	name, password, _ := r.BasicAuth()
	given := sha256.Sum256([]byte(password))
	if subtle.ConstantTimeCompare(given[:], s.password[:]) == 0 {
		return ""
	}
	return users.ID(name)
}

// refuse asks for a password where there was none, and says what the form lacks.
func refuse(w http.ResponseWriter, _ *http.Request, status int, unreadable error) {
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Basic realm="invoices"`)
	}
	text := http.StatusText(status)
	if unreadable != nil {
		text = unreadable.Error()
	}
	http.Error(w, text, status)
}

// What requests are about.

func company(r *http.Request) (policy.Resource, *policy.With, error) {
	return policy.OfCompany(companies.ID(r.PathValue("company"))), nil, nil
}

func (s *service) invoice(r *http.Request) (policy.Resource, *policy.With, error) {
	found, ok := s.invoices.Load(documents.ID(r.PathValue("id")))
	d, isOne := found.(*documents.Document)
	if !ok || !isOne {
		return policy.Resource{}, nil, guard.ErrNotFound
	}
	return policy.OfDocument(d), nil, nil
}

// rejection is an invoice, and why it is rejected. Where the form cannot be read
// the invoice goes back too: only who may view it is told so.
func (s *service) rejection(r *http.Request) (policy.Resource, *policy.With, error) {
	about, _, err := s.invoice(r)
	if err != nil {
		return policy.Resource{}, nil, err
	}
	if r.ParseForm() != nil || documents.Blank(r.PostFormValue("comment")) {
		return about, nil, fmt.Errorf("%w: expected a form with a comment", guard.ErrUnreadable)
	}
	return about, &policy.With{Comment: r.PostFormValue("comment")}, nil
}

// The handlers. Each acts on the very document that was decided on.

// list shows those invoices of a company that whoever asks may view.
func (s *service) list(w http.ResponseWriter, r *http.Request) {
	asked, _ := guard.Of(r.Context())
	asker := asked.Asker()
	for _, id := range s.ids {
		found, _ := s.invoices.Load(id)
		d, ok := found.(*documents.Document)
		if ok && string(d.Company()) == asked.Resource.ID && asker.Check(policy.DocumentView, policy.OfDocument(d), nil).Allowed() {
			say(w, "%s %s", d.ID(), d.Stage())
		}
	}
}

// show shows an invoice, and what else whoever asks may do to it.
func show(w http.ResponseWriter, r *http.Request) {
	asked, _ := guard.Of(r.Context())
	d, asker := asked.Resource.Document, asked.Asker()
	say(w, "%s of %s: %s", d.ID(), d.Company(), d.Stage())
	for a := range asker.Actions(asked.Snapshot.Place(asked.Resource), policy.DocumentView) {
		say(w, "you may %s", a)
	}
}

func (s *service) book(w http.ResponseWriter, r *http.Request) {
	asked, _ := guard.Of(r.Context())
	next, err := asked.Resource.Document.Book()
	s.store(w, asked, &next, err)
}

func (s *service) reject(w http.ResponseWriter, r *http.Request) {
	asked, _ := guard.Of(r.Context())
	next, err := asked.Resource.Document.Reject(asked.Subject, asked.With.Comment)
	s.store(w, asked, &next, err)
}

// store keeps what became of an invoice, unless it is no longer what was decided
// on. Then nothing happened, and whoever asked may ask again.
func (s *service) store(w http.ResponseWriter, asked guard.Asked, next *documents.Document, err error) {
	before := asked.Resource.Document
	if err != nil || !s.invoices.CompareAndSwap(before.ID(), before, next) {
		http.Error(w, "it has changed meanwhile", http.StatusConflict)
		return
	}
	say(w, "%s of %s: %s", next.ID(), next.Company(), next.Stage())
	if warnings := asked.Decision.Warnings().Codes(); len(warnings) > 0 {
		say(w, "warnings: %s", strings.Join(warnings, ", "))
	}
}

func say(w http.ResponseWriter, format string, args ...any) {
	_, _ = fmt.Fprintf(w, format+"\n", args...) // whoever asked has gone, or reads it
}
