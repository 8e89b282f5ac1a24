package authzen_test

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/policy"
)

var searches = []string{subjectPath, resourcePath, actionPath}

// asking is what a search finds, by asking about each thing there is in turn.
func (d drawn) asking(path string, r authzen.Request) []string {
	found := []string{}
	each := func(name string) {
		q := d.Request(r, now)
		subject := d.Snapshot.Subject(q.Subject, q.At)
		if decision, _ := subject.Could(q.Action, q.Resource, q.With); decision.Allowed() {
			found = append(found, name)
		}
	}
	switch path {
	case subjectPath:
		for _, r.Subject.ID = range d.ids[policy.User] {
			each(r.Subject.ID)
		}
	case resourcePath:
		kind, _ := policy.ParseResourceType(r.Resource.Type)
		for _, r.Resource.ID = range d.ids[kind] {
			each(r.Resource.ID)
		}
	case actionPath:
		for a := range policy.AllActions() {
			r.Action = authzen.Action{Name: a.String()}
			each(r.Action.Name)
		}
	}
	return found
}

var (
	actionNames = slices.Collect(func(yield func(string) bool) {
		for a := range policy.AllActions() {
			if !yield(a.String()) {
				return
			}
		}
	})
	kinds = []string{"document", "company", "user", "connection", "office"}
	junk  = []any{nil, true, "", "no such thing", json.Number("7"), []any{}, []any{nil}, map[string]any{"x": "y"}}
)

// likely draws a search that probably finds something.
func likely(t *rapid.T, d drawn) (path string, r authzen.Request) {
	path = rapid.SampledFrom(searches).Draw(t, "path")
	r.Subject.Type, r.Subject.ID = "user", rapid.SampledFrom(append(slices.Clone(d.ids[policy.User]), "rosa", "rosa")).Draw(t, "user")
	question := rapid.SampledFrom(append(slices.Clone(allowedQuestions), "document.view", "document.view", "document.tag", "company.view", "user.view")).Draw(t, "question")
	name := question
	if fields := strings.Split(question, " "); len(fields) > 1 {
		name = fields[1]
	}
	a, _ := policy.ParseAction(name) // it is one
	r.Action.Name, r.Resource.Type = name, a.On().String()
	r.Resource.ID = rapid.SampledFrom(append(slices.Clone(d.ids[a.On()]), "inv-1")).Draw(t, "resource")
	if a.On() == policy.Document && rapid.Bool().Draw(t, "carries") {
		r.Resource.Properties = map[string]any{"company": "bakery", "delivered_by": "carla", "stage": "tagging", "ever_assigned": false}
	}
	return path, r
}

// searched draws a search: mostly of what there is, and sometimes of what there is not.
func searched(t *rapid.T, d drawn) (path string, r authzen.Request) {
	if rapid.Bool().Draw(t, "likely") {
		return likely(t, d)
	}
	oddly := func(known []string, odd ...string) string {
		if len(known) == 0 || rapid.IntRange(0, 9).Draw(t, "odd") == 0 {
			return rapid.SampledFrom(append(odd, "", "*")).Draw(t, "unknown")
		}
		return rapid.SampledFrom(known).Draw(t, "known")
	}
	r.Action.Name = oddly(actionNames, "document.fly", "Document.view")
	kind, _, _ := strings.Cut(r.Action.Name, ".")
	if a, err := policy.ParseAction(r.Action.Name); err == nil {
		kind = a.On().String()
	}
	r.Subject = authzen.Entity{Type: oddly([]string{"user"}, "robot", "User"), ID: oddly(d.ids[policy.User], "nobody", "Rosa")}
	r.Resource.Type = oddly([]string{kind}, append(kinds, "folder")...)
	known, _ := policy.ParseResourceType(r.Resource.Type)
	r.Resource.ID = oddly(d.ids[known], "none", "Exact")
	r.Action.Properties = given(t, r.Action.Name)
	if rapid.IntRange(0, 3).Draw(t, "carries") == 0 {
		r.Resource.Properties = carriedParts(t)
	}
	if rapid.IntRange(0, 3).Draw(t, "at a time") == 0 {
		r.Context = map[string]any{"time": rapid.SampledFrom([]any{"2025-11-22T09:00:00Z", "2027-01-01T00:00:00Z", "noon", nil}).Draw(t, "time")}
	}
	return rapid.SampledFrom(searches).Draw(t, "path"), r
}

