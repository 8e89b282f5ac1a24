package authzen_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"testing"

	third "github.com/openfga/api/proto/authzen/v1"
	"google.golang.org/protobuf/proto"

	"github.com/mandaat/mandaat/adapters/authzen"
)

// without is an object without one of its members.
func without(t *testing.T, object []byte, key string) []byte {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal(object, &members); err != nil {
		t.Fatal(err)
	}
	if _, there := members[key]; !there {
		t.Fatalf("%s has no %s", object, key)
	}
	delete(members, key)
	b, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// status fails where the error is not an answer with a status and a body that says why.
func status(t *testing.T, err error, want int) {
	t.Helper()
	got, is := errors.AsType[answer](err)
	if !is {
		t.Errorf("got %v, not a status", err)
		return
	}
	var why struct {
		Error struct {
			Status  int
			Message string
		}
	}
	if json.Unmarshal(got.body, &why) != nil || got.status != want || why.Error.Status != want || why.Error.Message == "" {
		t.Errorf("got %v, not %d", got, want)
	}
}

// A client that is told where the endpoints are goes there.
func TestMetadataSaysWhereToAsk(t *testing.T) {
	p := served(t, "/"+store)
	c := p.conn()
	got, err := c.client().GetConfiguration(t.Context(), &third.GetConfigurationRequest{StoreId: store})
	if err != nil {
		t.Fatal(err)
	}
	base := p.URL + "/" + store
	want := &third.GetConfigurationResponse{
		PolicyDecisionPoint:       base,
		AccessEvaluationEndpoint:  base + "/access/v1/evaluation",
		AccessEvaluationsEndpoint: base + "/access/v1/evaluations",
		SearchSubjectEndpoint:     base + "/access/v1/search/subject",
		SearchResourceEndpoint:    base + "/access/v1/search/resource",
		SearchActionEndpoint:      base + "/access/v1/search/action",
	}
	if !proto.Equal(got, want) {
		t.Errorf("got %v, not %v", got, want)
	}
	c.read.DiscardUnknown = true
	c.located = map[string]string{
		"Evaluation": got.GetAccessEvaluationEndpoint(), "Evaluations": got.GetAccessEvaluationsEndpoint(),
		"SubjectSearch": got.GetSearchSubjectEndpoint(), "ResourceSearch": got.GetSearchResourceEndpoint(),
		"ActionSearch": got.GetSearchActionEndpoint(),
	}
	q := question{"anna", "document.approve", "document", "inv-2"}
	if a, err := c.client().Evaluation(t.Context(), q.request()); err != nil || !a.GetDecision() {
		t.Errorf("%v, %v", a, err)
	}
	if err := c.answers(t, &third.EvaluationsRequest{
		StoreId: store, Evaluations: []*third.EvaluationsItemRequest{q.item()},
	}, p, []question{q}); err != nil {
		t.Error(err)
	}
	for name, ask := range map[string]ask{q.who: c.subjects(q), q.which: c.resources(q), q.what: c.actions(q)} {
		if found, _, err := ask(t.Context(), nil); err != nil || !slices.Contains(found, name) {
			t.Errorf("%s is not found: %v, %v", name, found, err)
		}
	}
}

// Of https://host/stores/ID the third party asks for metadata at another place than
// AuthZEN, where the handler has none.
func TestMetadataIsWhereAuthZENPutsIt(t *testing.T) {
	p := served(t, storePath)
	c := p.conn()
	asked := &third.GetConfigurationRequest{StoreId: store}
	_, err := c.client().GetConfiguration(t.Context(), asked)
	status(t, err, http.StatusNotFound)
	c.located = map[string]string{"GetConfiguration": p.URL + "/.well-known/authzen-configuration" + storePath}
	got, err := c.client().GetConfiguration(t.Context(), asked)
	if err != nil || got.GetPolicyDecisionPoint() != p.URL+storePath {
		t.Errorf("%v, %v", got, err)
	}
}

// What the third party's own rules refuse, the handler refuses too.
func TestWhatIsNoRequestIs400(t *testing.T) {
	p := served(t, storePath)
	whole := question{"carla", "document.view", "document", "inv-1"}
	for name, spoil := range map[string]func(*third.EvaluationRequest){
		"no subject":  func(r *third.EvaluationRequest) { r.Subject = nil },
		"no action":   func(r *third.EvaluationRequest) { r.Action = nil },
		"no resource": func(r *third.EvaluationRequest) { r.Resource = nil },
	} {
		r, c := whole.request(), p.conn()
		spoil(r)
		if r.Validate() == nil {
			t.Errorf("%s is valid", name)
		}
		c.raw = true
		_, err := c.client().Evaluation(t.Context(), r)
		status(t, err, http.StatusBadRequest)
	}
}

func TestATokenOfAnotherSearchIs400(t *testing.T) {
	c := served(t, storePath).searching()
	q := question{"bram", "document.view", "document", "inv-1"}
	_, page, err := c.resources(q)(t.Context(), &third.PageRequest{Limit: new(uint32(1))})
	if err != nil || page.GetNextToken() == "" {
		t.Fatalf("%v, %v", page, err)
	}
	for name, ask := range map[string]ask{
		"of subjects":      c.subjects(q),
		"for someone else": c.resources(question{"rosa", q.what, q.kind, ""}),
	} {
		found, _, err := ask(t.Context(), &third.PageRequest{Token: new(page.GetNextToken())})
		if found != nil {
			t.Errorf("%s: found %v", name, found)
		}
		status(t, err, http.StatusBadRequest)
	}
}

func TestWhoIsNotKnownIsTold401(t *testing.T) {
	p := served(t, storePath)
	p.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer of-the-test" {
			authzen.Refuse(w, r, http.StatusUnauthorized, "expected a bearer token")
			return
		}
		p.ServeHTTP(w, r)
	})
	q, c := question{"carla", "document.view", "document", "inv-1"}, p.conn()
	_, err := c.client().Evaluation(t.Context(), q.request())
	status(t, err, http.StatusUnauthorized)
	c.header = http.Header{"Authorization": {"Bearer of-the-test"}}
	if a, err := c.client().Evaluation(t.Context(), q.request()); err != nil || !a.GetDecision() {
		t.Errorf("with the token: %v, %v", a, err)
	}
}

func TestARequestIDComesBack(t *testing.T) {
	const id = "bfe9eb29-ab87-4ca3-be83-a1d5d8305716"
	c := served(t, storePath).conn()
	c.raw, c.header = true, http.Header{"X-Request-Id": {id}}
	good := question{"carla", "document.view", "document", "inv-1"}.request()
	for r, version := range map[*third.EvaluationRequest]string{good: "test", {StoreId: store}: ""} {
		_, err := c.client().Evaluation(t.Context(), r)
		said := c.got.header
		if (err == nil) != (r == good) || said.Get("X-Request-ID") != id || said.Get(authzen.VersionHeader) != version {
			t.Errorf("%v: %v, with %v", r, err, said)
		}
	}
}
