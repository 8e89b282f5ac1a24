package authzen_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/adapters/authzen"
)

// must is a line of the specification, the Authorization API 1.0, that says MUST: what it
// says, in short, and the tests that show it, or whom else it binds.
type must struct {
	section, says string
	shown         []func(*testing.T)
	another       string
}

// musts is every line of the specification with a MUST, in its order.
var musts = []must{
	{section: "4", says: "later versions add to this one and change nothing of it", another: "whoever writes specifications"},
	{section: "5.5", says: "what is denied does not go forward", another: "the caller, who enforces a decision", shown: shows(TestSpec_ADenialIsADecisionOfFalse)},
	{section: "7.1.1", says: "what an evaluation leaves out stands at the top", shown: shows(TestSpec_WhatAnEvaluationLeavesOutIsTheDefault)},
	{section: "8.2", says: "an answer that goes on says so with a token that is not empty", shown: shows(TestSpec_APageThatIsNotTheLastHasAToken)},
	{section: "8.2", says: "with a token, the rest of the request is the same", another: "the caller", shown: shows(TestSpec_ATokenIsOfOneSearch)},
	{section: "8.2.1", says: "what was asked at first is the same on later pages", another: "the caller", shown: shows(TestSpec_ATokenIsOfOneSearch)},
	{section: "8.2.1", says: "more keys of a page are registered and declared", another: "the registry; we define none", shown: shows(TestSpec_UnknownMembersAreIgnored)},
	{section: "8.2.2", says: "an answer that is not all has a page", shown: shows(TestSpec_APageThatIsNotTheLastHasAToken)},
	{section: "8.2.2", says: "the token of the last page is empty", shown: shows(TestSpec_TheLastPageHasAnEmptyToken)},
	{section: "8.3", says: "results are of the type that is searched for", shown: shows(TestSpec_ResultsAreOfTheTypeSearchedFor)},
	{section: "8.4.1", says: "a subject searched for has a type, and its id is ignored", shown: shows(TestSpec_ASubjectSearchedForHasATypeAndItsIDIsIgnored)},
	{section: "8.5.1", says: "a resource searched for has a type, and its id is ignored", shown: shows(TestSpec_AResourceSearchedForHasATypeAndItsIDIsIgnored)},
	{section: "9.1.3", says: "signed metadata is signed and names its issuer", another: "whoever signs; ours is not signed", shown: shows(TestSpec_MetadataHasOnlyWhatThereIs)},
	{section: "9.1.3", says: "signed metadata comes before the plain", another: "the caller"},
	{section: "9.2", says: "metadata is at the well-known path, between host and path", shown: shows(TestSpec_MetadataIsAtTheWellKnownPath)},
	{section: "9.2.1", says: "metadata is asked for with GET", another: "the caller", shown: shows(TestSpec_MetadataIsAskedForWithGET)},
	{section: "9.2.2", says: "metadata is a JSON object, with 200", shown: shows(TestSpec_MetadataIsAJSONObject)},
	{section: "9.2.2", says: "metadata that is not understood is ignored", another: "the caller"},
	{section: "9.2.2", says: "metadata without a value is left out", shown: shows(TestSpec_MetadataHasOnlyWhatThereIs)},
	{section: "9.2.3", says: "metadata names the identifier by which it was found, to the letter", shown: shows(TestSpec_MetadataNamesItsIdentifier)},
	{section: "9.2.3", says: "a signature is checked", another: "the caller"},
	{section: "10", says: "the binding to HTTPS is there", shown: shows(TestSpec_EveryEndpointIsThere)},
	{section: "10.1", says: "a request is application/json and the right object", shown: shows(TestSpec_AnotherContentTypeIs400, TestSpec_ARequestIsAnObject)},
	{section: "10.1", says: "requests go to the URLs of the metadata", another: "the caller", shown: shows(TestSpec_TheURLsOfTheMetadataAnswer)},
	{section: "10.1.1", says: "every body is a JSON object", shown: shows(TestSpec_ARequestIsAnObject, TestSpec_EveryAnswerIsAnObject)},
	{section: "10.1.1", says: "what is required and missing is a bad request", shown: shows(TestSpec_MissingRequiredAttributeIs400)},
	{section: "10.1.1", says: "unknown members are ignored, and members have no order", shown: shows(TestSpec_UnknownMembersAreIgnored, TestSpec_MembersHaveNoOrder)},
	{section: "10.1.3", says: "the request's identifier is in the answer, the same", shown: shows(TestSpec_TheRequestIDIsInEveryAnswer)},
	{section: "11.1", says: "the connection is secured", another: "the server, which needs TLS beyond the machine itself"},
	{section: "11.3", says: "who is not authenticated gets 401", another: "the server, which checks tokens", shown: shows(TestSpec_RefuseSays401)},
	{section: "12.3.2", says: "the name of a capability begins with a colon", another: "the registry; we have none"},
	{section: "12.4", says: "parameters of the URN are UTF-8", another: "the registry"},
}

