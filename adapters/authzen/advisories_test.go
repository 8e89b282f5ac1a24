package authzen_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	gosync "sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/documents"
)

// Each test here recalls what went wrong in another engine. The advisory is in
// its name; others that tell of the same stand in the comment.

// Under concurrency a condition was skipped, and its rule allowed.
func TestCVE_2026_55866_ManyRequestsAtOnceAreAnsweredAsOneAlone(t *testing.T) {
	s := source(t)
	var requests [][]byte
	for _, question := range allowedQuestions {
		r := ask(t, question)
		requests = append(requests, []byte(printed(r)))
		for property := range r.Action.Properties {
			requests = append(requests, []byte(printed(without(r, property))))
		}
	}
	want := make([]authzen.Answer, len(requests))
	for i, request := range requests {
		want[i], _ = s.Answer(request, now)
	}
	var group gosync.WaitGroup
	for g := range 16 {
		group.Go(func() {
			for i := range requests {
				at := (i + g*7) % len(requests)
				if got, _ := s.Answer(requests[at], now); !cmp.Equal(got, want[at]) {
					t.Errorf("%s: alone %+v, among others %+v", requests[at], want[at], got)
				}
			}
		})
	}
	group.Wait()
}

// A fault while an answer was sought skipped the rule that denied. Here a document
// that cannot be found, in any way that a finder may fail, is never a yes. Also
// GHSA-hm46-7j72-rpv9.
func TestCVE_2025_46342_AFaultOfTheFinderAllowsNothing(t *testing.T) {
	sound := source(t)
	for name, fault := range map[string]func(documents.ID) (*documents.Document, bool){
		"not found":           func(documents.ID) (*documents.Document, bool) { return nil, false },
		"found, but nothing":  func(documents.ID) (*documents.Document, bool) { return nil, true },
		"found, but empty":    func(documents.ID) (*documents.Document, bool) { return new(documents.Document), true },
		"not found, but told": func(id documents.ID) (*documents.Document, bool) { d, _ := sound.Documents(id); return d, false },
		"no finder":           nil,
	} {
		s := sound
		s.Documents = fault
		for _, question := range allowedQuestions {
			r := ask(t, question)
			if got := s.Evaluate(r, now); got.Decision && r.Resource.Type == "document" {
				t.Errorf("%s: %s is allowed", name, question)
			}
		}
	}
	for i := range 2 { // a merger looks twice: the resource, and what it is merged with
		s, looked := sound, 0
		s.Documents = func(id documents.ID) (*documents.Document, bool) {
			looked++
			if looked == i+1 {
				return nil, false
			}
			return sound.Documents(id)
		}
		if got := s.Evaluate(ask(t, `carla document.merge document:inv-1 {"with":["inv-2"]}`), now); got.Decision || looked != 2 {
			t.Errorf("looked %d times, fault at %d: %+v", looked, i+1, got)
		}
	}
}

// A name that was spelt otherwise missed the rule that denied it. Also
// CVE-2026-26205.
func TestCVE_2026_33186_ANameHasOneSpelling(t *testing.T) {
	s := source(t)
	for _, question := range allowedQuestions {
		if got := s.Evaluate(ask(t, question), now); !got.Decision {
			t.Errorf("%s: %+v", question, got)
		}
		for part, name := range map[string]func(*authzen.Request) *string{
			"subject type":  func(r *authzen.Request) *string { return &r.Subject.Type },
			"subject":       func(r *authzen.Request) *string { return &r.Subject.ID },
			"action":        func(r *authzen.Request) *string { return &r.Action.Name },
			"resource type": func(r *authzen.Request) *string { return &r.Resource.Type },
			"resource":      func(r *authzen.Request) *string { return &r.Resource.ID },
		} {
			for _, spell := range otherwise {
				r := ask(t, question)
				text := name(&r)
				*text = spell(*text)
				if got := s.Evaluate(r, now); got.Decision {
					t.Errorf("%s, with the %s spelt %q, is allowed", question, part, *text)
				}
			}
		}
	}
}

// otherwise are the ways to spell a name that a careless reader would let pass.
var otherwise = []func(string) string{
	strings.ToUpper,
	func(s string) string { return strings.ToUpper(s[:1]) + s[1:] },
	func(s string) string { return " " + s },
	func(s string) string { return s + " " },
	func(s string) string { return s + "\n" },
	func(s string) string { return s + "\x00" },
	func(s string) string { return "/" + s },
	func(s string) string { return s + "/" },
	func(s string) string { return "./" + s },
	func(s string) string { return s + "." },
	func(s string) string { return s + ";" },
	func(s string) string { return s + "?" },
	func(s string) string { return s + "*" },
	func(s string) string { return strings.Replace(s, "e", "%65", 1) + "%00" },
	func(s string) string { return s + "\u200b" },
	func(s string) string { return s + "\u0301" },
	func(string) string { return "*" },
	func(string) string { return "" },
}

