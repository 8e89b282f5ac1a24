package authzen_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"slices"
	"strings"
	gosync "sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/policy"
)

var hostileRequests = flag.Int("hostile.requests", 100_000, "how many random requests a Handler is sent")

// besieged is a handler with small limits, and the same office to ask directly.
type besieged struct {
	drawn
	handler  authzen.Handler
	statuses map[int]int
	allowed  map[string]int // what was allowed or found, by path
}

func besiege(t testing.TB) *besieged {
	t.Helper()
	s := listed(t)
	b := &besieged{drawn{s, map[policy.ResourceType][]string{
		policy.Document: texts(known), policy.Company: {"bakery"}, policy.Connection: {"exact"}, policy.Office: {"devries"},
		policy.User: {"ada", "anna", "bram", "carla", "dirk", "rosa"},
	}}, serving(s), map[int]int{}, map[string]int{}}
	b.handler.MaxBody, b.handler.MaxBatch = 1<<14, 20
	return b
}

func texts[T ~string](ids []T) (list []string) {
	for _, id := range ids {
		list = append(list, string(id))
	}
	return list
}

// endure holds that a request, whatever it is, is answered with an object, and that what
// is allowed in it is what the request asks, read again by other means, and allowed by
// the snapshot.
func (b *besieged) endure(t testing.TB, r *http.Request, body []byte) {
	t.Helper()
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	b.statuses[w.Code]++
	said := w.Body.Bytes()
	var got reply
	switch {
	case r.Method == http.MethodHead:
		if len(said) != 0 {
			t.Fatalf("HEAD is answered with %s", said)
		}
		return
	case len(said) == 0 || said[0] != '{' || json.Unmarshal(said, &got) != nil:
		t.Fatalf("%s %s %q: %d %q is no object", r.Method, r.URL, body, w.Code, said)
	case w.Code == http.StatusOK:
		b.holds(t, r, body, got)
		return
	case !slices.Contains([]int{400, 404, 405, 413, 415}, w.Code):
		t.Fatalf("%s %s %q: %d %s", r.Method, r.URL, body, w.Code, said)
	}
	if got.Error == nil || got.Error.Status != w.Code || got.Decision != nil || got.Evaluations != nil || got.Results != nil {
		t.Fatalf("%s %s %q: %d %s", r.Method, r.URL, body, w.Code, said)
	}
}

// holds sets an answer against the office.
func (b *besieged) holds(t testing.TB, r *http.Request, body []byte, got reply) {
	t.Helper()
	path := r.URL.Path
	if path == metadataPath {
		if r.Method != http.MethodGet || got.Decision != nil || got.Evaluations != nil || got.Results != nil {
			t.Fatalf("%s %s: %+v", r.Method, r.URL, got)
		}
		return
	}
	root := readAnew(body)
	if r.Method != http.MethodPost || !slices.Contains(posts, path) || root == nil {
		t.Fatalf("%s %s %q is answered with %+v", r.Method, r.URL, body, got)
	}
	switch {
	case slices.Contains(searches, path):
		b.holdsSearch(t, path, body, root, got)
	case got.Evaluations != nil:
		items, _ := root["evaluations"].([]any)
		if path != evaluationsPath || len(got.Evaluations) > len(items) || got.Decision != nil {
			t.Fatalf("%s %s: %+v", path, body, got)
		}
		for i, one := range got.Evaluations {
			item, isObject := items[i].(object)
			if one.allowed() && (!isObject || !b.allows(filled(root, item))) {
				t.Fatalf("%s: %d is allowed", body, i)
			} else if one.allowed() {
				b.allowed[path]++
			}
		}
	case got.allowed() && !b.allows(root):
		t.Fatalf("%s %s is allowed", path, body)
	case got.allowed():
		b.allowed[path]++
	}
}

// readAnew is the object that a body is to another reader; nil where it is none.
func readAnew(body []byte) (root object) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if !utf8.Valid(body) || !json.Valid(body) || d.Decode(&root) != nil {
		return nil
	}
	return root
}

// allows asks the snapshot about a request that is read anew.
func (b *besieged) allows(o object) bool {
	r, err := authzen.Parse([]byte(written(o)))
	r.Context = nil // the caller's time does not count
	return err == nil && b.Snapshot.Check(b.Request(r, now)).Allowed()
}

func (b *besieged) holdsSearch(t testing.TB, path string, body []byte, root object, got reply) {
	t.Helper()
	if got.Decision != nil || got.Evaluations != nil || got.Results == nil {
		t.Fatalf("%s %s: %+v", path, body, got)
	}
	request := fromMap(root)
	request.Context = nil
	all := b.asking(path, request)
	for _, name := range got.names() {
		if !slices.Contains(all, name) {
			t.Fatalf("%s %s: found %q, of %q", path, body, name, all)
		}
		b.allowed[path]++
	}
	if root["page"] == nil && len(all) != len(got.Results) {
		t.Fatalf("%s %s: found %+v, of %q", path, body, got, all)
	}
}

