package authzen

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/mandaat/mandaat/policy"
)

// Limits of a Handler that sets none.
const (
	DefaultMaxBody  = 16 << 20 // bytes
	DefaultMaxBatch = 10_000   // evaluations
)

// VersionHeader is the header of an answer that names the version of the office that it
// was decided on.
const VersionHeader = "Mandaat-Office-Version"

// Handler answers AuthZEN requests over HTTP: POST /access/v1/evaluation, evaluations and
// search/subject, search/resource and search/action, and GET of its metadata. Whatever
// else is asked is an error with a status of 400 or above, and never an allowance.
//
// Every HTTP request is answered on one Source and for one moment, a batch too. Nothing
// is kept between requests.
//
// Where BaseURL has a path, the Handler answers below that path and without it, so that it
// does not matter whether a proxy strips it.
//
// Its fields are not changed once it serves. It says nothing about who may ask: whoever
// can reach it can ask everything. Keep it behind what authenticates its callers.
type Handler struct {
	// Current is asked once for each request, for what to answer on. Where it is nil, or
	// gives a Source without a Snapshot, requests are answered with 503.
	Current func() Source
	// BaseURL is the policy decision point's identifier, for metadata: see ParseBaseURL.
	// Where it is empty, or no such URL, no metadata is served.
	BaseURL string
	// Reader says for whom answers are explained, and overrides that of the Source; nil
	// explains for nobody: answers then have a code and no reason.
	Reader func(*http.Request) policy.Reader
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// AllowContextTime lets the context's time count. Otherwise it is ignored, because a
	// caller who chooses the moment chooses who is active.
	AllowContextTime bool
	MaxBody          int64 // bytes of a request; DefaultMaxBody where it is not positive
	MaxBatch         int   // evaluations in a request; DefaultMaxBatch where it is not positive
	// Decided is told each decision, and Searched each search, before its answer is
	// complete; nil tells nobody. An item of a batch that is no request is no decision.
	Decided  func(context.Context, Decided)
	Searched func(context.Context, Searched)
}

// Decided is a decision that was given.
type Decided struct {
	RequestID string    // the X-Request-ID of the answer; empty where the caller gave none
	Request   Request   // as asked, with the defaults of a batch filled in
	At        time.Time // the moment that it was decided for
	Decision  policy.Decision
	Rules     []policy.RuleID // the rule that allowed, or those that came near, whoever reads the answer
	Policy    string          // the hash of the rule table
	Version   string          // of the office, as Source has it
}

// Searched is a search that was answered.
type Searched struct {
	RequestID string    // the X-Request-ID of the answer; empty where the caller gave none
	Endpoint  string    // its default path, such as /access/v1/search/subject
	Request   Request   // as asked, without what was searched for
	At        time.Time // the moment that it was decided for
	Results   int       // how many the answer has
	Policy    string    // the hash of the rule table
	Version   string    // of the office, as Source has it
}

// The default paths.
const (
	evaluationPath     = "/access/v1/evaluation"
	evaluationsPath    = "/access/v1/evaluations"
	searchSubjectPath  = "/access/v1/search/subject"
	searchResourcePath = "/access/v1/search/resource"
	searchActionPath   = "/access/v1/search/action"
	metadataPath       = "/.well-known/authzen-configuration"
)

// endpoint is what a path leads to.
type endpoint struct {
	allow []string // methods
	serve func(*exchange)
}

var post = []string{http.MethodPost}

var endpoints = map[string]endpoint{
	evaluationPath:     {post, (*exchange).evaluation},
	evaluationsPath:    {post, (*exchange).evaluations},
	searchSubjectPath:  {post, (*exchange).searchSubject},
	searchResourcePath: {post, (*exchange).searchResource},
	searchActionPath:   {post, (*exchange).searchAction},
}

var metadata = endpoint{[]string{http.MethodGet, http.MethodHead}, (*exchange).metadata}

// endpoint finds what a request is for. A path has one spelling: one with needless
// escapes leads nowhere.
func (h Handler) endpoint(u *url.URL) (found endpoint, ok bool) {
	if u.RawPath != "" {
		return endpoint{}, false
	}
	if found, ok = endpoints[u.Path]; ok || h.BaseURL == "" {
		return found, ok
	}
	base, err := ParseBaseURL(h.BaseURL)
	if err != nil {
		return endpoint{}, false
	}
	path := strings.TrimSuffix(base.Path, "/")
	switch u.Path {
	case metadataPath, metadataPath + base.Path, metadataPath + path, path + metadataPath:
		return metadata, true
	}
	if below, is := strings.CutPrefix(u.Path, path); is {
		found, ok = endpoints[below]
	}
	return found, ok
}

// ServeHTTP answers one request.
func (h Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := exchange{Handler: &h, w: w, r: r}
	if !x.identified() {
		return
	}
	found, ok := h.endpoint(r.URL)
	if !ok {
		x.refuse(http.StatusNotFound, "there is nothing at this path")
		return
	}
	if slices.Contains(found.allow, r.Method) {
		found.serve(&x)
		return
	}
	w.Header().Set("Allow", strings.Join(found.allow, ", "))
	x.refuse(http.StatusMethodNotAllowed, "this path takes "+strings.Join(found.allow, " or "))
}