// A decoder fell over what had been tampered with. Here every damaged request is
// refused or answered, and one that was cut off is never a request.
func TestGHSA_vhvq_fv9f_wh4q_DamagedRequestsAreRefusedOrDenied(t *testing.T) {
	s := source(t)
	for _, question := range allowedQuestions {
		request := []byte(printed(ask(t, question)))
		for i := range request {
			if _, err := s.Answer(request[:i], now); err == nil {
				t.Fatalf("%s is a request", request[:i])
			}
			for _, b := range []byte{0, 0xff, '"', '\\', '{', ']', '7', '*'} {
				damaged := append([]byte(nil), request...)
				damaged[i] = b
				a, err := s.Answer(damaged, now)
				if a.Decision && (err != nil || !s.Snapshot.Check(s.Request(mustParse(t, damaged), now)).Allowed()) {
					t.Errorf("%s is allowed", damaged)
				}
			}
		}
	}
}

// Nor does a list that is resumed with a token that was tampered with: at each of its
// letters, each damage is refused, or is a page of what the search finds anyway.
func TestGHSA_vhvq_fv9f_wh4q_ATamperedTokenIsRefused(t *testing.T) {
	h := serving(listed(t))
	for _, path := range searches {
		token, refusals := first(t, h, path), 0
		everything := answered(t, h, path, wholeRequests[path]).names()
		for i := range token {
			for _, c := range []string{"", "A", "Z", "-", "=", "\u0000", " ", "AA"} {
				tampered := token[:i] + c + token[i+1:]
				if tampered == token {
					continue
				}
				w := exchanged(h, path, paged(path, `{"token":"`+tampered+`"}`))
				if w.Code == http.StatusBadRequest {
					refusals++
				} else if !isLimit(tampered, token) {
					t.Errorf("%s %s: %d %s", path, tampered, w.Code, w.Body)
				} else if r := answered(t, h, path, paged(path, `{"token":"`+tampered+`"}`)); !slices.Equal(r.names(), everything[:len(r.names())]) {
					t.Errorf("%s %s: %+v", path, tampered, r)
				}
			}
		}
		if refusals < 7*(len(token)-2) {
			t.Errorf("%s: %d tampered tokens were refused, of a token of %d letters", path, refusals, len(token))
		}
	}
}

