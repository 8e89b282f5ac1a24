package authzen_test

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
)

// object is a JSON object as a test builds it.
type object = map[string]any

// written is a value as JSON.
func written(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// members are what a batch shares and an evaluation may have of its own.
var members = []string{"subject", "action", "resource", "context"}

// requestObject is a request that was drawn, as an object.
func requestObject(t *rapid.T, d drawn) (o object) {
	_, r := searched(t, d)
	if err := json.Unmarshal([]byte(whole(r)), &o); err != nil {
		t.Fatal(err)
	}
	return o
}

// part draws some members of a request, of which some are no such member.
func part(t *rapid.T, d drawn) object {
	o := requestObject(t, d)
	if rapid.Bool().Draw(t, "all of it") {
		return o
	}
	for _, m := range members {
		switch rapid.IntRange(0, 11).Draw(t, m) {
		case 0, 1, 2, 3:
			delete(o, m)
		case 4:
			o[m] = rapid.SampledFrom([]any{nil, 7, "x", []any{}, object{}, object{"type": "user"}, object{"id": 7, "type": "user"}}).Draw(t, "spoilt")
		}
	}
	return o
}

// filled is an evaluation with what it leaves out, each taken whole from the request.
func filled(shared, item object) object {
	one := object{}
	for _, m := range members {
		if v, ok := shared[m]; ok {
			one[m] = v
		}
		if v, ok := item[m]; ok {
			one[m] = v
		}
	}
	return one
}

// ended is how many answers a batch has under a semantic.
func ended(semantic string, decisions []bool) int {
	last := slices.Index(decisions, semantic == "permit_on_first_permit")
	if semantic == "" || semantic == "execute_all" || last < 0 {
		return len(decisions)
	}
	return last + 1
}

// A batch is answered as each of its evaluations alone, with what it leaves out filled in:
// what one of them is refused for alone, it is denied for here. A default that is no such
// member refuses the batch, whatever its evaluations have of their own.
func TestABatchIsItsEvaluationsOneByOne(t *testing.T) {
	met := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		h := serving(d.Source)
		h.AllowContextTime = rapid.Bool().Draw(t, "context's time")
		for range 5 {
			isItsEvaluations(t, d, h, met)
		}
	})
	for _, some := range []string{"refused", "answered", "allowed", "errors", "ended early"} {
		if met[some] < 10 {
			t.Errorf("%s: %d, which shows little: %v", some, met[some], met)
		}
	}
}

func isItsEvaluations(t *rapid.T, d drawn, h http.Handler, met map[string]int) {
	shared := part(t, d)
	var items []any
	var wanted []string
	var decisions []bool
	for range rapid.IntRange(1, 12).Draw(t, "evaluations") {
		item := part(t, d)
		w := exchanged(h, evaluationPath, written(filled(shared, item)))
		want := w.Body.String()
		if w.Code != http.StatusOK {
			want = `{"decision":false,"context":` + want + `}`
		}
		items, wanted, decisions = append(items, item), append(wanted, want), append(decisions, strings.HasPrefix(want, `{"decision":true`))
	}
	semantic := rapid.SampledFrom([]string{"", "execute_all", "deny_on_first_deny", "permit_on_first_permit"}).Draw(t, "semantic")
	isSound := sound(shared)
	shared["evaluations"] = items
	if semantic != "" {
		shared["options"] = object{"evaluations_semantic": semantic}
	}
	w := exchanged(h, evaluationsPath, written(shared))
	if !isSound {
		met["refused"]++
		if w.Code != http.StatusBadRequest || strings.Contains(w.Body.String(), "decision") {
			t.Fatalf("%s: %d %s", written(shared), w.Code, w.Body)
		}
		return
	}
	n := ended(semantic, decisions)
	want := `{"evaluations":[` + strings.Join(wanted[:n], ",") + `]}`
	if got := w.Body.String(); w.Code != http.StatusOK || got != want {
		t.Fatalf("%s: %d %s\nwant %s", written(shared), w.Code, got, want)
	}
	met["answered"]++
	met["allowed"] += strings.Count(want, `"decision":true`)
	met["errors"] += strings.Count(want, `"status":400`)
	if n < len(wanted) {
		met["ended early"]++
	}
}

// sound says whether each default that is there is whole.
func sound(shared object) bool {
	for _, m := range members {
		v, there := shared[m]
		o, isObject := v.(object)
		switch {
		case !there, m == "context" && v == nil:
		case !isObject, m == "action" && !isText(o["name"]):
			return false
		case m == "subject" || m == "resource":
			if !isText(o["type"]) || !isText(o["id"]) {
				return false
			}
		}
	}
	return true
}

func isText(v any) bool { _, ok := v.(string); return ok }