func shows(tests ...func(*testing.T)) []func(*testing.T) { return tests }

// No line is left out, and no test is of none.
func TestEveryMustIsShownOrBindsSomebodyElse(t *testing.T) {
	if len(musts) != 32 {
		t.Errorf("%d lines, and the specification has 32", len(musts))
	}
	shown := map[string]bool{}
	for _, m := range musts {
		if m.section == "" || m.says == "" || len(m.shown) == 0 && m.another == "" {
			t.Errorf("%s, %s: shown by nothing, and binds nobody else", m.section, m.says)
		}
		for _, test := range m.shown {
			name := runtime.FuncForPC(reflect.ValueOf(test).Pointer()).Name()
			shown[name[strings.LastIndex(name, ".")+1:]] = true
		}
	}
	file, err := parser.ParseFile(token.NewFileSet(), "spec_test.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	tests := 0
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(f.Name.Name, "TestSpec_") {
			tests++
			if !shown[f.Name.Name] {
				t.Errorf("%s shows none of the lines", f.Name.Name)
			}
		}
	}
	if tests != len(shown) {
		t.Errorf("%d tests of this file are named, and %d stand in it", len(shown), tests)
	}
}

// wholeRequests are a good request to each endpoint.
var wholeRequests = map[string]string{
	evaluationPath:  good,
	evaluationsPath: `{"evaluations":[{}],` + good[1:],
	subjectPath:     `{"subject":{"type":"user"},"action":{"name":"document.tag"},"resource":{"type":"document","id":"inv-1"}}`,
	resourcePath:    `{"subject":{"type":"user","id":"carla"},"action":{"name":"document.tag"},"resource":{"type":"document"}}`,
	actionPath:      `{"subject":{"type":"user","id":"carla"},"resource":{"type":"document","id":"inv-1"}}`,
}

func TestSpec_ADenialIsADecisionOfFalse(t *testing.T) {
	h := serving(listed(t))
	for _, id := range []string{"anna", "nobody"} {
		r := answered(t, h, evaluationPath, strings.Replace(good, "carla", id, 1))
		if r.Decision == nil || *r.Decision {
			t.Errorf("%s: %+v", id, r)
		}
	}
}

func TestSpec_WhatAnEvaluationLeavesOutIsTheDefault(t *testing.T) {
	h := serving(listed(t))
	anna := `"subject":{"type":"user","id":"anna"}`
	for body, want := range map[string]bool{
		`{"evaluations":[{}],` + good[1:]:             true,
		`{"evaluations":[{` + anna + `}],` + good[1:]: false,
		`{"evaluations":[` + good + `]}`:              true,
		`{` + anna + `,"evaluations":[` + good + `]}`: true,
		`{` + anna + `,"evaluations":[{}]}`:           false, // there is no action: the evaluation is denied
		// The resource is taken whole: what the default carries is not carried on.
		strings.Replace(good, `"id":"inv-1"}}`, `"id":"inv-3","properties":{"company":"bakery","delivered_by":"carla","stage":"tagging","ever_assigned":false}},"evaluations":[{"resource":{"type":"document","id":"inv-3"}}]}`, 1): false,
	} {
		r := answered(t, h, evaluationsPath, body)
		if len(r.Evaluations) != 1 || r.Evaluations[0].allowed() != want {
			t.Errorf("%s: %+v, want %t", body, r, want)
		}
	}
}