// chaos makes requests out of good ones and out of nothing.
type chaos struct {
	*rand.Rand
	bodies []string
}

func newChaos(t testing.TB, seed uint64) chaos {
	t.Helper()
	c := chaos{Rand: rand.New(rand.NewPCG(seed, 0))} //nolint:gosec // to be drawn again
	for _, question := range allowedQuestions {
		c.bodies = append(c.bodies, printed(ask(t, question)))
	}
	for _, path := range posts {
		c.bodies = append(c.bodies, wholeRequests[path])
	}
	for _, path := range searches {
		c.bodies = append(c.bodies, paged(path, `{"limit":1}`), paged(path, `{"limit":2,"token":"`+first(t, serving(listed(t)), path)+`"}`))
	}
	for _, name := range hostile(t) {
		c.bodies = append(c.bodies, string(content(t, name)))
	}
	c.bodies = append(c.bodies, batchOf(20), batchOf(21), batchOf(0), lists(authzen.MaxDepth), lists(authzen.MaxDepth+1), lists(5_000), objects(40), padded(1<<14), padded(1<<14+1))
	return c
}

func one[T any](c chaos, of ...T) T { return of[c.IntN(len(of))] }

func (c chaos) octet() byte { return byte(c.Uint32() & 0xff) }

var tokens = []string{
	`{`, `}`, `[`, `]`, `,`, `:`, `"`, `null`, `true`, `{}`, `[]`, `1e999`, `-0`, `"\ud800"`, `\`, "\x00", "\xff", `"subject":`, `"evaluations":[{}],`,
	`"evaluations":null,`, `"options":{"evaluations_semantic":"permit_on_first_permit"},`, `"page":{"limit":0},`, `"type":"user"`, `"id":"rosa"`,
	`{"type":"user","id":"rosa"}`, `"context":{"time":"2020-01-01T00:00:00Z"},`, `"decision":true,`, "rosa", "anna", "inv-3", "document.view", "*",
}

// body is mostly a good request, spoilt.
func (c chaos) body() []byte {
	if c.IntN(8) == 0 {
		return c.rubbish()
	}
	b := []byte(one(c, c.bodies...))
	if c.IntN(4) == 0 { // a batch of requests
		b = []byte(`{"evaluations":[` + one(c, c.bodies[:20]...) + `,` + one(c, c.bodies[:20]...) + `,` + one(c, c.bodies...) + `]}`)
	}
	for range c.IntN(4) {
		at := c.IntN(len(b) + 1)
		to := min(at+c.IntN(12), len(b))
		switch c.IntN(5) {
		case 0:
			b = slices.Concat(b[:at], []byte(one(c, tokens...)), b[at:])
		case 1:
			b = slices.Concat(b[:at], b[to:])
		case 2:
			b = slices.Concat(b[:to], b[at:])
		case 3:
			b = slices.Concat(b[:at], []byte{c.octet()}, b[min(at+1, len(b)):])
		case 4:
			b = bytes.Replace(b, []byte(one(c, "carla", "anna", "inv-1", "document.tag", "user", "document")), []byte(one(c, tokens[21:]...)), 1)
		}
	}
	return b
}

// rubbish is tokens in any order, or any bytes.
func (c chaos) rubbish() (b []byte) {
	if c.IntN(2) == 0 {
		for range c.IntN(30) {
			b = append(b, one(c, tokens...)...)
		}
		return b
	}
	b = make([]byte, c.IntN(200))
	for i := range b {
		b[i] = c.octet()
	}
	return b
}

// path is mostly one that leads somewhere.
func (c chaos) path() string {
	path := one(c, posts...)
	switch c.IntN(24) {
	case 0:
		return one(c, "", "/", "*", "//", "/access", "/access/v1", "/access/v1/search", "/metrics", "/%2e%2e/x", "/\x00", "\xff")
	case 1:
		return one(c, metadataPath, metadataPath+"/x", metadataPath+"/")
	case 2:
		return one(c, path+"/", "/"+path, "/."+path, "/x/.."+path, strings.ToUpper(path), path+"%00", path+";x", strings.Replace(path, "e", "%65", 1), path+"?x=1", path+"#x")
	}
	return path
}

func (c chaos) header() http.Header {
	h := http.Header{"Content-Type": {"application/json"}}
	switch c.IntN(16) {
	case 0:
		h["Content-Type"] = one(c, nil, []string{""}, []string{"text/plain"}, []string{"application/json", "application/json"},
			[]string{"application/json; charset=utf-16"}, []string{"application/json; charset"}, []string{"Application/JSON;charset=UTF-8"}, []string{"\x00;;"})
	case 1:
		h["Content-Encoding"] = one(c, []string{"gzip"}, []string{"identity"}, []string{""}, []string{"identity", "gzip"})
	case 2:
		h.Set("X-Request-ID", one(c, "x", "", "\r\nx: y", "\x7f", strings.Repeat("y", 300), "\xff", "é"))
	case 3:
		h.Set(one(c, "X-HTTP-Method-Override", "Authorization", "X-Forwarded-Host", "X-Original-URL", "Accept"), one(c, "GET", evaluationPath, "*", "\x00"))
	}
	return h
}

// reader gives a body whole, in drops, or not to its end.
func (c chaos) reader(body []byte) io.Reader {
	r := bytes.NewReader(body)
	switch c.IntN(16) {
	case 0:
		return iotest.OneByteReader(r)
	case 1:
		return io.MultiReader(io.LimitReader(r, int64(len(body)/2)), iotest.ErrReader(io.ErrUnexpectedEOF))
	case 2:
		return iotest.DataErrReader(r)
	case 3:
		return io.MultiReader(r, iotest.ErrReader(errors.New("reset")))
	}
	return r
}

func (c chaos) request(body []byte) *http.Request {
	path := c.path()
	u, err := url.Parse(path)
	if err != nil {
		u = &url.URL{Path: path}
	}
	r := &http.Request{
		Method: http.MethodPost, URL: u, Header: c.header(), Host: one(c, "pdp.example.com", "evil.example", ""), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Body: io.NopCloser(c.reader(body)), ContentLength: one(c, int64(len(body)), -1, -1, 0, 1, 1<<14, 1<<40),
	}
	if c.IntN(2) == 0 {
		r.ContentLength = int64(len(body))
	}
	if c.IntN(12) == 0 || path == metadataPath {
		r.Method = one(c, "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "post", "", "P\x00")
	}
	if c.IntN(100) == 0 {
		r.Body = nil
	}
	return r
}

// A hundred thousand random requests: none makes the handler panic, none is allowed what
// the office does not allow, and nothing of them is left behind.
func TestAHundredThousandHostileRequests(t *testing.T) {
	b, c := besiege(t), newChaos(t, 1)
	send := func(n int) {
		for range n {
			body := c.body()
			b.endure(t, c.request(body), body)
		}
	}
	send(*hostileRequests / 10)
	heap, goroutines := held()
	send(*hostileRequests * 9 / 10)
	if h, g := held(); h > heap+8<<20 || g > goroutines+8 {
		t.Errorf("%d bytes and %d goroutines are held, and were %d and %d", h, g, heap, goroutines)
	}
	for _, status := range []int{200, 400, 404, 405, 413, 415} {
		if b.statuses[status] < *hostileRequests/1_000 {
			t.Errorf("status %d was met %d times, which shows little", status, b.statuses[status])
		}
	}
	for _, path := range posts {
		if b.allowed[path] < *hostileRequests/1_000 {
			t.Errorf("%s allowed or found %d times, which shows little", path, b.allowed[path])
		}
	}
	t.Logf("statuses %v, allowed or found %v", b.statuses, b.allowed)
}

// held is what is in use when all that can be given back is.
func held() (heap uint64, goroutines int) {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc, runtime.NumGoroutine()
}

// FuzzHandler holds the same of any request.
func FuzzHandler(f *testing.F) {
	b, c := besiege(f), newChaos(f, 2)
	for _, body := range c.bodies {
		f.Add("POST", one(c, posts...), "application/json", "x", []byte(body))
	}
	f.Add("GET", metadataPath, "", "", []byte(nil))
	f.Fuzz(func(t *testing.T, method, path, contentType, id string, body []byte) {
		r := &http.Request{
			Method: method, URL: &url.URL{Path: path}, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)),
			Header: http.Header{"Content-Type": {contentType}, "X-Request-Id": {id}},
		}
		b.endure(t, r, body)
	})
}

// Depth is refused at each endpoint, and as many bytes as there may be are read.
func TestDepthAndSizeOfABodyHaveTheirLimits(t *testing.T) {
	h := serving(listed(t))
	for path, request := range wholeRequests {
		deep := func(depth int) string {
			return `{"z":` + strings.Repeat("[", depth-1) + strings.Repeat("]", depth-1) + "," + request[1:]
		}
		answered(t, h, path, deep(authzen.MaxDepth))
		refused(t, h, http.StatusBadRequest, path, deep(authzen.MaxDepth+1))
		refused(t, h, http.StatusBadRequest, path, deep(2_000_000))
		small := h
		small.MaxBody = 1_000
		whole := request + strings.Repeat(" ", 1_000-len(request))
		for _, length := range []int64{1_000, -1, 7} { // whatever is said of its length
			said := func(r *http.Request) { r.ContentLength = length }
			answered(t, small, path, whole, said)
			refused(t, small, http.StatusRequestEntityTooLarge, path, whole+" ", said)
		}
		refused(t, small, http.StatusRequestEntityTooLarge, path, request, func(r *http.Request) { r.ContentLength = 1_001 })
	}
	whole := good + strings.Repeat(" ", authzen.DefaultMaxBody-len(good))
	answered(t, h, evaluationPath, whole)
	refused(t, h, http.StatusRequestEntityTooLarge, evaluationPath, whole+" ")
}

// endless is a body that never ends.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	e.read += int64(len(p))
	return len(p), nil
}

func TestABodyIsReadNoFurtherThanItsLimit(t *testing.T) {
	h := serving(listed(t))
	for _, path := range posts {
		var body endless
		refused(t, h, http.StatusRequestEntityTooLarge, path, good, func(r *http.Request) { r.Body, r.ContentLength = io.NopCloser(&body), -1 })
		if body.read > authzen.DefaultMaxBody+1 {
			t.Errorf("%s: %d bytes were read", path, body.read)
		}
		said := endless{}
		refused(t, h, http.StatusRequestEntityTooLarge, path, good, func(r *http.Request) { r.Body, r.ContentLength = io.NopCloser(&said), 1<<40 })
		refused(t, h, http.StatusNotFound, path+"/", good, func(r *http.Request) { r.Body = io.NopCloser(&said) })
		if said.read != 0 {
			t.Errorf("%s: %d bytes were read in vain", path, said.read)
		}
	}
}

// A body that breaks off is no request, not even where what came of it is one.
func TestABodyThatBreaksOffIsRefused(t *testing.T) {
	h := serving(listed(t))
	for path, request := range wholeRequests {
		for _, n := range []int{0, 1, len(request) / 2, len(request)} {
			refused(t, h, http.StatusBadRequest, path, "", func(r *http.Request) {
				r.Body = io.NopCloser(io.MultiReader(strings.NewReader(request[:n]), iotest.ErrReader(io.ErrUnexpectedEOF)))
			})
		}
		answered(t, h, path, "", func(r *http.Request) { r.Body = io.NopCloser(iotest.OneByteReader(strings.NewReader(request))) })
	}
}

// While the office is exchanged for another and back, each answer is what the version
// that it names decides.
func TestReloadsUnderLoadMixNothing(t *testing.T) {
	var versions []*authzen.Source
	for i := range 4 {
		s := rapid.Custom(draw).Example(i).Source
		s.Version = string(rune('a' + i))
		versions = append(versions, &s)
	}
	var current atomic.Pointer[authzen.Source]
	current.Store(versions[0])
	h := serving(*versions[0])
	h.Current = func() authzen.Source { return *current.Load() }
	requests := changing()
	want, differ := map[string]map[posted]string{}, map[string]bool{}
	for _, s := range versions {
		want[s.Version] = map[posted]string{}
		for _, r := range requests {
			answer := exchanged(serving(*s), r.path, r.body).Body.String()
			want[s.Version][r] = answer
			differ[r.path] = differ[r.path] || answer != want["a"][r]
		}
	}
	for _, path := range posts {
		if !differ[path] {
			t.Errorf("%s is answered the same in every version, which shows nothing", path)
		}
	}
	var group gosync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			for i := range 60 * len(requests) {
				if i%3 == 0 {
					current.Store(versions[(i+g)/3%len(versions)])
				}
				r := requests[(i+g)%len(requests)]
				w := exchanged(h, r.path, r.body)
				if version := w.Header().Get(authzen.VersionHeader); w.Code != http.StatusOK || w.Body.String() != want[version][r] {
					t.Errorf("%s %s: %d %s, and %q decides %s", r.path, r.body, w.Code, w.Body, version, want[version][r])
				}
			}
		})
	}
	group.Wait()
}

// posted is a request that is good.
type posted struct{ path, body string }

// changing are requests that offices answer differently.
func changing() (requests []posted) {
	add := func(path, body string) { requests = append(requests, posted{path, body}) }
	var batch []string
	for _, id := range people {
		one := `{"subject":{"type":"user","id":"rosa"},"action":{"name":"user.view"},"resource":{"type":"user","id":"` + string(id) + `"}}`
		add(evaluationPath, one)
		add(actionPath, one)
		batch = append(batch, one)
	}
	items := strings.Join(batch, ",")
	add(evaluationsPath, `{"evaluations":[`+strings.Repeat(items+",", 20)+items+`]}`)
	add(subjectPath, `{"subject":{"type":"user"},"action":{"name":"user.view"},"resource":{"type":"user","id":"rosa"}}`)
	add(resourcePath, `{"subject":{"type":"user","id":"rosa"},"action":{"name":"user.view"},"resource":{"type":"user"}}`)
	return requests
}
