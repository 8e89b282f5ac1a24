package authzen_test

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
)

const (
	evaluationPath  = "/access/v1/evaluation"
	evaluationsPath = "/access/v1/evaluations"
	subjectPath     = "/access/v1/search/subject"
	resourcePath    = "/access/v1/search/resource"
	actionPath      = "/access/v1/search/action"
	metadataPath    = "/.well-known/authzen-configuration"
)

var posts = []string{evaluationPath, evaluationsPath, subjectPath, resourcePath, actionPath}

// known are the documents of source, sorted.
var known = []documents.ID{"inv-1", "inv-2", "inv-3", "inv-4"}

// listed is a source whose documents can be searched.
func listed(t testing.TB) authzen.Source {
	t.Helper()
	s := source(t)
	s.AllDocuments = all(s, known)
	s.Version = "v1"
	return s
}

func all(s authzen.Source, ids []documents.ID) func(documents.ID) iter.Seq[*documents.Document] {
	return func(after documents.ID) iter.Seq[*documents.Document] {
		return func(yield func(*documents.Document) bool) {
			for _, id := range ids {
				if d, ok := s.Documents(id); ok && id > after && !yield(d) {
					return
				}
			}
		}
	}
}

// serving is a handler that answers on a source, for the office's staff.
func serving(s authzen.Source) authzen.Handler {
	return authzen.Handler{
		Current: func() authzen.Source { return s }, Now: clock, BaseURL: "https://pdp.example.com",
		Reader: func(*http.Request) policy.Reader { return policy.Reader{Audience: policy.Staff} },
	}
}

// exchanged is the answer to a request with a JSON body.
func exchanged(h http.Handler, path, body string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func header(key, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(key, value) }
}

// reply is every answer that there is, in one.
type reply struct {
	Decision    *bool                      `json:"decision"`
	Context     map[string]json.RawMessage `json:"context"`
	Evaluations []reply                    `json:"evaluations"`
	Page        *struct {
		NextToken *string `json:"next_token"`
		Count     int     `json:"count"`
	} `json:"page"`
	Results []struct{ Type, ID, Name string } `json:"results"`
	Error   *authzen.Error                    `json:"error"`
}

func (r reply) allowed() bool { return r.Decision != nil && *r.Decision }

func (r reply) names() []string {
	list := []string{}
	for _, e := range r.Results {
		list = append(list, e.ID+e.Name)
	}
	return list
}

// answered is the answer to a request that must have one.
func answered(t testing.TB, h http.Handler, path, body string, change ...func(*http.Request)) (r reply) {
	t.Helper()
	w := exchanged(h, path, body, change...)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" {
		t.Fatalf("%s %s: %d %v %s", path, body, w.Code, w.Header(), w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil {
		t.Fatalf("%s %s: %s: %v", path, body, w.Body, err)
	}
	return r
}

func TestHandlerAnswersEachEndpoint(t *testing.T) {
	h := serving(listed(t))
	if r := answered(t, h, evaluationPath, good); !r.allowed() {
		t.Errorf("evaluation: %+v", r)
	}
	r := answered(t, h, evaluationsPath, strings.Replace(good, "{", `{"evaluations":[{},{"subject":{"type":"user","id":"anna"}},7],`, 1))
	if len(r.Evaluations) != 3 || !r.Evaluations[0].allowed() || r.Evaluations[1].allowed() || r.Evaluations[2].allowed() || r.Decision != nil {
		t.Errorf("evaluations: %+v", r)
	}
	for _, c := range []struct {
		path, body string
		want       []string
	}{
		{subjectPath, `{"subject":{"type":"user"},"action":{"name":"document.tag"},"resource":{"type":"document","id":"inv-1"}}`, []string{"carla"}},
		{resourcePath, `{"subject":{"type":"user","id":"carla"},"action":{"name":"document.tag"},"resource":{"type":"document"}}`, []string{"inv-1", "inv-2"}},
		{resourcePath, `{"subject":{"type":"user","id":"rosa"},"action":{"name":"user.create"},"resource":{"type":"office"}}`, []string{"devries"}},
		{resourcePath, `{"subject":{"type":"user","id":"rosa"},"action":{"name":"company.view"},"resource":{"type":"company"}}`, []string{"bakery"}},
		{resourcePath, `{"subject":{"type":"user","id":"rosa"},"action":{"name":"connection.view"},"resource":{"type":"connection"}}`, []string{"exact"}},
		{actionPath, `{"subject":{"type":"user","id":"anna"},"resource":{"type":"document","id":"inv-3"}}`, []string{"document.view", "document.approve", "document.reject"}},
	} {
		if got := answered(t, h, c.path, c.body).names(); !slices.Equal(got, c.want) {
			t.Errorf("%s %s: got %q, want %q", c.path, c.body, got, c.want)
		}
	}
}

// refused holds that a request is refused with a status, and allows nothing.
func refused(t testing.TB, h http.Handler, status int, path, body string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	w := exchanged(h, path, body, change...)
	var said map[string]struct {
		Status  int
		Message string
	}
	err := json.Unmarshal(w.Body.Bytes(), &said)
	if w.Code != status || err != nil || len(said) != 1 || said["error"].Status != status || said["error"].Message == "" {
		t.Errorf("%s %.200s: got %d %s, %v; want %d and a message", path, body, w.Code, w.Body, err, status)
	}
	return w
}