// paged is a search of a page.
func paged(path, page string) string {
	return strings.Replace(wholeRequests[path], "{", `{"page":`+page+`,`, 1)
}

func TestSpec_APageThatIsNotTheLastHasAToken(t *testing.T) {
	h := serving(listed(t))
	for path, limit := range map[string]string{subjectPath: "0", resourcePath: "1", actionPath: "1"} {
		r := answered(t, h, path, paged(path, `{"limit":`+limit+`}`))
		if r.Page == nil || r.Page.NextToken == nil || *r.Page.NextToken == "" || r.Page.Count != len(r.Results) {
			t.Errorf("%s: %+v", path, r)
		}
	}
}

func TestSpec_TheLastPageHasAnEmptyToken(t *testing.T) {
	h := serving(listed(t))
	for _, path := range []string{subjectPath, resourcePath, actionPath} {
		for _, page := range []string{`{"limit":1000}`, `{}`} {
			r := answered(t, h, path, paged(path, page))
			if r.Page == nil || r.Page.NextToken == nil || *r.Page.NextToken != "" || r.Page.Count != len(r.Results) || len(r.Results) == 0 {
				t.Errorf("%s %s: %+v", path, page, r)
			}
		}
	}
}

func TestSpec_ATokenIsOfOneSearch(t *testing.T) {
	h := serving(listed(t))
	first := answered(t, h, resourcePath, paged(resourcePath, `{"limit":1}`))
	next := paged(resourcePath, `{"token":"`+*first.Page.NextToken+`"}`)
	if r := answered(t, h, resourcePath, next); !slices.Equal(r.names(), []string{"inv-2"}) || *r.Page.NextToken != "" {
		t.Errorf("the next page: %+v", r)
	}
	for _, other := range []string{
		strings.Replace(next, "carla", "rosa", 1),
		strings.Replace(next, "document.tag", "document.view", 1),
		strings.Replace(next, `{"type":"document"`, `{"type":"document","properties":{"stage":"booking"}`, 1),
		strings.Replace(next, `"action":{`, `"action":{"properties":{"comment":"x"},`, 1),
		strings.Replace(next, `{"page"`, `{"context":{"time":"2026-11-22T09:00:00Z"},"page"`, 1),
		strings.Replace(next, `"page":{`, `"page":{"limit":2,`, 1),
	} {
		refused(t, h, http.StatusBadRequest, resourcePath, other)
	}
	refused(t, h, http.StatusBadRequest, subjectPath, paged(subjectPath, `{"token":"`+*first.Page.NextToken+`"}`))
}

func TestSpec_ResultsAreOfTheTypeSearchedFor(t *testing.T) {
	h := serving(listed(t))
	for path, want := range map[string]string{subjectPath: "user", resourcePath: "document", actionPath: ""} {
		r := answered(t, h, path, wholeRequests[path])
		if len(r.Results) == 0 {
			t.Errorf("%s finds nothing", path)
		}
		for _, e := range r.Results {
			if e.Type != want || (e.ID == "") != (path == actionPath) || (e.Name == "") != (path != actionPath) {
				t.Errorf("%s: %+v", path, e)
			}
		}
	}
	for _, kind := range []string{"spaceship", "", "User", "company", "office"} {
		r := answered(t, h, subjectPath, strings.Replace(wholeRequests[subjectPath], "user", kind, 1))
		r2 := answered(t, h, resourcePath, strings.Replace(wholeRequests[resourcePath], `"document"`, `"`+kind+`"`, 1))
		if r.Results == nil || r2.Results == nil || len(r.Results)+len(r2.Results) > 0 {
			t.Errorf("%q: %+v, %+v", kind, r, r2)
		}
	}
}

func TestSpec_ASubjectSearchedForHasATypeAndItsIDIsIgnored(t *testing.T) {
	ignoresID(t, subjectPath, `"type":"user"`)
}

func TestSpec_AResourceSearchedForHasATypeAndItsIDIsIgnored(t *testing.T) {
	ignoresID(t, resourcePath, `"type":"document"`)
}

