package decisionlog_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/decisionlog"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile/policytest"
	"github.com/mandaat/mandaat/policy"
)

// secret is what people write: of no line may it be part.
const secret = "Jan's words"

// drawn is an office, as the service has it.
func drawn(o policytest.Office) authzen.Source {
	return authzen.Source{
		Snapshot: o.Snapshot(), Reader: policy.Reader{Audience: policy.Staff}, Version: "sha256:drawn",
		Documents: func(id documents.ID) (*documents.Document, bool) {
			i := slices.IndexFunc(o.Documents, func(d documents.Document) bool { return d.ID() == id })
			if i < 0 {
				return nil, false
			}
			return &o.Documents[i], true
		},
	}
}

// requestOf is a drawn question as somebody would send it.
func requestOf(q policytest.Question) authzen.Request {
	r := authzen.Request{
		Subject:  authzen.Entity{Type: "user", ID: string(q.Subject), Properties: map[string]any{"name": secret}},
		Action:   authzen.Action{Name: q.Action.String(), Properties: propertiesOf(q.With)},
		Resource: authzen.Entity{Type: q.Resource.Type.String(), ID: q.Resource.ID},
		Context:  map[string]any{"why": secret},
	}
	if d := q.Resource.Document; d != nil {
		r.Resource.ID, r.Resource.Properties = string(d.ID()), documentOf(d.Parts())
	}
	return r
}

func listOf[T ~string](list []T) []any {
	texts := make([]any, len(list))
	for i, v := range list {
		texts[i] = string(v)
	}
	return texts
}

func propertiesOf(w *policy.With) map[string]any {
	properties := map[string]any{"note": secret}
	if w == nil {
		return properties
	}
	add := func(p policy.Properties, v any, given bool) {
		if given {
			properties[p.String()] = v
		}
	}
	add(policy.PropertyAuthorisers, listOf(w.Authorisers), w.Authorisers != nil)
	add(policy.PropertyComment, w.Comment, w.Comment != "")
	var merged []any
	for _, d := range w.Documents {
		merged = append(merged, string(d.ID()))
	}
	add(policy.PropertyWith, merged, merged != nil)
	add(policy.PropertyRole, w.Role.String(), w.Role.Known())
	if set, ok := w.Roles.Get(); ok {
		list := []any{}
		for role := range set.All() {
			list = append(list, role.String())
		}
		add(policy.PropertyRoles, list, true)
	}
	if access, ok := w.Companies.Get(); ok {
		add(policy.PropertyCompanies, listOf(slices.Collect(access.All())), true)
	}
	add(policy.PropertySystem, string(w.System), w.System != "")
	add(policy.PropertyUser, string(w.User), w.User != "")
	add(policy.PropertyUsers, listOf(w.Users), w.Users != nil)
	if end, ok := w.EndDate.Get(); ok && end.IsZero() {
		add(policy.PropertyEndDate, nil, true)
	} else if ok {
		add(policy.PropertyEndDate, end.String(), true)
	}
	verified, ok := w.OldPasswordVerified.Get()
	add(policy.PropertyOldPasswordVerified, verified, ok)
	add(policy.PropertyBillTo, w.BillTo.String(), w.BillTo.Chosen())
	add(policy.PropertyAccountingSystem, string(w.AccountingSystem), w.AccountingSystem != "")
	add(policy.PropertySynchronisationUser, string(w.SynchronisationUser), w.SynchronisationUser != "")
	add(policy.PropertyAccountingUser, string(w.AccountingUser), w.AccountingUser != "")
	for _, u := range w.Unreadable {
		properties[u.Property.String()] = json.Number("7")
	}
	return properties
}

