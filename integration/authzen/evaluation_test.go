package authzen_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	third "github.com/openfga/api/proto/authzen/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/mandaat/mandaat/policy"
)

// spellings are the ways in which the same message is written: what is not set is left
// out, named where it has a default, or named whatever it is.
var spellings = map[string]protojson.MarshalOptions{
	"plain":       {},
	"defaults":    {EmitDefaultValues: true},
	"unpopulated": {EmitUnpopulated: true, UseProtoNames: true},
}

func user(id string) *third.Subject { return &third.Subject{Type: "user", Id: id} }

func resource(kind, id string) *third.Resource { return &third.Resource{Type: kind, Id: id} }

func action(name string) *third.Action { return &third.Action{Name: name} }

func (q question) request() *third.EvaluationRequest {
	return &third.EvaluationRequest{
		StoreId: store, Subject: user(q.who), Action: action(q.what), Resource: resource(q.kind, q.which),
	}
}

func (q question) item() *third.EvaluationsItemRequest {
	return &third.EvaluationsItemRequest{Subject: user(q.who), Action: action(q.what), Resource: resource(q.kind, q.which)}
}

// same compares an answer with what the snapshot says. Of what could not be asked at all,
// which has no source, the handler says itself why.
func same(got *third.EvaluationResponse, want policy.Explanation) error {
	why := got.GetContext().GetFields()
	code, reason := why["code"].GetStringValue(), why["reason"].GetStringValue()
	wanted := ""
	if !want.Allowed() {
		wanted = want.Code().String()
	}
	if got.GetDecision() != want.Allowed() || code != wanted || reason == "" || want.Source != "" && reason != want.Reason ||
		why["policy"].GetStringValue() != want.Policy || why["source"].GetStringValue() != want.Source {
		return fmt.Errorf("answered with %v, not with %t, %s: %s", got, want.Allowed(), wanted, want.Reason)
	}
	return nil
}

func TestEvaluationAnswersAsTheSnapshotDoes(t *testing.T) {
	for name, spelling := range spellings {
		t.Run(name, func(t *testing.T) {
			p, yes := served(t, storePath), 0
			c := p.conn()
			c.write = spelling
			for _, q := range questions() {
				got, err := c.client().Evaluation(t.Context(), q.request())
				if err != nil {
					t.Fatalf("%+v: %v", q, err)
				}
				if err := same(got, p.told(q)); err != nil {
					t.Errorf("%+v: %v", q, err)
				}
				if got.GetDecision() {
					yes++
				}
			}
			if yes < 50 {
				t.Errorf("only %d questions are answered with yes", yes)
			}
		})
	}
}