func ignoresID(t *testing.T, path, kind string) {
	t.Helper()
	h, request := serving(listed(t)), wholeRequests[path]
	want := answered(t, h, path, request).names()
	for _, id := range []string{`"anna"`, `"inv-4"`, `""`, `7`, `null`} {
		if got := answered(t, h, path, strings.Replace(request, kind, kind+`,"id":`+id, 1)).names(); !slices.Equal(got, want) {
			t.Errorf("with the id %s: %q, and without %q", id, got, want)
		}
	}
	for _, other := range []string{"", `"type":7`, `"type":null`, `"id":"anna"`} {
		refused(t, h, http.StatusBadRequest, path, strings.Replace(request, kind, other, 1))
	}
}

// asked is the answer to a request without a body.
func asked(h http.Handler, method, path string, change ...func(*http.Request)) (int, http.Header, string) {
	w := exchanged(h, path, "", append([]func(*http.Request){func(r *http.Request) { r.Method = method }}, change...)...)
	return w.Code, w.Header(), w.Body.String()
}

// based is the handler with another identifier.
func based(h authzen.Handler, base string) authzen.Handler {
	h.BaseURL = base
	return h
}

func TestSpec_MetadataIsAtTheWellKnownPath(t *testing.T) {
	h := serving(listed(t))
	for base, path := range map[string]string{
		"https://pdp.example.com":          metadataPath,
		"https://pdp.example.com/":         metadataPath + "/",
		"https://pdp.example.com:8443":     metadataPath,
		"https://pdp.example.com/tenant1":  metadataPath + "/tenant1",
		"https://pdp.example.com/a/b":      metadataPath + "/a/b",
		"https://pdp.example.com/tenant1/": metadataPath + "/tenant1/",
	} {
		code, _, body := asked(based(h, base), http.MethodGet, path)
		if code != http.StatusOK || !strings.Contains(body, `"policy_decision_point":"`+base+`"`) {
			t.Errorf("%s at %s: %d %s", base, path, code, body)
		}
	}
	for _, base := range []string{"", "http://pdp.example.com", "https://pdp.example.com/?x"} {
		if code, _, _ := asked(based(h, base), http.MethodGet, metadataPath); code != http.StatusNotFound {
			t.Errorf("%q: %d", base, code)
		}
	}
	if code, _, _ := asked(based(h, "https://pdp.example.com/tenant1"), http.MethodGet, metadataPath+"/tenant2"); code != http.StatusNotFound {
		t.Errorf("another tenant: %d", code)
	}
}

func TestSpec_MetadataIsAskedForWithGET(t *testing.T) {
	h := serving(listed(t))
	if code, header, body := asked(h, http.MethodHead, metadataPath); code != http.StatusOK || body != "" || header.Get("Content-Type") != "application/json" {
		t.Errorf("HEAD: %d %v %q", code, header, body)
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		if code, header, _ := asked(h, method, metadataPath); code != http.StatusMethodNotAllowed || header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d %v", method, code, header)
		}
	}
}

func TestSpec_MetadataIsAJSONObject(t *testing.T) {
	code, header, body := asked(serving(listed(t)), http.MethodGet, metadataPath)
	var object map[string]string
	if err := json.Unmarshal([]byte(body), &object); err != nil || code != http.StatusOK || header.Get("Content-Type") != "application/json" {
		t.Errorf("%d %v %s: %v", code, header, body, err)
	}
}

func metadataOf(t *testing.T, h http.Handler, path string) (m map[string]string) {
	t.Helper()
	_, _, body := asked(h, http.MethodGet, path)
	if err := json.Unmarshal([]byte(body), &m); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return m
}

func TestSpec_MetadataHasOnlyWhatThereIs(t *testing.T) {
	m := metadataOf(t, serving(listed(t)), metadataPath)
	for key, value := range m {
		if value == "" || key == "signed_metadata" || key == "capabilities" {
			t.Errorf("%s: %q", key, value)
		}
	}
	if len(m) != 6 {
		t.Errorf("%v", m)
	}
}

func TestSpec_MetadataNamesItsIdentifier(t *testing.T) {
	for _, base := range []string{"https://pdp.example.com", "https://pdp.example.com/", "https://PDP.example.com/x"} {
		m := metadataOf(t, based(serving(listed(t)), base), metadataPath)
		if m["policy_decision_point"] != base || m["access_evaluation_endpoint"] != strings.TrimSuffix(base, "/")+evaluationPath {
			t.Errorf("%s: %v", base, m)
		}
	}
}