func documentOf(p documents.Parts) map[string]any {
	told := map[string]any{"supplier": secret}
	add := func(key string, v any, given bool) {
		if given {
			told[key] = v
		}
	}
	add("company", string(p.Company), p.Company != "")
	add("delivered_by", string(p.DeliveredBy), p.DeliveredBy != "")
	add("stage", p.Stage.String(), p.Stage != 0)
	add("ever_assigned", p.Assigned == documents.EverAssigned, p.Assigned != 0)
	var steps []any
	for _, s := range p.Route.Steps() {
		one := map[string]any{"authoriser": string(s.Authoriser), "outcome": s.Outcome.String()}
		if s.Comment != "" {
			one["comment"] = s.Comment + secret
		}
		steps = append(steps, one)
	}
	add("route", steps, steps != nil)
	return told
}

// junk draws what stands where something else should, or people's words.
func junk(t *rapid.T) any {
	return rapid.SampledFrom([]any{
		nil, true, false, "", " ", "anna", "\n\u2028\x00\"", json.Number("7"),
		[]any{},
		[]any{"anna", nil, json.Number("1"), []any{"x"}},
		map[string]any{},
		map[string]any{"authoriser": secret},
		[]any{map[string]any{"authoriser": "anna", "outcome": "approved", "comment": secret}},
		[]any{map[string]any{"authoriser": "anna", "comment": json.Number("4")}, "anna"},
	}).Draw(t, "junk")
}

// spoilt puts junk in the place of something, now and then.
func spoilt(t *rapid.T, properties map[string]any) {
	if len(properties) > 0 && rapid.IntRange(0, 3).Draw(t, "spoil") == 0 {
		properties[rapid.SampledFrom(slices.Sorted(maps.Keys(properties))).Draw(t, "spoilt")] = junk(t)
	}
}

// decidedOn is what the service hands to its log.
func decidedOn(s authzen.Source, r authzen.Request, at time.Time) authzen.Decided {
	e := s.Snapshot.Explain(s.Request(r, at))
	d := authzen.Decided{RequestID: "r", Request: r, At: at, Decision: e.Decision, Policy: e.Policy, Version: s.Version}
	for _, n := range e.Near {
		d.Rules = append(d.Rules, n.Rule)
	}
	return d
}

// What was decided, written, read and asked again is decided the same: in every office
// that is drawn, of every question, spoilt ones among them. Nobody's words are kept,
// and the question that was asked is as it was.
func TestWhatWasDecidedIsDecidedAgain(t *testing.T) {
	met := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		o := policytest.Offices().Draw(t, "office")
		s := drawn(o)
		q := policytest.Questions(o).Draw(t, "question")
		r := requestOf(q)
		spoilt(t, r.Action.Properties)
		spoilt(t, r.Resource.Properties)
		before := fmt.Sprintf("%#v", r)
		want := decidedOn(s, r, q.At)
		log, lines := onDisk()
		log.Decided(t.Context(), want)
		if after := fmt.Sprintf("%#v", r); after != before {
			t.Fatalf("the question was %s and is %s", before, after)
		}
		if strings.Contains(lines.String(), "Jan") && !strings.Contains(fmt.Sprint(r), "authoriser:"+secret) {
			t.Fatalf("somebody's words stand in %s", lines)
		}
		got, err := decisionlog.Read(lines.Bytes())
		if err != nil || got.Kind != decisionlog.Decision || got.Cut != nil {
			t.Fatalf("%v, cut %q: %s", err, got.Cut, lines)
		}
		again := decidedOn(s, got.Request, time.Time{})
		again.Request, again.At = want.Request, want.At
		if diff := cmp.Diff(said(want), said(again)); diff != "" {
			t.Fatalf("%s\n(-decided +asked again):\n%s", lines, diff)
		}
		if diff := cmp.Diff(said(want), fromLine(got)); diff != "" {
			t.Fatalf("%s\n(-decided +read):\n%s", lines, diff)
		}
		met[want.Decision.Code().String()]++
	})
	t.Logf("decided: %v", met)
}

// answer is what a decision says.
type answer struct {
	Allowed               bool
	Code, Policy, Version string
	Rules                 []string
}