// given draws properties of an action: none, good ones, and some that cannot be read.
func given(t *rapid.T, action string) map[string]any {
	var good []map[string]any
	for _, question := range allowedQuestions {
		if fields := strings.SplitN(question, " ", 4); fields[1] == action && len(fields) == 4 {
			var p map[string]any
			if err := json.Unmarshal([]byte(fields[3]), &p); err != nil {
				t.Fatal(err)
			}
			good = append(good, p)
		}
	}
	if len(good) == 0 || rapid.Bool().Draw(t, "bare") {
		return rapid.SampledFrom([]map[string]any{nil, {}, {"unheard_of": "x"}}).Draw(t, "nothing")
	}
	p := map[string]any{}
	from := rapid.SampledFrom(good).Draw(t, "properties")
	for _, key := range slices.Sorted(maps.Keys(from)) {
		switch rapid.IntRange(0, 5).Draw(t, "property") {
		case 0:
			p[key] = rapid.SampledFrom(junk).Draw(t, "junk")
		case 1, 2, 3:
			p[key] = from[key]
		}
	}
	return p
}

func carriedParts(t *rapid.T) map[string]any {
	p := map[string]any{}
	for _, part := range []struct {
		key    string
		values []any
	}{
		{"company", []any{"bakery", "salon", "", json.Number("7")}},
		{"stage", []any{"tagging", "authorisation", "booking", "Booking"}},
		{"delivered_by", []any{"carla", "dirk", "anyone"}},
		{"ever_assigned", []any{true, false, "no"}},
		{"route", []any{[]any{map[string]any{"authoriser": "anna", "outcome": "pending"}}, []any{}, "none"}},
	} {
		if rapid.Bool().Draw(t, part.key) {
			p[part.key] = rapid.SampledFrom(part.values).Draw(t, "value")
		}
	}
	return p
}

// withPage is a request with a page.
func withPage(r authzen.Request, page string) string {
	return strings.Replace(whole(r), "{", `{"page":`+page+`,`, 1)
}

// A search finds what asking one by one finds, whatever is asked and given, at the moment
// that counts.
func TestASearchFindsWhatAskingEachFinds(t *testing.T) {
	found := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		h := serving(d.Source)
		h.AllowContextTime = rapid.Bool().Draw(t, "context's time")
		for range 30 {
			path, r := searched(t, d)
			got := answeredIn(t, h, path, whole(r))
			timed := r
			if !h.AllowContextTime {
				timed.Context = nil
			}
			if want := d.asking(path, timed); !slices.Equal(got.names(), want) || got.Page != nil {
				t.Fatalf("%s %s: got %q, asking each finds %q", path, whole(r), got.names(), want)
			}
			found[path] += len(got.Results)
			found[r.Resource.Type] += len(got.Results)
		}
	})
	for _, some := range append(searches, kinds...) {
		if found[some] < 20 {
			t.Errorf("of %s, %d were found, which shows little", some, found[some])
		}
	}
}

// answeredIn is answered in a test of properties.
func answeredIn(t *rapid.T, h http.Handler, path, body string) (r reply) {
	w := exchanged(h, path, body)
	if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%s %s: %d %s, %v", path, body, w.Code, w.Body, err)
	}
	return r
}

// paging asks page after page, each with the limit or without it, until the last.
func paging(t *rapid.T, h http.Handler, path string, r authzen.Request, limit int, between func()) (names []string) {
	page := `{"limit":` + strconv.Itoa(limit) + `}`
	for range 100 {
		got := answeredIn(t, h, path, withPage(r, page))
		if got.Page == nil || got.Page.NextToken == nil || got.Page.Count != len(got.Results) || len(got.Results) > limit {
			t.Fatalf("%s %s: %+v", path, withPage(r, page), got)
		}
		names = append(names, got.names()...)
		if *got.Page.NextToken == "" {
			return names
		}
		if len(got.Results) < limit {
			t.Fatalf("%s %s: %+v, and more to come", path, withPage(r, page), got)
		}
		page = `{"token":"` + *got.Page.NextToken + `"}`
		if rapid.Bool().Draw(t, "limit again") {
			page = `{"limit":` + strconv.Itoa(limit) + `,"token":"` + *got.Page.NextToken + `"}`
		}
		between()
	}
	t.Fatalf("%s: there is no end to the pages of %d", path, limit)
	return nil
}