func TestSpec_EveryEndpointIsThere(t *testing.T) {
	h := serving(listed(t))
	for path, request := range wholeRequests {
		answered(t, h, path, request)
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPut, http.MethodOptions, "post"} {
			if code, header, _ := asked(h, method, path); code != http.StatusMethodNotAllowed || header.Get("Allow") != "POST" {
				t.Errorf("%s %s: %d %v", method, path, code, header)
			}
		}
		for _, other := range []string{path + "/", "/" + path, path + "x", strings.ToUpper(path), "/x" + path, strings.Replace(path, "access", "%61ccess", 1)} {
			refused(t, h, http.StatusNotFound, other, request)
		}
	}
	refused(t, h, http.StatusNotFound, "/", good)
}

func TestSpec_AnotherContentTypeIs400(t *testing.T) {
	h := serving(listed(t))
	for path, request := range wholeRequests {
		for _, right := range []string{"application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8", `application/json;charset="utf-8";x=y`} {
			answered(t, h, path, request, header("Content-Type", right))
		}
		for _, other := range []string{
			"", "text/plain", "application/json5", "application/problem+json", "application/json, text/plain", "application/x-www-form-urlencoded",
			"application/json; charset=utf-16", "application/json; charset=iso-8859-1", "application/json; charset", "*/*", "application/json;charset=utf-8;charset=utf-16",
		} {
			refused(t, h, http.StatusBadRequest, path, request, header("Content-Type", other))
		}
		refused(t, h, http.StatusBadRequest, path, request, func(r *http.Request) { r.Header.Del("Content-Type") })
		refused(t, h, http.StatusBadRequest, path, request, func(r *http.Request) { r.Header.Add("Content-Type", "application/json") })
	}
}

func TestSpec_ARequestIsAnObject(t *testing.T) {
	h := serving(listed(t))
	for path, request := range wholeRequests {
		for _, body := range []string{"", " ", "null", "7", `"x"`, "[]", "[" + request + "]", request[1:], request + "x", request + request} {
			refused(t, h, http.StatusBadRequest, path, body)
		}
	}
}

func TestSpec_EveryAnswerIsAnObject(t *testing.T) {
	h := serving(listed(t))
	for path, request := range wholeRequests {
		for _, body := range []string{request, "", "7"} {
			w := exchanged(h, path, body)
			var object map[string]any
			if err := json.Unmarshal(w.Body.Bytes(), &object); err != nil || len(object) == 0 || w.Header().Get("Content-Type") != "application/json" {
				t.Errorf("%s: %d %v %s, %v", path, w.Code, w.Header(), w.Body, err)
			}
		}
	}
}

func TestSpec_MissingRequiredAttributeIs400(t *testing.T) {
	h := serving(listed(t))
	for path, request := range wholeRequests {
		if path == evaluationsPath {
			request = good // where there are evaluations, what is missing denies only them
		}
		for _, of := range []string{"subject", "action", "resource"} {
			spoilt(t, h, path, request, of)
		}
	}
	refused(t, h, http.StatusBadRequest, evaluationsPath, `{"evaluations":[]}`)
}

// spoilt holds that a request is refused without each of what it has in one member.
func spoilt(t *testing.T, h http.Handler, path, request, of string) {
	t.Helper()
	var whole map[string]map[string]string
	if err := json.Unmarshal([]byte(request), &whole); err != nil {
		t.Fatal(err)
	}
	own, there := whole[of]
	if !there {
		return
	}
	try := func() {
		text, err := json.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		refused(t, h, http.StatusBadRequest, path, string(text))
	}
	for key, value := range own {
		delete(own, key)
		try()
		own[key] = value
	}
	whole[of] = nil // null
	try()
	delete(whole, of)
	try()
}