// No evaluations are one request.
func TestWithoutEvaluationsABatchIsOneRequest(t *testing.T) {
	h := serving(listed(t))
	for _, id := range []string{"carla", "anna", "nobody"} {
		one := strings.Replace(good, "carla", id, 1)
		want := exchanged(h, evaluationPath, one).Body.String()
		for _, none := range []string{"", `"evaluations":[],`, `"evaluations":null,`} {
			w := exchanged(h, evaluationsPath, strings.Replace(one, "{", "{"+none, 1))
			if w.Code != http.StatusOK || w.Body.String() != want {
				t.Errorf("%s %q: %d %s, want %s", id, none, w.Code, w.Body, want)
			}
		}
	}
	for _, none := range []string{`{}`, `{"evaluations":[]}`, `{"evaluations":null,"subject":{"type":"user","id":"carla"}}`} {
		refused(t, h, http.StatusBadRequest, evaluationsPath, none)
	}
	for _, other := range []string{`{}`, `"x"`, `7`, `true`, `{"0":{}}`} {
		refused(t, h, http.StatusBadRequest, evaluationsPath, strings.Replace(good, "{", `{"evaluations":`+other+`,`, 1))
	}
}

func TestAnUnknownSemanticIsRefused(t *testing.T) {
	h := serving(listed(t))
	for _, options := range []string{
		`{"evaluations_semantic":"execute_some"}`, `{"evaluations_semantic":""}`, `{"evaluations_semantic":null}`,
		`{"evaluations_semantic":7}`, `{"evaluations_semantic":"Execute_all"}`, `[]`, `"execute_all"`,
	} {
		refused(t, h, http.StatusBadRequest, evaluationsPath, `{"options":`+options+`,"evaluations":[{}],`+good[1:])
	}
	for _, options := range []string{`null`, `{}`, `{"evaluations_semantics":"x"}`, `{"evaluations_semantic":"execute_all","more":7}`} {
		if r := answered(t, h, evaluationsPath, `{"options":`+options+`,"evaluations":[{}],`+good[1:]); !r.Evaluations[0].allowed() {
			t.Errorf("%s: %+v", options, r)
		}
	}
}

// What is no evaluation is denied by itself, with an error, and its neighbours have their
// answers.
func TestAMalformedEvaluationIsDeniedByItself(t *testing.T) {
	h := serving(listed(t))
	for _, item := range []string{
		`null`, `7`, `"x"`, `[]`, `true`, `{"subject":null}`, `{"action":{}}`, `{"resource":{"type":"document"}}`, `{"context":[]}`,
		`{"subject":{"type":"user","id":7}}`, `{"action":{"name":"document.tag","properties":[]}}`,
	} {
		r := answered(t, h, evaluationsPath, `{"evaluations":[{},`+item+`,{}],`+good[1:])
		if len(r.Evaluations) != 3 || !r.Evaluations[0].allowed() || !r.Evaluations[2].allowed() || !isFault(r.Evaluations[1]) {
			t.Errorf("%s: %+v", item, r)
		}
	}
}

// isFault says whether an answer is the denial of what is no request.
func isFault(r reply) bool {
	var e authzen.Error
	err := json.Unmarshal(r.Context["error"], &e)
	return err == nil && r.Decision != nil && !*r.Decision && len(r.Context) == 1 && e.Status == http.StatusBadRequest && e.Message != ""
}

// batchOf is a batch of n evaluations of which only the last is denied.
func batchOf(n int) string {
	items := strings.Repeat("{},", max(n-1, 0)) + `{"subject":{"type":"user","id":"anna"}}`
	if n == 0 {
		items = ""
	}
	return `{"evaluations":[` + items + `],` + good[1:]
}

func TestABatchOfAnySizeUpToTheMostIsAnsweredWhole(t *testing.T) {
	h := serving(listed(t))
	for _, n := range []int{1, 2, 1_000, authzen.DefaultMaxBatch} {
		holdsWhole(t, h, n)
	}
	refused(t, h, http.StatusBadRequest, evaluationsPath, batchOf(authzen.DefaultMaxBatch+1))
	h.MaxBatch = 3
	holdsWhole(t, h, 3)
	refused(t, h, http.StatusBadRequest, evaluationsPath, batchOf(4))
	if r := answered(t, h, evaluationsPath, batchOf(0)); !r.allowed() || r.Evaluations != nil {
		t.Errorf("none: %+v", r)
	}
}

// holdsWhole holds that a batch has an answer of its own to each evaluation.
func holdsWhole(t *testing.T, h http.Handler, n int) {
	t.Helper()
	got := answered(t, h, evaluationsPath, batchOf(n)).Evaluations
	if len(got) != n {
		t.Fatalf("%d evaluations, %d answers", n, len(got))
	}
	for i, r := range got {
		if r.allowed() != (i < n-1) {
			t.Fatalf("%d of %d: %+v", i, n, r)
		}
	}
}