func said(d authzen.Decided) answer {
	a := answer{d.Decision.Allowed(), "", d.Policy, d.Version, []string{}}
	if !a.Allowed {
		a.Code = d.Decision.Code().String()
	}
	for _, rule := range d.Rules {
		a.Rules = append(a.Rules, rule.String())
	}
	return a
}

func fromLine(r decisionlog.Record) answer {
	return answer{r.Decision, r.Code, r.Policy, r.Version, r.Rules}
}

// Whatever names and ids are made of, a line is one line, reads back as what was asked
// or says that it does not, and cannot be read as another record.
func TestNothingThatIsAskedBreaksTheLog(t *testing.T) {
	text := rapid.OneOf(
		rapid.String(),
		rapid.SampledFrom([]string{
			"a\n{\"msg\":\"decision\",\"decision\":true}", "\x1b[2J", "\u2028", "\xff\xfe", "a\",\"decision\":true,\"x\":\"",
			strings.Repeat("é", 200), strings.Repeat("x", 1<<20), "\x00", "\r\n", "\u202e", "\ud7ff", "<&>",
		}),
	)
	rapid.Check(t, func(t *rapid.T) {
		r := authzen.Request{
			Subject: authzen.Entity{Type: text.Draw(t, "subject type"), ID: text.Draw(t, "subject")},
			Action: authzen.Action{Name: rapid.OneOf(text, rapid.Just("document.assign"), rapid.Just("user.import")).Draw(t, "action"), Properties: map[string]any{
				"authorisers": []any{text.Draw(t, "authoriser")}, "system": text.Draw(t, "system"), text.Draw(t, "key"): "x",
			}},
			Resource: authzen.Entity{Type: "document", ID: text.Draw(t, "resource"), Properties: map[string]any{"company": text.Draw(t, "company")}},
		}
		decided := denied(r)
		decided.RequestID = text.Draw(t, "request id")
		log, lines := onDisk()
		log.Decided(decisionlog.WithCaller(t.Context(), text.Draw(t, "caller")), decided)
		line, more, _ := strings.Cut(lines.String(), "\n")
		if more != "" || len(line) > decisionlog.MaxLine || !utf8.ValidString(line) || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' }) {
			t.Fatalf("not one line of text: %q", lines)
		}
		got, err := decisionlog.Read([]byte(line))
		if err != nil || got.Kind != decisionlog.Decision || got.Decision {
			t.Fatalf("%v: %s", err, line)
		}
		same := cmp.Equal(got.Request.Subject, r.Subject) && got.Request.Action.Name == r.Action.Name && got.Request.Resource.ID == r.Resource.ID
		if !same && got.Cut == nil {
			t.Fatalf("asked %#v, and the line says %#v", r, got.Request)
		}
	})
}

// A list of many that can be kept is; one of too many is not, and the line says so.
func TestALineHasItsLimits(t *testing.T) {
	many := func(n int, text string) []any { return slices.Repeat([]any{text}, n) }
	steps := func(n int) []any {
		return slices.Repeat([]any{map[string]any{"authoriser": "anna", "outcome": "approved", "comment": strings.Repeat("x", 5000)}}, n)
	}
	for name, c := range map[string]struct {
		action   string
		taken    map[string]any
		resource map[string]any
		cut      []string
	}{
		"as many authorisers as one may assign":  {"document.assign", map[string]any{"authorisers": many(policy.MaxNamed, strings.Repeat("a", 128))}, nil, nil},
		"controls, which take six times as much": {"document.assign", map[string]any{"authorisers": many(policy.MaxNamed, strings.Repeat("\x01", 128))}, nil, nil},
		"too many authorisers":                   {"document.assign", map[string]any{"authorisers": many(1e6, "a")}, nil, []string{"action.properties.authorisers"}},
		"ten thousand properties":                {"document.assign", properties(10_000), nil, nil},
		"a long comment":                         {"document.reject", map[string]any{"comment": strings.Repeat("x", 1<<20)}, nil, nil},
		"a long id in a list":                    {"document.assign", map[string]any{"authorisers": many(1, strings.Repeat("x", 300))}, nil, []string{"action.properties.authorisers"}},
		"a long route":                           {"document.view", nil, map[string]any{"route": steps(1000)}, nil},
		"too long a route":                       {"document.view", nil, map[string]any{"route": steps(100_000)}, []string{"resource.properties.route"}},
		"a number of many digits":                {"document.assign", map[string]any{"authorisers": json.Number(strings.Repeat("7", 1<<20))}, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			log, lines := onDisk()
			log.Decided(t.Context(), denied(authzen.Request{
				Subject: authzen.Entity{Type: "user", ID: "anna"}, Action: authzen.Action{Name: c.action, Properties: c.taken},
				Resource: authzen.Entity{Type: "document", ID: "inv-1", Properties: c.resource},
			}))
			got, err := decisionlog.Read(lines.Bytes())
			if err != nil || !slices.Equal(got.Cut, c.cut) || lines.Len() > decisionlog.MaxLine {
				t.Errorf("%v, cut %q, want %q, %d bytes", err, got.Cut, c.cut, lines.Len())
			}
		})
	}
}

