// Package openfga decides by an OpenFGA server in process, which its readme and
// the documentation of its package server offer.
//
// The model keeps to the modelling guides: roles are relations to the company, as
// in "Custom Roles" and "Parent-Child Objects"; a document's stage is the relation
// by which it hangs on its company; whoever reaches every company belongs to a set
// of the office, so that no tuple is needed for each company.
package openfga

import (
	"context"
	_ "embed" // the model
	"fmt"

	openfgav1 "github.com/openfga/api/proto/openfga/v1"
	"github.com/openfga/openfga/pkg/server"
	"github.com/openfga/openfga/pkg/server/config"

	"github.com/mandaat/mandaat/integration/internal/load"
)

//go:embed documents.fga
var documentsModel string

//go:embed users.fga
var usersModel string

// relations is what each action is in the model.
var relations = map[string]string{
	load.View:              "view",
	load.Split:             "manage",
	load.Merge:             "manage",
	load.Tag:               "manage",
	load.Assign:            "manage",
	load.Approve:           "approve",
	load.Reject:            "approve",
	load.Reassign:          "intervene",
	load.Withdraw:          "intervene",
	load.Return:            "return",
	load.Book:              "book",
	load.ChangeBankDetails: "change_bank_details",
	load.UserView:          "view",
}

// Engine is an OpenFGA server, asked in process.
type Engine struct {
	fill      filler
	documents int // how many are in the store
	server    *server.Server
	store     string    // its id
	models    [2]string // their ids: of documents, of users
}

// Load writes the models and the tuples: of the office, and of the documents that
// are asked about.
func (e *Engine) Load(w *load.Workload) (err error) {
	e.fill = filler{newStore(), namesOf(&w.Office)}
	e.fill.addOffice(&w.Office)
	e.addDocuments(w, min(load.Asked, len(w.Documents)))
	if e.server, err = server.NewServerWithOpts(options(e.fill.store)...); err != nil {
		return fmt.Errorf("starting the server: %w", err)
	}
	return e.writeModels(context.Background())
}

// options are the settings that measured best: the optimisations of ListObjects
// that are still opt-in are several times as fast as the pipeline that is not, those
// of Check are no faster. Lists are complete, whatever time they take. The cache of
// answers stays off, as it is unless asked for: it makes Check eventually consistent,
// as "Caching in OpenFGA" says, and with questions that come back it would be all
// that is measured.
func options(s *store) []server.OpenFGAServiceV1Option {
	return []server.OpenFGAServiceV1Option{
		server.WithDatastore(s),
		server.WithContextPropagationToDatastore(true), // a look that nobody waits for any more may end
		server.WithListObjectsDeadline(0),
		server.WithListObjectsMaxResults(0),
		server.WithListObjectsPipelineEnabled(false),
		server.WithExperimentals(config.ExperimentalListObjectsOptimizations),
	}
}

func (e *Engine) writeModels(ctx context.Context) error {
	created, err := e.server.CreateStore(ctx, &openfgav1.CreateStoreRequest{Name: "office"})
	if err != nil {
		return fmt.Errorf("creating the store: %w", err)
	}
	e.store = created.GetId()
	models, err := Models()
	if err != nil {
		return err
	}
	for i, model := range models {
		model.StoreId = e.store
		written, err := e.server.WriteAuthorizationModel(ctx, model)
		if err != nil {
			return fmt.Errorf("writing the model: %w", err)
		}
		e.models[i] = written.GetAuthorizationModelId()
	}
	return nil
}

// addDocuments sees to it that the first n documents are in the store.
func (e *Engine) addDocuments(w *load.Workload, n int) {
	for ; e.documents < n; e.documents++ {
		e.fill.addDocument(&w.Documents[e.documents])
	}
	e.fill.sort()
}

// question is what a request is made of: the server writes in the request itself.
type question struct {
	model string
	key   *openfgav1.CheckRequestTupleKey
}

// Prepare makes the questions. What does not hang on who asks, a service has judged
// before: whom an assignment names, with what a document merges.
func (e *Engine) Prepare(w *load.Workload, qs []load.Question) (func(i int) bool, error) {
	asked := make([]question, len(qs))
	for i := range qs {
		asked[i] = e.question(w, &qs[i])
	}
	return func(i int) bool { return qs[i].Fit && e.check(asked[i]) }, nil
}

func (e *Engine) question(w *load.Workload, q *load.Question) question {
	key := &openfgav1.CheckRequestTupleKey{User: e.fill.users[q.User], Relation: relations[q.Action]}
	if q.Document < 0 {
		key.Object = e.fill.users[q.Target]
		return question{e.models[1], key}
	}
	key.Object = documentName(&w.Documents[q.Document])
	return question{e.models[0], key}
}

func (e *Engine) check(q question) bool {
	answer, err := e.server.Check(context.Background(), &openfgav1.CheckRequest{
		StoreId: e.store, AuthorizationModelId: q.model, TupleKey: q.key,
	})
	return err == nil && answer.GetAllowed()
}

// List asks the server to list, and counts.
func (e *Engine) List(w *load.Workload, n int) (func(user int) int, error) {
	e.addDocuments(w, n)
	return func(user int) int {
		listed, err := e.server.ListObjects(context.Background(), &openfgav1.ListObjectsRequest{
			StoreId: e.store, AuthorizationModelId: e.models[0], Type: "document", Relation: "view", User: e.fill.users[user],
		})
		if err != nil {
			return -1
		}
		return len(listed.GetObjects())
	}, nil
}

// Close stops the server.
func (e *Engine) Close() error {
	e.server.Close()
	return nil
}