// One source and one moment are for the whole of a request, and each decision of a batch
// is told once.
func TestARequestHasOneSourceAndOneMoment(t *testing.T) {
	s := listed(t)
	for path, body := range wholeRequests {
		sources, moments, readers := 0, 0, 0
		var told []authzen.Decided
		var searched []authzen.Searched
		h := serving(s)
		reader := h.Reader
		h.Current = func() authzen.Source {
			sources++
			s.Version = "v" + strconv.Itoa(sources)
			return s
		}
		h.Now = func() time.Time { moments++; return now.Add(time.Duration(moments)) }
		h.Reader = func(r *http.Request) policy.Reader { readers++; return reader(r) }
		h.Decided = func(_ context.Context, d authzen.Decided) { told = append(told, d) }
		h.Searched = func(_ context.Context, s authzen.Searched) { searched = append(searched, s) }
		n := 1
		if path == evaluationsPath {
			n = 1_000
			body = batchOf(n)
		}
		w := exchanged(h, path, body, header("X-Request-ID", "one"))
		if w.Code != http.StatusOK || sources != 1 || moments != 1 || readers != 1 || w.Header().Get(authzen.VersionHeader) != "v1" {
			t.Errorf("%s: %d, %d sources, %d moments, %d readers, %v", path, w.Code, sources, moments, readers, w.Header())
		}
		if slices.Contains(searches, path) {
			if len(told) != 0 || len(searched) != 1 || searched[0].Version != "v1" || searched[0].Endpoint != path || !searched[0].At.Equal(now.Add(1)) || searched[0].RequestID != "one" {
				t.Errorf("%s: told %d, %+v", path, len(told), searched)
			}
			continue
		}
		if len(told) != n || len(searched) != 0 {
			t.Fatalf("%s: %d decisions told, of %d, and %d searches", path, len(told), n, len(searched))
		}
		for _, d := range told {
			if d.Version != "v1" || !d.At.Equal(now.Add(1)) || d.RequestID != "one" || d.Policy != s.Snapshot.Policy() {
				t.Fatalf("%s: %+v", path, d)
			}
		}
	}
}

// What is told of a decision is the request with its defaults filled in, and what was
// answered. What is no request is no decision.
func TestWhatIsToldIsWhatWasAnswered(t *testing.T) {
	s := listed(t)
	for _, explained := range []bool{true, false} {
		var told []authzen.Decided
		h := serving(s)
		if !explained {
			h.Reader = nil
		}
		h.Decided = func(_ context.Context, d authzen.Decided) { told = append(told, d) }
		r := answered(t, h, evaluationsPath, `{"evaluations":[{},7,{"subject":{"type":"user","id":"anna"}},{"subject":{}}],`+good[1:])
		if len(told) != 2 || len(r.Evaluations) != 4 {
			t.Fatalf("told %+v of %+v", told, r)
		}
		for i, at := range []int{0, 2} {
			d, a := told[i], r.Evaluations[at]
			want := ask(t, []string{"carla", "anna"}[i]+" document.tag document:inv-1")
			plain := s.Evaluate(want, now)
			if !cmp.Equal(d.Request, want) || d.Decision.Allowed() != a.allowed() || d.Decision.Allowed() != plain.Decision || !cmp.Equal(d.Rules, plain.Context.Rules) {
				t.Errorf("told %+v, answered %+v, asked plainly %+v", d, a, plain)
			}
		}
	}
}

// Whoever went away is not worked for: a batch and a search end early, without an end
// that could be read as one.
func TestWhatNobodyWaitsForEndsEarly(t *testing.T) {
	s := listed(t)
	ids := make([]documents.ID, 1_000_000)
	for i := range ids {
		ids[i] = "inv-1"
	}
	for path, body := range map[string]string{
		evaluationsPath: batchOf(authzen.DefaultMaxBatch), resourcePath: wholeRequests[resourcePath],
		resourcePath + "?": paged(resourcePath, `{"limit":1000000}`),
		// Nobody may, so that nothing is ever written.
		resourcePath + "?0": strings.Replace(wholeRequests[resourcePath], "carla", "anna", 1),
	} {
		ctx, cancel := context.WithCancel(t.Context())
		looked, searched := 0, 0
		h := serving(s)
		stop := func() {
			if looked++; looked == 10 {
				cancel()
			}
		}
		h.Decided = func(context.Context, authzen.Decided) { stop() }
		h.Searched = func(context.Context, authzen.Searched) { searched++ }
		endless := s
		endless.AllDocuments = func(documents.ID) iter.Seq[*documents.Document] {
			return func(yield func(*documents.Document) bool) {
				for _, id := range ids {
					d, _ := s.Documents(id)
					if stop(); !yield(d) {
						return
					}
				}
			}
		}
		h.Current = func() authzen.Source { return endless }
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if looked < 10 || looked > 2_000 || searched != 0 || json.Valid(w.Body.Bytes()) {
			t.Errorf("%s: looked %d times, told of %d searches, answered %.80s", path, looked, searched, w.Body)
		}
	}
}
