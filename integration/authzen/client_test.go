// Package authzen_test asks the handler as others do: through a client of a third
// party, github.com/hstern/go-authzen, which is used as it comes.
package authzen_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"

	third "github.com/hstern/go-authzen"
	"github.com/hstern/go-authzen/client"
	"github.com/hstern/go-authzen/interop"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/policy"
)

// everybody and everything that is asked about; one of each is unknown.
var (
	people      = []string{"anna", "bram", "carla", "dirk", "nobody", "rosa"}
	papersAsked = []string{"inv-1", "inv-2", "inv-3", "inv-4", "inv-5", "inv-6"}
)

// onDocuments are the actions on documents that take nothing.
func onDocuments() (list []string) {
	for a := range policy.AllActions() {
		if needed, optional := a.Takes(); a.On() == policy.Document && needed|optional == 0 {
			list = append(list, a.String())
		}
	}
	return append(list, "document.eat")
}

func user(id string) third.Subject      { return third.Subject{Type: "user", ID: id} }
func document(id string) third.Resource { return third.Resource{Type: "document", ID: id} }
func action(name string) third.Action   { return third.Action{Name: name} }

// questions is who may do what to which document, each question there is.
func questions() (list []third.EvaluationRequest) {
	for _, who := range people {
		for _, what := range onDocuments() {
			for _, which := range papersAsked {
				list = append(list, third.EvaluationRequest{Subject: user(who), Action: action(what), Resource: document(which)})
			}
		}
	}
	return list
}

// told is what the source itself answers.
func (p *pdp) told(r third.EvaluationRequest) bool {
	return p.source.Evaluate(authzen.Request{
		Subject: authzen.Entity{Type: r.Subject.Type, ID: r.Subject.ID}, Action: authzen.Action{Name: r.Action.Name},
		Resource: authzen.Entity{Type: r.Resource.Type, ID: r.Resource.ID},
	}, now).Decision
}

func TestEvaluateAnswersAsTheSourceDoes(t *testing.T) {
	p, yes := served(t, ""), 0
	c := p.newClient(t, "")
	for _, q := range questions() {
		got, err := c.Evaluate(t.Context(), &q)
		if err != nil {
			t.Fatalf("%+v: %v", q, err)
		}
		if got.Decision != p.told(q) {
			t.Errorf("%+v is %t", q, got.Decision)
		}
		if got.Decision {
			yes++
		}
	}
	if yes < 10 {
		t.Errorf("only %d questions are answered with yes", yes)
	}
}

func TestEvaluateTellsWhy(t *testing.T) {
	got, err := served(t, "").newClient(t, "").Evaluate(t.Context(), &third.EvaluationRequest{
		Subject: user("carla"), Action: action("document.approve"), Resource: document("inv-2"),
	})
	if err != nil {
		t.Fatal(err)
	}
	var why struct{ Code, Reason, Policy string }
	if err := third.DecodeJSON(got.Context, &why); err != nil {
		t.Fatal(err)
	}
	if got.Decision || why.Code != "role_missing" || why.Reason == "" || why.Policy == "" {
		t.Errorf("%t: %s", got.Decision, got.Context)
	}
}

func TestEvaluateCarriesADocument(t *testing.T) {
	carried := document("elsewhere")
	carried.Properties = json.RawMessage(`{"company":"bakery","delivered_by":"carla","stage":"tagging","ever_assigned":false}`)
	got, err := served(t, "").newClient(t, "").Evaluate(t.Context(), &third.EvaluationRequest{
		Subject: user("carla"), Action: action("document.tag"), Resource: carried,
	})
	if err != nil || !got.Decision {
		t.Errorf("%+v, %v", got, err)
	}
}