func TestPagesTogetherAreTheWhole(t *testing.T) {
	long := 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		for range 10 {
			path, r := searched(t, d)
			limit := rapid.IntRange(1, 8).Draw(t, "limit")
			pages := 1
			got := paging(t, serving(d.Source), path, r, limit, func() { pages++ })
			r.Context = nil
			if want := d.asking(path, r); !slices.Equal(got, want) && len(got)+len(want) > 0 {
				t.Fatalf("%s %s, %d a page: got %q, all there is %q", path, whole(r), limit, got, want)
			}
			if pages > 2 {
				long++
			}
		}
	})
	if long < 10 {
		t.Errorf("%d searches had more than two pages, which shows little", long)
	}
}

// Between two pages the office becomes another. What both have is found once; what only
// one has is found once or not at all; the order stays.
func TestPagesOfAnOfficeThatChangesLoseNothingThatStays(t *testing.T) {
	stayed, went := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		before, after := draw(t), draw(t)
		for range 10 {
			path, r := searched(t, before)
			r.Context = nil
			h, limit := serving(before.Source), rapid.IntRange(1, 4).Draw(t, "limit")
			current := before
			h.Current = func() authzen.Source { return current.Source }
			got := paging(t, h, path, r, limit, func() {
				if rapid.Bool().Draw(t, "changes now") {
					current = after
				}
			})
			was, is := before.asking(path, r), after.asking(path, r)
			order := slices.Sorted(maps.Keys(setOf(append(slices.Clone(was), is...))))
			if path == actionPath {
				order = actionNames
			}
			last := -1
			for _, name := range got {
				at := slices.Index(order, name)
				if at <= last {
					t.Fatalf("%s: %q in %q, of %q, then %q", path, name, got, was, is)
				}
				last = at
			}
			for _, name := range was {
				if !slices.Contains(is, name) {
					went++
				} else if stayed++; !slices.Contains(got, name) {
					t.Fatalf("%s: lost %q: got %q, of %q, then %q", path, name, got, was, is)
				}
			}
		}
	})
	if stayed < 20 || went < 20 {
		t.Errorf("%d stayed and %d went, which shows little", stayed, went)
	}
}

func setOf(names []string) map[string]bool {
	set := map[string]bool{}
	for _, name := range names {
		set[name] = true
	}
	return set
}

// A page of nothing begins where the next one does.
func TestAPageOfNoneHasATokenWhereThereIsAny(t *testing.T) {
	h := serving(listed(t))
	for _, path := range searches {
		r := answered(t, h, path, paged(path, `{"limit":0}`))
		if len(r.Results) != 0 || r.Page.Count != 0 || *r.Page.NextToken == "" {
			t.Errorf("%s: %+v", path, r)
		}
		again := answered(t, h, path, paged(path, `{"token":"`+*r.Page.NextToken+`"}`))
		if !cmp.Equal(again, r) {
			t.Errorf("%s: %+v, and then %+v", path, r, again)
		}
		nothing := strings.NewReplacer(`"carla"`, `"nobody"`, `"inv-1"`, `"none"`).Replace(paged(path, `{"limit":0}`))
		if r := answered(t, h, path, nothing); len(r.Results) != 0 || *r.Page.NextToken != "" {
			t.Errorf("%s of nothing: %+v", path, r)
		}
	}
}

// A page that cannot be read is refused, and never taken for none.
func TestAPageIsReadStrictly(t *testing.T) {
	h := serving(listed(t))
	for _, path := range searches {
		for _, page := range []string{
			`7`, `"x"`, `[]`, `true`, `{"limit":-1}`, `{"limit":1.0}`, `{"limit":1e1}`, `{"limit":"1"}`, `{"limit":null}`,
			`{"limit":9007199254740992}`, `{"limit":99999999999999999999}`, `{"token":null}`, `{"token":""}`, `{"token":7}`,
		} {
			refused(t, h, http.StatusBadRequest, path, paged(path, page))
		}
		if got := answered(t, h, path, paged(path, `null`)); got.Page != nil || len(got.Results) == 0 {
			t.Errorf("%s with null: %+v", path, got)
		}
		if got := answered(t, h, path, paged(path, `{"limit":9007199254740991}`)); *got.Page.NextToken != "" || len(got.Results) == 0 {
			t.Errorf("%s with the largest limit: %+v", path, got)
		}
	}
}

// first is the token of the second page of a search.
func first(t testing.TB, h http.Handler, path string) string {
	t.Helper()
	token := *answered(t, h, path, paged(path, `{"limit":0}`)).Page.NextToken
	if len(token) < 20 {
		t.Fatalf("%s: the token %q", path, token)
	}
	return token
}