// given is properties or a context.
func given(t *testing.T, members map[string]any) *structpb.Struct {
	t.Helper()
	s, err := structpb.NewStruct(members)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEvaluationTakesProperties(t *testing.T) {
	c := served(t, storePath).conn()
	for comment, want := range map[string]bool{"wrong amount": true, " ": false} {
		r := question{"anna", "document.reject", "document", "inv-2"}.request()
		r.Action.Properties = given(t, map[string]any{"comment": comment})
		if got, err := c.client().Evaluation(t.Context(), r); err != nil || got.GetDecision() != want {
			t.Errorf("rejected with %q: %v, %v", comment, got, err)
		}
	}
	for of, want := range map[string]bool{"bakery": true, "salon": false} {
		r := question{"carla", "document.tag", "document", "elsewhere"}.request()
		r.Resource.Properties = given(t, map[string]any{
			"company": of, "delivered_by": "carla", "stage": "tagging", "ever_assigned": false,
		})
		if got, err := c.client().Evaluation(t.Context(), r); err != nil || got.GetDecision() != want {
			t.Errorf("of the %s: %v, %v", of, got, err)
		}
	}
}

// In a context, time counts where the handler lets it; the rest never does.
func TestEvaluationTakesAContext(t *testing.T) {
	p := served(t, storePath)
	for _, counts := range []bool{false, true} {
		p.AllowContextTime = counts
		r := question{"carla", "document.view", "document", "inv-1"}.request()
		r.Context = given(t, map[string]any{"time": "soon", "ip": "127.0.0.1", "nested": []any{1.5, nil, map[string]any{}}})
		got, err := p.conn().client().Evaluation(t.Context(), r)
		if err != nil || got.GetDecision() == counts {
			t.Errorf("where time counts, %t: %v, %v", counts, got, err)
		}
	}
}

// In a batch each question is answered as by itself, up to the one that ends it.
func TestEvaluationsHaveTheThreeSemantics(t *testing.T) {
	p := served(t, storePath)
	c := p.conn()
	const (
		all    = third.EvaluationsSemantic_execute_all
		deny   = third.EvaluationsSemantic_deny_on_first_deny
		permit = third.EvaluationsSemantic_permit_on_first_permit
	)
	for name, spelling := range spellings {
		c.write = spelling
		for _, options := range []*third.EvaluationsOptions{
			nil, {EvaluationsSemantic: all}, {EvaluationsSemantic: deny}, {EvaluationsSemantic: permit},
		} {
			ends := func(yes bool) bool {
				return options.GetEvaluationsSemantic() == deny && !yes || options.GetEvaluationsSemantic() == permit && yes
			}
			for some := range slices.Chunk(questions(), 7) {
				batch := &third.EvaluationsRequest{StoreId: store, Options: options}
				for _, q := range some {
					batch.Evaluations = append(batch.Evaluations, q.item())
				}
				last := slices.IndexFunc(some, func(q question) bool { return ends(p.told(q).Allowed()) })
				if last >= 0 {
					some = some[:last+1]
				}
				if err := c.answers(t, batch, p, some); err != nil {
					t.Errorf("%s, %v: %v", name, options, err)
				}
			}
		}
	}
}

// answers asks a batch and compares the answers with what the snapshot says of each.
func (c *conn) answers(t *testing.T, batch *third.EvaluationsRequest, p *pdp, asked []question) error {
	t.Helper()
	got, err := c.client().Evaluations(t.Context(), batch)
	if err != nil {
		return err
	}
	if len(got.GetEvaluations()) != len(asked) {
		return fmt.Errorf("%+v have %d answers", asked, len(got.GetEvaluations()))
	}
	for i, q := range asked {
		if err := same(got.GetEvaluations()[i], p.told(q)); err != nil {
			return fmt.Errorf("%+v: %w", q, err)
		}
	}
	return nil
}

// A default goes for the evaluations that leave it out, whichever those are.
func TestEvaluationsTakeDefaults(t *testing.T) {
	p := served(t, storePath)
	q := question{"bram", "document.view", "document", "inv-1"}
	mixed := []question{
		q,
		{"carla", q.what, q.kind, q.which},
		{q.who, "document.book", q.kind, q.which},
		{q.who, q.what, q.kind, "inv-6"},
		{"dirk", "document.upload", "company", "salon"},
	}
	batch := &third.EvaluationsRequest{
		StoreId: store, Subject: user(q.who), Action: action(q.what), Resource: resource(q.kind, q.which),
		Context: given(t, map[string]any{"ip": "127.0.0.1"}),
	}
	for _, m := range mixed {
		item := m.item()
		if m.who == q.who {
			item.Subject = nil
		}
		if m.what == q.what {
			item.Action = nil
		}
		if m.kind == q.kind && m.which == q.which {
			item.Resource = nil
		}
		batch.Evaluations = append(batch.Evaluations, item)
	}
	if err := p.conn().answers(t, batch, p, mixed); err != nil {
		t.Error(err)
	}
}

// One that is no request is denied by itself, and says so as the third party's does.
func TestEvaluationsDenyWhatIsNoRequestByItself(t *testing.T) {
	p := served(t, storePath)
	q := question{"carla", "document.view", "document", "inv-1"}
	got, err := p.conn().client().Evaluations(t.Context(), &third.EvaluationsRequest{
		StoreId: store, Evaluations: []*third.EvaluationsItemRequest{q.item(), {Subject: user("carla")}, q.item()},
	})
	if err != nil || len(got.GetEvaluations()) != 3 {
		t.Fatalf("%v, %v", got, err)
	}
	for i, want := range []bool{true, false, true} {
		if got.GetEvaluations()[i].GetDecision() != want {
			t.Errorf("%d: %v", i, got)
		}
	}
	why := got.GetEvaluations()[1].GetContext().GetFields()["error"].GetStructValue().GetFields()
	if why["status"].GetNumberValue() != http.StatusBadRequest || why["message"].GetStringValue() == "" {
		t.Errorf("%v", got)
	}
}

// AuthZEN answers evaluations without any as one evaluation; the third party's type for
// the answer, a list, cannot hold that, and its type for one evaluation does.
func TestEvaluationsWithoutAnyAreOneEvaluation(t *testing.T) {
	p := served(t, storePath)
	q := question{"carla", "document.view", "document", "inv-1"}
	for name, spelling := range spellings {
		c := p.conn()
		c.write = spelling
		in := &third.EvaluationsRequest{
			StoreId: store, Subject: user(q.who), Action: action(q.what), Resource: resource(q.kind, q.which),
		}
		if got, err := c.client().Evaluations(t.Context(), in); err == nil {
			t.Errorf("%s: a list is read: %v", name, got)
		}
		got := new(third.EvaluationResponse)
		if err := c.Invoke(t.Context(), third.AuthZenService_Evaluations_FullMethodName, in, got); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if err := same(got, p.told(q)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