// In a batch each question is answered as by itself, up to the one that ends it.
func TestEvaluationsHaveTheThreeSemantics(t *testing.T) {
	p := served(t, "")
	c := p.newClient(t, "")
	for semantic, last := range map[third.EvaluationsSemantic]func(bool) bool{
		"":                                       func(bool) bool { return false },
		third.EvaluationsSemanticExecuteAll:      func(bool) bool { return false },
		third.EvaluationsSemanticDenyOnFirstDeny: func(yes bool) bool { return !yes },
		third.EvaluationsSemanticPermitOnFirstPermit: func(yes bool) bool { return yes },
	} {
		for some := range slices.Chunk(questions(), 7) {
			batch := &third.EvaluationsRequest{}
			if semantic != "" {
				batch.Options = &third.EvaluationsOptions{EvaluationsSemantic: semantic}
			}
			var want []bool
			for i := range some {
				q := &some[i]
				batch.Evaluations = append(batch.Evaluations, third.EvaluationsItem{Subject: &q.Subject, Action: &q.Action, Resource: &q.Resource})
				if ended := len(want) > 0 && last(want[len(want)-1]); !ended {
					want = append(want, p.told(*q))
				}
			}
			if got := decisions(t, c, batch); !slices.Equal(got, want) {
				t.Errorf("%q of %+v: %v, not %v", semantic, some, got, want)
			}
		}
	}
}