func properties(n int) map[string]any {
	many := make(map[string]any, n)
	for i := range n {
		many[fmt.Sprint("property-", i)] = "x"
	}
	return many
}

// A member of a line decides, or names what decided: taken away, given another value
// or of another kind it makes the line unreadable, or another record.
func TestEveryMemberCounts(t *testing.T) {
	log, lines := onDisk()
	decided := denied(rejection())
	log.Decided(decisionlog.WithCaller(t.Context(), "portal"), decided)
	want, err := decisionlog.Read(lines.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var whole map[string]any
	if err := json.Unmarshal(lines.Bytes(), &whole); err != nil {
		t.Fatal(err)
	}
	for key, value := range whole {
		if key == "level" {
			continue
		}
		for _, other := range []any{nil, "other", true, false, 7, []any{"x"}, map[string]any{}, "taken away"} {
			if cmp.Equal(value, other) {
				continue
			}
			changed := maps.Clone(whole)
			if changed[key] = other; other == "taken away" {
				delete(changed, key)
			}
			line, err := json.Marshal(changed)
			if err != nil {
				t.Fatal(err)
			}
			got, err := decisionlog.Read(line)
			if err == nil && cmp.Equal(got, want) {
				t.Errorf("%s as %v changes nothing", key, other)
			}
		}
	}
}

func TestOtherRecordsAreNone(t *testing.T) {
	for _, line := range []string{
		`{"time":"2026-11-22T09:00:00Z","level":"INFO","msg":"listening","address":"127.0.0.1:8080"}`,
		`{}`, `{"msg":null}`, `{"msg":["decision"]}`, `{"MSG":"decision"}`,
	} {
		if got, err := decisionlog.Read([]byte(line)); err != nil || got.Kind != decisionlog.Other {
			t.Errorf("%s is %+v, %v", line, got, err)
		}
	}
}

func TestUnknownMembersAreIgnored(t *testing.T) {
	log, lines := onDisk()
	log.Decided(t.Context(), denied(rejection()))
	want, err := decisionlog.Read(lines.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	more := strings.Replace(lines.String(), "{", `{"trace_id":"7","Request":{"subject":{}},`, 1)
	if got, err := decisionlog.Read([]byte(more)); err != nil || !cmp.Equal(got, want) {
		t.Errorf("%v: (-want +got):\n%s", err, cmp.Diff(want, got))
	}
	var with strings.Builder
	logger := slog.New(slog.NewJSONHandler(&with, &slog.HandlerOptions{AddSource: true})).With("service", "mandaat")
	decisionlog.New(logger).Decided(t.Context(), denied(rejection()))
	got, err := decisionlog.Read([]byte(with.String()))
	if got.Time = want.Time; err != nil || !cmp.Equal(got, want) {
		t.Errorf("%v: (-want +got):\n%s", err, cmp.Diff(want, got))
	}
}
