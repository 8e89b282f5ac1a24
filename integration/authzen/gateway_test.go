package authzen_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	third "github.com/openfga/api/proto/authzen/v1"
	"google.golang.org/protobuf/proto"
)

// fixed is a server of the third party's service that wants one request and has one answer.
type fixed struct {
	third.UnimplementedAuthZenServiceServer
	want, answer proto.Message
}

var errOther = errors.New("another request than was sent")

func reply[T proto.Message](f *fixed, got proto.Message) (none T, err error) {
	if a, ok := f.answer.(T); ok && proto.Equal(got, f.want) {
		return a, nil
	}
	return none, errOther
}

func (f *fixed) Evaluation(_ context.Context, r *third.EvaluationRequest) (*third.EvaluationResponse, error) {
	return reply[*third.EvaluationResponse](f, r)
}

func (f *fixed) Evaluations(_ context.Context, r *third.EvaluationsRequest) (*third.EvaluationsResponse, error) {
	return reply[*third.EvaluationsResponse](f, r)
}

func (f *fixed) SubjectSearch(_ context.Context, r *third.SubjectSearchRequest) (*third.SubjectSearchResponse, error) {
	return reply[*third.SubjectSearchResponse](f, r)
}

func (f *fixed) ResourceSearch(_ context.Context, r *third.ResourceSearchRequest) (*third.ResourceSearchResponse, error) {
	return reply[*third.ResourceSearchResponse](f, r)
}

func (f *fixed) ActionSearch(_ context.Context, r *third.ActionSearchRequest) (*third.ActionSearchResponse, error) {
	return reply[*third.ActionSearchResponse](f, r)
}

func (f *fixed) GetConfiguration(_ context.Context, r *third.GetConfigurationRequest) (*third.GetConfigurationResponse, error) {
	return reply[*third.GetConfigurationResponse](f, r)
}

// What carries the messages here is understood by the third party's own HTTP endpoints:
// each request arrives as it was sent, and each answer too.
func TestTheThirdPartysEndpointsAreAskedTheSameWay(t *testing.T) {
	f := &fixed{}
	mux := runtime.NewServeMux()
	if err := third.RegisterAuthZenServiceHandlerServer(t.Context(), mux, f); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewTLSServer(mux)
	defer s.Close()
	for method, pair := range exchanges(t) {
		f.want, f.answer = pair[0], pair[1]
		for name, spelling := range spellings {
			c := &conn{Client: s.Client(), base: s.URL, write: spelling}
			got := pair[1].ProtoReflect().New().Interface()
			if err := c.Invoke(t.Context(), method, pair[0], got); err != nil || !proto.Equal(got, pair[1]) {
				t.Errorf("%s, %s: %v, not %v; %v", method, name, got, pair[1], err)
			}
		}
	}
}

// exchanges is a request and an answer of each method.
func exchanges(t *testing.T) map[string][2]proto.Message {
	t.Helper()
	q, page := question{"anna", "document.reject", "document", "inv-2"}, &third.PageRequest{Limit: new(uint32(2))}
	next := &third.PageResponse{NextToken: "next", Count: 1}
	one := q.request()
	one.Action.Properties = given(t, map[string]any{"comment": "wrong amount"})
	one.Context = given(t, map[string]any{"ip": "127.0.0.1"})
	yes := &third.EvaluationResponse{Decision: true, Context: given(t, map[string]any{"reason": "because"})}
	return map[string][2]proto.Message{
		third.AuthZenService_Evaluation_FullMethodName: {one, yes},
		third.AuthZenService_Evaluations_FullMethodName: {
			&third.EvaluationsRequest{
				StoreId: store, Subject: user("anna"), Evaluations: []*third.EvaluationsItemRequest{q.item(), q.item()},
				Options: &third.EvaluationsOptions{EvaluationsSemantic: third.EvaluationsSemantic_permit_on_first_permit},
			},
			&third.EvaluationsResponse{Evaluations: []*third.EvaluationResponse{yes}},
		},
		third.AuthZenService_SubjectSearch_FullMethodName: {
			&third.SubjectSearchRequest{
				StoreId: store, Subject: &third.SubjectFilter{Type: "user"}, Action: action(q.what),
				Resource: resource(q.kind, q.which), Page: page,
			},
			&third.SubjectSearchResponse{Results: []*third.Subject{user("anna")}, Page: next},
		},
		third.AuthZenService_ResourceSearch_FullMethodName: {
			&third.ResourceSearchRequest{
				StoreId: store, Subject: user("anna"), Action: action(q.what), Resource: &third.ResourceFilter{Type: q.kind}, Page: page,
			},
			&third.ResourceSearchResponse{Results: []*third.Resource{resource(q.kind, q.which)}, Page: next},
		},
		third.AuthZenService_ActionSearch_FullMethodName: {
			&third.ActionSearchRequest{StoreId: store, Subject: user("anna"), Resource: resource(q.kind, q.which), Page: page},
			&third.ActionSearchResponse{Results: []*third.Action{action(q.what)}, Page: next},
		},
		third.AuthZenService_GetConfiguration_FullMethodName: {
			&third.GetConfigurationRequest{StoreId: store},
			&third.GetConfigurationResponse{PolicyDecisionPoint: "https://pdp.example.com/stores/" + store},
		},
	}
}
