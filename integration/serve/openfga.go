package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	openfgav1 "github.com/openfga/api/proto/openfga/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/mandaat/mandaat/integration/internal/engines/openfga"
	"github.com/mandaat/mandaat/integration/internal/load"
)

// fga is an OpenFGA server that holds the office. Unless it holds the documents too, they
// come along with the questions, as contextual tuples.
type fga struct {
	*bench
	*openfga.Asker
	ask func(*load.Question) (model int, check *openfgav1.CheckRequest)
	server
	http, grpc string // addresses
	client     openfgav1.OpenFGAServiceClient
	store      string    // its id
	models     [2]string // their ids: of documents, of users
}

// mostInBatch is how many checks OpenFGA takes in one batch, as it comes.
const mostInBatch = 50

// startFGA starts OpenFGA's own server and writes the office into it. Of the stores that
// need no server of their own, SQLite is the quicker: that in memory goes through every
// tuple at each look, and takes twice the time.
func (b *bench) startFGA(name string) (f *fga, err error) {
	program, err := b.build("openfga", ".", "github.com/openfga/openfga/cmd/openfga")
	if err != nil {
		return nil, err
	}
	datastore := []string{"--datastore-engine", "sqlite", "--datastore-uri", "file:" + filepath.Join(b.dir, name+".db")}
	if err := finish(program, append([]string{"migrate"}, datastore...)...); err != nil {
		return nil, err
	}
	f = &fga{bench: b, Asker: openfga.NewAsker(&b.w)}
	f.ask = f.Ask
	if f.http, err = freeAddr(); err != nil {
		return nil, err
	}
	if f.grpc, err = freeAddr(); err != nil {
		return nil, err
	}
	f.process, err = b.start(name, f.http, program, append([]string{
		"run", "--http-addr", f.http, "--grpc-addr", f.grpc, "--log-level", "error",
		"--playground-enabled=false", "--metrics-enabled=false",
	}, datastore...)...)
	if err != nil {
		return nil, err
	}
	return f, f.fill(context.Background())
}

// mostInWrite is how many tuples OpenFGA takes at once.
const mostInWrite = 100

func (f *fga) fill(ctx context.Context) error {
	conn, err := f.connect()
	if err != nil {
		return err
	}
	f.client = openfgav1.NewOpenFGAServiceClient(conn)
	made, err := f.client.CreateStore(ctx, &openfgav1.CreateStoreRequest{Name: "office"}, grpc.WaitForReady(true))
	if err != nil {
		return err
	}
	f.store = made.GetId()
	models, err := openfga.Models()
	if err != nil {
		return err
	}
	tuples := f.Tuples()
	for i, m := range models {
		m.StoreId = f.store
		written, err := f.client.WriteAuthorizationModel(ctx, m)
		if err != nil {
			return fmt.Errorf("writing the model: %w", err)
		}
		f.models[i] = written.GetAuthorizationModelId()
		if tuples, err = f.write(ctx, f.models[i], m, tuples); err != nil {
			return err
		}
	}
	if len(tuples) > 0 {
		return fmt.Errorf("%d tuples are of no model, such as %v", len(tuples), tuples[0])
	}
	return conn.Close()
}

// write writes those of the tuples that a model knows, and gives the others.
func (f *fga) write(ctx context.Context, id string, m *openfgav1.WriteAuthorizationModelRequest, tuples []*openfgav1.TupleKey) (others []*openfgav1.TupleKey, err error) {
	var known []*openfgav1.TupleKey
	for _, t := range tuples {
		if openfga.Knows(m, t) {
			known = append(known, t)
		} else {
			others = append(others, t)
		}
	}
	for some := range slices.Chunk(known, mostInWrite) {
		_, err := f.client.Write(ctx, &openfgav1.WriteRequest{
			StoreId: f.store, AuthorizationModelId: id, Writes: &openfgav1.WriteRequestWrites{TupleKeys: some},
		})
		if err != nil {
			return nil, fmt.Errorf("writing tuples: %w", err)
		}
	}
	return others, nil
}

func (f *fga) connect() (*grpc.ClientConn, error) {
	return grpc.NewClient(f.grpc, grpc.WithTransportCredentials(insecure.NewCredentials()))
}
