package openfga

import (
	"fmt"
	"slices"
	"strings"

	openfgav1 "github.com/openfga/api/proto/openfga/v1"
	"github.com/openfga/language/pkg/go/transformer"
	"github.com/openfga/openfga/pkg/tuple"
	"google.golang.org/grpc"

	"github.com/mandaat/mandaat/integration/internal/load"
)

// Models reads the two models: of documents, and of users.
func Models() (list [2]*openfgav1.WriteAuthorizationModelRequest, err error) {
	for i, model := range []string{documentsModel, usersModel} {
		parsed, err := transformer.TransformDSLToProto(model)
		if err != nil {
			return list, fmt.Errorf("reading the model: %w", err)
		}
		list[i] = &openfgav1.WriteAuthorizationModelRequest{
			TypeDefinitions: parsed.GetTypeDefinitions(), SchemaVersion: parsed.GetSchemaVersion(),
		}
	}
	return list, nil
}

// Asker says what a server is told of an office, and what it is asked.
type Asker struct {
	w    *load.Workload
	fill filler
}

// NewAsker reads the office.
func NewAsker(w *load.Workload) *Asker {
	a := &Asker{w, filler{newStore(), namesOf(&w.Office)}}
	a.fill.addOffice(&w.Office)
	return a
}

// Tuples is the office as tuples, of both models.
func (a *Asker) Tuples() []*openfgav1.TupleKey { return a.fill.tuples() }

// Ask is a question: of which of the models it is, and what is to be checked. The
// document comes along as tuples; none where the question is about a user.
func (a *Asker) Ask(q *load.Question) (model int, check *openfgav1.CheckRequest) {
	key := &openfgav1.CheckRequestTupleKey{User: a.fill.users[q.User], Relation: relations[q.Action]}
	if q.Document < 0 {
		key.Object = a.fill.users[q.Target]
		return 1, &openfgav1.CheckRequest{TupleKey: key}
	}
	d := &a.w.Documents[q.Document]
	key.Object = documentName(d)
	of := filler{newStore(), a.fill.names}
	of.addDocument(d)
	return 0, &openfgav1.CheckRequest{TupleKey: key, ContextualTuples: &openfgav1.ContextualTupleKeys{TupleKeys: of.tuples()}}
}

// tuples lists what is in the store.
func (s *store) tuples() (list []*openfgav1.TupleKey) {
	for at, users := range s.byObject {
		for _, user := range users {
			list = append(list, &openfgav1.TupleKey{Object: at.of, Relation: at.relation, User: user})
		}
	}
	slices.SortFunc(list, func(a, b *openfgav1.TupleKey) int {
		return strings.Compare(a.GetObject()+" "+a.GetRelation()+" "+a.GetUser(), b.GetObject()+" "+b.GetRelation()+" "+b.GetUser())
	})
	return list
}

// Serve has a gRPC server answer by the engine's own, once it is loaded.
func (e *Engine) Serve(g grpc.ServiceRegistrar) { openfgav1.RegisterOpenFGAServiceServer(g, e.server) }

// Bare is a question as such a server takes it, which has the documents that are asked
// about: of which of the models it is, and what is to be checked.
func (a *Asker) Bare(q *load.Question) (model int, check *openfgav1.CheckRequest) {
	model, check = a.Ask(q)
	check.ContextualTuples = nil
	return model, check
}

// Knows says whether a model has the relation of a tuple.
func Knows(m *openfgav1.WriteAuthorizationModelRequest, t *openfgav1.TupleKey) bool {
	for _, d := range m.GetTypeDefinitions() {
		if d.GetType() == tuple.GetType(t.GetObject()) {
			_, known := d.GetRelations()[t.GetRelation()]
			return known
		}
	}
	return false
}