// A token is taken as it was given out, for the search that it was given out for, or not
// at all. One that names another element, which anybody can make, tells nothing that the
// search without it would not.
func TestAForgedTokenIsRefusedOrTellsNothingMore(t *testing.T) {
	h := serving(listed(t))
	for _, path := range searches {
		token := first(t, h, path)
		forged := []string{"x", token + "=", token + "\n", " " + token, strings.ToUpper(token), token[:len(token)-1] + "\u0000"}
		for i := range token {
			forged = append(forged, token[:i])
			for _, c := range []string{"A", "B", "_", "+", "/", "é", "="} {
				if token[i:i+1] != c {
					forged = append(forged, token[:i]+c+token[i+1:])
				}
			}
		}
		for _, other := range searches {
			if other != path {
				forged = append(forged, first(t, h, other))
			}
		}
		everything := answered(t, h, path, wholeRequests[path]).names()
		for _, f := range forged {
			text, err := json.Marshal(f)
			if err != nil {
				t.Fatal(err)
			}
			w := exchanged(h, path, paged(path, `{"token":`+string(text)+`}`))
			if w.Code == http.StatusBadRequest {
				continue
			}
			// It begins with the limit, which may have become another.
			var got reply
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK || !isLimit(f, token) || got.Page == nil {
				t.Fatalf("%s %s: %d %s", path, f, w.Code, w.Body)
			}
			if more := got.names(); !slices.Equal(more, everything[:len(more)]) {
				t.Fatalf("%s %s: %q, of %q", path, f, more, everything)
			}
		}
	}
}

// isLimit says whether two tokens differ in the limit alone.
func isLimit(forged, token string) bool {
	a, _ := base64.RawURLEncoding.DecodeString(forged)
	b, _ := base64.RawURLEncoding.DecodeString(token)
	return len(a) == len(b) && slices.Equal(a[1:], b[1:])
}

// A token with a made-up last element is no more than a question about what comes after.
func TestAMadeUpElementIsAPlaceInTheOrder(t *testing.T) {
	h := serving(listed(t))
	for _, path := range searches {
		bytes, err := base64.RawURLEncoding.DecodeString(first(t, h, path))
		if err != nil {
			t.Fatal(err)
		}
		bytes[0] = 100 // a page
		everything := answered(t, h, path, wholeRequests[path]).names()
		for _, after := range []string{"", "a", "carla", "inv-1", "inv-11", "zzz", "\x00", "\xff", "document.view", "document.zzz"} {
			token := base64.RawURLEncoding.EncodeToString(append(slices.Clone(bytes), after...))
			body := paged(path, `{"token":"`+token+`"}`)
			at := slices.Index(actionNames, after)
			if path == actionPath && at < 0 && after != "" {
				refused(t, h, http.StatusBadRequest, path, body)
				continue
			}
			want := []string{}
			for _, name := range everything {
				if path == actionPath && slices.Index(actionNames, name) > at || path != actionPath && name > after {
					want = append(want, name)
				}
			}
			if got := answered(t, h, path, body).names(); !slices.Equal(got, want) {
				t.Errorf("%s after %q: got %q, want %q", path, after, got, want)
			}
		}
	}
}

// What an action takes is told, so that a search that takes it as supplied misleads
// nobody. Of oneself an old password is needed, and of others not.
func TestASearchTellsWhatActionsTake(t *testing.T) {
	h := serving(listed(t))
	for _, c := range []struct{ path, body, want string }{
		{actionPath, `{"subject":{"type":"user","id":"anna"},"resource":{"type":"document","id":"inv-3"}}`, `{"document.reject":{"needed":["comment"],"optional":[]}}`},
		{actionPath, `{"subject":{"type":"user","id":"carla"},"resource":{"type":"user","id":"carla"}}`, `{"user.change_password":{"needed":["old_password_verified"],"optional":[]},"user.change_email":{"needed":["old_password_verified"],"optional":[]}}`},
		{actionPath, `{"subject":{"type":"user","id":"nobody"},"resource":{"type":"user","id":"carla"}}`, ``},
		{subjectPath, `{"subject":{"type":"user"},"action":{"name":"user.change_email"},"resource":{"type":"user","id":"carla"}}`, `{"user.change_email":{"needed":[],"optional":["old_password_verified"]}}`},
		{resourcePath, `{"subject":{"type":"user","id":"carla"},"action":{"name":"document.assign"},"resource":{"type":"document"}}`, `{"document.assign":{"needed":["authorisers"],"optional":[]}}`},
		{resourcePath, wholeRequests[resourcePath], ``},
	} {
		if got := string(answered(t, h, c.path, c.body).Context["takes"]); got != c.want {
			t.Errorf("%s %s: got %s, want %s", c.path, c.body, got, c.want)
		}
	}
}