func mustParse(t *testing.T, data []byte) authzen.Request {
	t.Helper()
	r, err := authzen.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A list was cut into pieces with a counter that overflowed, so that some of it
// was not looked at.
func TestCVE_2024_27101_ListsOfAnySizeAreLookedAtWhole(t *testing.T) {
	s := source(t)
	for _, n := range []int{0, 1, 65_535, 65_536} {
		for question, want := range map[string]string{
			`rosa user.create office:devries {"roles":["client_user"],"companies":[LIST"bakery"]}`: "yes",
			`rosa user.create office:devries {"roles":["client_user"],"companies":[LIST"salon"]}`:  "bad_property",
			`rosa user.create office:devries {"roles":["client_user"],"companies":[LIST7]}`:        "bad_property",
		} {
			r := ask(t, strings.Replace(question, "LIST", strings.Repeat(`"bakery",`, n), 1))
			if got := codeOf(s.Evaluate(r, now)); got != want {
				t.Errorf("%s after %d: got %s, want %s", question, n, got, want)
			}
		}
	}
}

// So for batches: of any size, each evaluation has an answer of its own, or all of them
// are refused. The one that is denied stands last, where a counter would have turned.
func TestCVE_2024_27101_BatchesOfAnySizeAreAnsweredWhole(t *testing.T) {
	h := serving(listed(t))
	for _, n := range []int{1, 65_535, 65_536} {
		h.MaxBatch = n
		holdsWhole(t, h, n)
		refused(t, h, http.StatusBadRequest, evaluationsPath, batchOf(n+1))
	}
}

// What was nested in a bulk operation skipped its check. Here no evaluation of a batch is
// allowed what it is not allowed alone, whatever stands around it or is shared.
func TestCVE_2026_33343_ABatchIsNeverWiderThanItsSingles(t *testing.T) {
	h := serving(listed(t))
	questions := []string{"rosa user.view user:carla", "rosa document.tag document:inv-1"}
	for _, question := range allowedQuestions {
		questions = append(questions, question, strings.Replace(question, strings.Fields(question)[0], "dirk", 1))
	}
	for _, shared := range questions {
		var items []any
		var want []bool
		defaults := objectOf(t, ask(t, shared))
		for _, question := range questions {
			own := objectOf(t, ask(t, question))
			for _, kept := range [][]string{{}, {"subject"}, {"action"}, {"resource"}, {"subject", "resource"}, {"subject", "action", "resource"}} {
				item := object{"evaluations": []any{defaults}} // nothing nests
				for _, m := range kept {
					item[m] = own[m]
				}
				items = append(items, item)
				want = append(want, answered(t, h, evaluationPath, written(filled(defaults, item))).allowed())
			}
		}
		request := filled(defaults, nil)
		request["evaluations"] = items
		for i, r := range answered(t, h, evaluationsPath, written(request)).Evaluations {
			if r.allowed() != want[i] {
				t.Fatalf("%s in a batch with %s: %t, alone %t", written(items[i]), shared, r.allowed(), want[i])
			}
		}
	}
}

// objectOf is a request as an object.
func objectOf(t *testing.T, r authzen.Request) (o object) {
	t.Helper()
	if err := json.Unmarshal([]byte(whole(r)), &o); err != nil {
		t.Fatal(err)
	}
	return o
}

// A discovery document named whatever host the request did, so that a caller who was led
// astray took its keys and endpoints for the issuer's (OpenFGA, pull request 3057). Here
// it comes from the configuration alone.
func TestMetadataNeverTakesTheHostHeader(t *testing.T) {
	h := serving(listed(t))
	code, _, want := asked(h, http.MethodGet, metadataPath)
	if code != http.StatusOK || !strings.Contains(want, "https://pdp.example.com") {
		t.Fatalf("%d %s", code, want)
	}
	for _, host := range []string{"", "evil.example", "pdp.example.com:8443", "evil.example/\"", "pdp.example.com@evil.example"} {
		for _, key := range []string{"Host", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded", "X-Original-Host", "Referer", "Origin"} {
			code, header, got := asked(h, http.MethodGet, metadataPath, func(r *http.Request) {
				r.Host, r.URL.Host = host, host
				r.Header.Set(key, host)
			})
			if code != http.StatusOK || got != want || strings.Contains(written(header), "evil") {
				t.Errorf("host and %s %q: %d %v %s", key, host, code, header, got)
			}
		}
	}
	h.BaseURL = ""
	if code, _, got := asked(h, http.MethodGet, metadataPath, func(r *http.Request) { r.Host = "evil.example" }); code != http.StatusNotFound {
		t.Errorf("without a configuration: %d %s", code, got)
	}
}

// What was printed meant something else when it was read. Here a request that is
// read, written and read again is the same and has the same answer.
func TestCVE_2022_23628_ARequestWrittenAgainIsAnsweredTheSame(t *testing.T) {
	s := source(t)
	requests := make([][]byte, 0, 2*leastRequests)
	for _, question := range allowedQuestions {
		requests = append(requests, []byte(printed(ask(t, question))))
	}
	for _, id := range []string{`\\\\u0041`, `\"\\\"`, `\u005cu0041`, `\ud83d\ude00`, `<&>\u2028`, `%41`, `\\\\\\\\n`} {
		requests = append(requests, []byte(strings.ReplaceAll(good, "carla", id)), []byte(strings.ReplaceAll(good, "inv-1", id)))
	}
	for _, name := range hostile(t) {
		requests = append(requests, content(t, name))
	}
	compared := 0
	for _, request := range requests {
		r, err := authzen.Parse(request)
		if err != nil {
			continue
		}
		compared++
		if a, b := s.Evaluate(r, now), s.Evaluate(mustParse(t, []byte(whole(r))), now); !cmp.Equal(a, b) {
			t.Errorf("%s: %+v, and written again %+v", request, a, b)
		}
	}
	if compared < 100 {
		t.Errorf("%d requests compared, want at least 100", compared)
	}
}

// Definitions that went too deep were followed until nothing was left.
func TestCVE_2023_43645_DepthIsRefused(t *testing.T) {
	for _, open := range []string{"[", `{"a":`, `[{"a":[`} {
		n := authzen.MaxBytes / len(open)
		for _, text := range []string{
			strings.Repeat(open, n), carrying(strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000)),
			carrying(strings.Repeat("[", 400_000) + strings.Repeat("]", 400_000)),
		} {
			if _, err := authzen.Parse([]byte(text)); err == nil {
				t.Errorf("%d bytes that begin %.20s are a request", len(text), text)
			}
		}
	}
}

// Readers of JSON let a key stand twice, or in another case, text stand behind the
// value, and what is no UTF-8 pass. None of it does here.
func TestWhatJSONReadersLetPassIsRefusedOrIgnored(t *testing.T) {
	s := source(t)
	denied := strings.Replace(good, "carla", "anna", 1)
	for name, text := range map[string]string{
		"a key twice":              strings.Replace(denied, `"id":"anna"`, `"id":"anna","id":"carla"`, 1),
		"a key in another case":    strings.Replace(denied, `"id":"anna"`, `"id":"anna","ID":"carla"`, 1),
		"a key in another letter":  strings.Replace(denied, `{"subject"`, `{"\u017fubject":{"type":"user","id":"carla"},"subject"`, 1),
		"a key escaped":            strings.Replace(denied, `"id":"anna"`, `"id":"anna","\u0069d":"carla"`, 1),
		"text behind":              denied + good,
		"what is no UTF-8":         strings.Replace(good, "carla", "carla\xff", 1),
		"half of a surrogate pair": strings.Replace(good, "carla", `\ud83d`, 1),
	} {
		var lax struct{ Subject struct{ ID string } }
		if err := json.NewDecoder(strings.NewReader(text)).Decode(&lax); err != nil {
			t.Errorf("%s: encoding/json refuses it: %v", name, err)
		}
		if a, _ := s.Answer([]byte(text), now); a.Decision {
			t.Errorf("%s: %s is allowed", name, text)
		}
	}
}