func TestEvaluationsTakeDefaults(t *testing.T) {
	p := served(t, "")
	who, what := user("bram"), action("document.view")
	batch := &third.EvaluationsRequest{Subject: &who, Action: &what}
	var want []bool
	for _, id := range papersAsked {
		batch.Evaluations = append(batch.Evaluations, third.EvaluationsItem{Resource: &third.Resource{Type: "document", ID: id}})
		want = append(want, p.told(third.EvaluationRequest{Subject: who, Action: what, Resource: document(id)}))
	}
	if got := decisions(t, p.newClient(t, ""), batch); !slices.Equal(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
}

func decisions(t *testing.T, c *client.Client, batch *third.EvaluationsRequest) (list []bool) {
	t.Helper()
	got, err := c.Evaluations(t.Context(), batch)
	if err != nil {
		t.Fatal(err)
	}
	for _, each := range got.Evaluations {
		list = append(list, each.Decision)
	}
	return list
}

// A search finds what asking one by one finds, whole or by pages of any size.
func TestSearchSubjectFindsWhoMay(t *testing.T) {
	p := served(t, "")
	c := p.newClient(t, "")
	for _, what := range onDocuments() {
		for _, which := range papersAsked {
			want := slices.DeleteFunc(slices.Clone(people), func(who string) bool {
				return !p.told(third.EvaluationRequest{Subject: user(who), Action: action(what), Resource: document(which)})
			})
			finds(t, what+" "+which, want, func(page *third.PageRequest) ([]string, *third.PageResponse, error) {
				got, err := c.SearchSubject(t.Context(), &third.SubjectSearchRequest{
					Subject: third.Subject{Type: "user"}, Action: action(what), Resource: document(which), Page: page,
				})
				if err != nil {
					return nil, nil, err
				}
				return named(got.Results, func(s third.Subject) string { return s.ID }), got.Page, nil
			})
		}
	}
}

func TestSearchResourceFindsOnWhat(t *testing.T) {
	p := served(t, "")
	c := p.newClient(t, "")
	for _, who := range people {
		for _, what := range onDocuments() {
			want := slices.DeleteFunc(slices.Clone(papersAsked), func(which string) bool {
				return !p.told(third.EvaluationRequest{Subject: user(who), Action: action(what), Resource: document(which)})
			})
			finds(t, who+" "+what, want, func(page *third.PageRequest) ([]string, *third.PageResponse, error) {
				got, err := c.SearchResource(t.Context(), &third.ResourceSearchRequest{
					Subject: user(who), Action: action(what), Resource: third.Resource{Type: "document"}, Page: page,
				})
				if err != nil {
					return nil, nil, err
				}
				return named(got.Results, func(r third.Resource) string { return r.ID }), got.Page, nil
			})
		}
	}
}

// Actions that take something are found too, as if it were well supplied.
func TestSearchActionFindsWhatSomebodyMay(t *testing.T) {
	p := served(t, "")
	c := p.newClient(t, "")
	for _, who := range people {
		for _, which := range papersAsked {
			ask := func(page *third.PageRequest) ([]string, *third.PageResponse, error) {
				got, err := c.SearchAction(t.Context(), &third.ActionSearchRequest{Subject: user(who), Resource: document(which), Page: page})
				if err != nil {
					return nil, nil, err
				}
				return named(got.Results, func(a third.Action) string { return a.Name }), got.Page, nil
			}
			whole, _, err := ask(nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, what := range onDocuments() {
				if may := p.told(third.EvaluationRequest{Subject: user(who), Action: action(what), Resource: document(which)}); may != slices.Contains(whole, what) {
					t.Errorf("%s %s: %s is %t, and found are %v", who, which, what, may, whole)
				}
			}
			finds(t, who+" "+which, whole, ask)
		}
	}
}

func named[T any](list []T, of func(T) string) []string {
	names := make([]string, len(list))
	for i := range list {
		names[i] = of(list[i])
	}
	return names
}

// finds asks without a page, and then page by page to the end, for each size of page.
func finds(t *testing.T, what string, want []string, ask func(*third.PageRequest) ([]string, *third.PageResponse, error)) {
	t.Helper()
	if got, _, err := ask(nil); err != nil || !slices.Equal(got, want) {
		t.Errorf("%s: found %v, not %v; %v", what, got, want, err)
	}
	for limit := 1; limit <= len(want)+1; limit++ {
		if got, err := paged(limit, len(want), ask); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s, by %d: found %v, not %v; %v", what, limit, got, want, err)
		}
	}
}

// paged asks until no page is next, and no more often than it should take.
func paged(limit, all int, ask func(*third.PageRequest) ([]string, *third.PageResponse, error)) (list []string, err error) {
	page := &third.PageRequest{Limit: limit}
	for range all/limit + 2 {
		some, next, err := ask(page)
		if err != nil {
			return nil, err
		}
		if len(some) > limit || next == nil {
			return nil, fmt.Errorf("a page of %d has %v, and next is %v", limit, some, next)
		}
		list = append(list, some...)
		if next.NextToken == "" {
			return list, nil
		}
		page = &third.PageRequest{Token: next.NextToken}
	}
	return nil, errors.New("the pages have no end")
}

func TestMetadataNamesThePDPAndItsEndpoints(t *testing.T) {
	for _, path := range []string{"", "/tenant1"} {
		p := served(t, path)
		c := p.newClient(t, path)
		got, err := c.FetchMetadata(t.Context())
		if err != nil {
			t.Fatalf("%q: %v", path, err)
		}
		base := p.URL + path
		want := third.Metadata{
			PolicyDecisionPoint:       base,
			AccessEvaluationEndpoint:  base + third.EvaluationEndpoint,
			AccessEvaluationsEndpoint: base + third.EvaluationsEndpoint,
			SearchSubjectEndpoint:     base + third.SearchSubjectEndpoint,
			SearchResourceEndpoint:    base + third.SearchResourceEndpoint,
			SearchActionEndpoint:      base + third.SearchActionEndpoint,
		}
		if fmt.Sprint(*got) != fmt.Sprint(want) {
			t.Errorf("%q: %+v, not %+v", path, *got, want)
		}
		if a, err := c.Evaluate(t.Context(), &third.EvaluationRequest{
			Subject: user("carla"), Action: action("document.view"), Resource: document("inv-1"),
		}); err != nil || !a.Decision {
			t.Errorf("%q: asked where the metadata says: %+v, %v", path, a, err)
		}
	}
}

func TestMetadataOfAnotherPDPIsAMixUp(t *testing.T) {
	p := served(t, "")
	p.BaseURL = "https://another.example"
	_, err := p.newClient(t, "").FetchMetadata(t.Context())
	mixUp, is := errors.AsType[*client.MixUpError](err)
	if !is || mixUp.ExpectedPDP != p.URL || mixUp.DocumentPDP != "https://another.example" {
		t.Errorf("got %v", err)
	}
}

func TestNoMetadataIsServedWithoutABaseURL(t *testing.T) {
	p := served(t, "")
	p.BaseURL = ""
	_, err := p.newClient(t, "").FetchMetadata(t.Context())
	status(t, err, http.StatusNotFound)
}

func TestWhatIsNoRequestIs400(t *testing.T) {
	c := served(t, "").newClient(t, "")
	for name, spoilt := range map[string]func(*third.EvaluationRequest){
		"a context that is a list":      func(r *third.EvaluationRequest) { r.Context = json.RawMessage(`[]`) },
		"properties that are a number":  func(r *third.EvaluationRequest) { r.Resource.Properties = json.RawMessage(`7`) },
		"a key that is there twice":     func(r *third.EvaluationRequest) { r.Context = json.RawMessage(`{"a":1,"a":2}`) },
		"half of a character's escapes": func(r *third.EvaluationRequest) { r.Context = json.RawMessage(`{"a":"\ud83d"}`) },
	} {
		r := third.EvaluationRequest{Subject: user("carla"), Action: action("document.view"), Resource: document("inv-1")}
		spoilt(&r)
		if a, err := c.Evaluate(t.Context(), &r); a != nil || err == nil {
			t.Errorf("%s is answered: %+v", name, a)
		} else {
			status(t, err, http.StatusBadRequest)
		}
	}
	_, err := c.SearchSubject(t.Context(), &third.SubjectSearchRequest{
		Subject: third.Subject{Type: "user"}, Action: action("document.view"), Resource: document("inv-1"),
		Page: &third.PageRequest{Token: "of another search"},
	})
	status(t, err, http.StatusBadRequest)
}

func TestWhoIsNotKnownIsTold401(t *testing.T) {
	p := served(t, "")
	guarded := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer of-the-test" {
			authzen.Refuse(w, r, http.StatusUnauthorized, "expected a bearer token")
			return
		}
		p.ServeHTTP(w, r)
	})
	p.Config.Handler = guarded
	question := &third.EvaluationRequest{Subject: user("carla"), Action: action("document.view"), Resource: document("inv-1")}
	_, err := p.newClient(t, "").Evaluate(t.Context(), question)
	status(t, err, http.StatusUnauthorized)
	bearing := &heading{HTTPDoer: p.Client(), key: "Authorization", value: "Bearer of-the-test"}
	if a, err := p.newClient(t, "", client.WithHTTPClient(bearing)).Evaluate(t.Context(), question); err != nil || !a.Decision {
		t.Errorf("with the token: %+v, %v", a, err)
	}
}