func TestSpec_UnknownMembersAreIgnored(t *testing.T) {
	h := serving(listed(t))
	for path, request := range wholeRequests {
		want := exchanged(h, path, request).Body.String()
		for _, more := range []string{
			strings.Replace(request, "{", `{"foo":"bar","future":{"nested":[true,{}]},`, 1),
			strings.ReplaceAll(request, `"type":`, `"Type":7,"more":null,"type":`),
			strings.ReplaceAll(request, `"name":`, `"names":[],"name":`),
			strings.Replace(request, "{", `{"options":{"another":7},`, 1),
		} {
			if got := exchanged(h, path, more).Body.String(); got != want {
				t.Errorf("%s %s: %s, without %s", path, more, got, want)
			}
		}
		if path == subjectPath || path == resourcePath || path == actionPath {
			answered(t, h, path, paged(path, `{"sort":"up","properties":{"x":1},"limit":1}`))
		}
	}
}

func TestSpec_MembersHaveNoOrder(t *testing.T) {
	h := serving(listed(t))
	for path, request := range wholeRequests {
		var members map[string]json.RawMessage
		if err := json.Unmarshal([]byte(request), &members); err != nil {
			t.Fatal(err)
		}
		keys := make([]string, 0, len(members))
		for key := range members {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		want := exchanged(h, path, request).Body.String()
		for range keys {
			keys = append(keys[1:], keys[0])
			var text []string
			for _, key := range keys {
				text = append(text, `"`+key+`":`+string(members[key]))
			}
			if got := exchanged(h, path, "{"+strings.Join(text, ",")+"}").Body.String(); got != want {
				t.Errorf("%s %v: %s, otherwise %s", path, keys, got, want)
			}
		}
	}
}

func TestSpec_TheRequestIDIsInEveryAnswer(t *testing.T) {
	h := serving(listed(t))
	for _, id := range []string{"bfe9eb29-ab87-4ca3-be83-a1d5d8305716", "x", "a b\t<>\"'", "\xff\xc3", strings.Repeat("y", authzen.MaxRequestID)} {
		for path, request := range wholeRequests {
			for _, body := range []string{request, ""} {
				if w := exchanged(h, path, body, header("X-Request-ID", id)); w.Header().Get("X-Request-ID") != id {
					t.Errorf("%s: %v, want %q", path, w.Header(), id)
				}
			}
		}
		for _, path := range []string{metadataPath, "/", evaluationPath} {
			if _, header, _ := asked(h, http.MethodGet, path, header("X-Request-ID", id)); header.Get("X-Request-ID") != id {
				t.Errorf("%s: %v, want %q", path, header, id)
			}
		}
	}
	if w := exchanged(h, evaluationPath, good); w.Code != http.StatusOK || w.Header().Values("X-Request-ID") != nil {
		t.Errorf("without one: %d %v", w.Code, w.Header())
	}
	long := strings.Repeat("y", authzen.MaxRequestID+1)
	if w := refused(t, h, http.StatusBadRequest, evaluationPath, good, header("X-Request-ID", long)); w.Header().Get("X-Request-ID") != long {
		t.Errorf("one that is too long: %v", w.Header())
	}
	split := "x\r\nSet-Cookie: y"
	if w := refused(t, h, http.StatusBadRequest, evaluationPath, good, header("X-Request-ID", split)); w.Header().Values("X-Request-ID") != nil {
		t.Errorf("one that would split the header: %v", w.Header())
	}
}

func TestSpec_TheURLsOfTheMetadataAnswer(t *testing.T) {
	for _, base := range []string{"https://pdp.example.com", "https://pdp.example.com/", "https://pdp.example.com/a/tenant1", "https://pdp.example.com/tenant1/"} {
		h := based(serving(listed(t)), base)
		m := metadataOf(t, h, metadataPath)
		for key, path := range map[string]string{
			"access_evaluation_endpoint": evaluationPath, "access_evaluations_endpoint": evaluationsPath,
			"search_subject_endpoint": subjectPath, "search_resource_endpoint": resourcePath, "search_action_endpoint": actionPath,
		} {
			answered(t, h, m[key], wholeRequests[path])
			answered(t, h, path, wholeRequests[path]) // a proxy may have taken the path away
		}
	}
}

func TestSpec_RefuseSays401(t *testing.T) {
	guarded := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		authzen.Refuse(w, r, http.StatusUnauthorized, "a token is needed")
	})
	w := refused(t, guarded, http.StatusUnauthorized, evaluationPath, good, header("X-Request-ID", "x"))
	if w.Header().Get("X-Request-ID") != "x" {
		t.Errorf("%v", w.Header())
	}
}