// status fails where the error is not an answer with a status and a body that says why.
func status(t *testing.T, err error, want int) {
	t.Helper()
	got, is := errors.AsType[*client.StatusError](err)
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
	if json.Unmarshal(got.Body, &why) != nil || got.StatusCode != want || why.Error.Status != want || why.Error.Message == "" {
		t.Errorf("got %d, not %d: %s", got.StatusCode, want, got.Body)
	}
}

// heading sends a header along, and keeps those of the answer.
type heading struct {
	client.HTTPDoer
	key, value string
	answered   http.Header
}

func (h *heading) Do(r *http.Request) (*http.Response, error) {
	r.Header.Set(h.key, h.value)
	answer, err := h.HTTPDoer.Do(r)
	if err == nil {
		h.answered = answer.Header
	}
	return answer, err
}

func TestARequestIDComesBack(t *testing.T) {
	p := served(t, "")
	h := &heading{HTTPDoer: p.Client(), key: "X-Request-ID", value: "bfe9eb29-ab87-4ca3-be83-a1d5d8305716"}
	c := p.newClient(t, "", client.WithHTTPClient(h))
	good := &third.EvaluationRequest{Subject: user("carla"), Action: action("document.view"), Resource: document("inv-1")}
	bad := &third.EvaluationRequest{Subject: good.Subject, Action: good.Action, Resource: good.Resource, Context: json.RawMessage(`[]`)}
	for _, q := range []*third.EvaluationRequest{good, bad} {
		_, err := c.Evaluate(t.Context(), q)
		if (err != nil) != (q == bad) || h.answered.Get("X-Request-ID") != h.value {
			t.Errorf("%+v: %v, with %v", q, err, h.answered)
		}
	}
	if got := h.answered.Get("Content-Type"); got != "application/json" {
		t.Errorf("the type is %q", got)
	}
}

// The client's own interoperability scenario is about todos. An office knows none of its
// words, so that each of its questions is answered, and none with yes.
func TestAScenarioInOtherWordsIsDeniedWhole(t *testing.T) {
	c, asked := served(t, "").newClient(t, ""), 0
	for _, of := range interop.Cases() {
		got, err := c.Evaluate(t.Context(), &third.EvaluationRequest{
			Subject:  third.Subject{Type: interop.SubjectType, ID: of.SubjectID},
			Action:   action(of.Action),
			Resource: third.Resource{Type: of.ResourceType, ID: of.ResourceID, Properties: of.ResourceProperties},
		})
		if err != nil || got.Decision {
			t.Errorf("%s: %+v, %v", of.Name, got, err)
		}
		asked++
	}
	if asked < 50 {
		t.Errorf("only %d questions", asked)
	}
}
