package main

import (
	"context"
	"fmt"
	"net"

	openfgav1 "github.com/openfga/api/proto/openfga/v1"
	"google.golang.org/grpc"

	"github.com/mandaat/mandaat/integration/internal/engines/openfga"
)

// rpc is a connection that speaks gRPC. Its answers are a byte for each decision.
type rpc struct {
	*grpc.ClientConn
	call   func(i int, c openfgav1.OpenFGAServiceClient) ([]bool, error)
	client openfgav1.OpenFGAServiceClient
}

func (c *rpc) ask(i int) ([]byte, error) {
	allowed, err := c.call(i, c.client)
	answer := make([]byte, len(allowed))
	for n, yes := range allowed {
		answer[n] = 'n'
		if yes {
			answer[n] = 'y'
		}
	}
	return answer, err
}

// startOpenFGAByGRPC starts OpenFGA's server in this program, over the store in an index
// that ./bench has, which beats those that it comes with. Documents are in the store.
func startOpenFGAByGRPC(b *bench) (*server, error) {
	f := &fga{bench: b, Asker: openfga.NewAsker(&b.w)}
	f.ask = f.Bare
	var err error
	if f.grpc, f.process, err = b.startSelf("openfga-grpc"); err != nil {
		return nil, err
	}
	if err := f.find(context.Background()); err != nil {
		return nil, err
	}
	checks := make([]*openfgav1.CheckRequest, len(f.w.Mixed))
	for i := range checks {
		checks[i] = f.check(i)
	}
	f.single = f.overGRPC(b.one(), func(i int, c openfgav1.OpenFGAServiceClient) ([]bool, error) {
		a, err := c.Check(context.Background(), checks[i])
		return []bool{a.GetAllowed()}, err
	})
	asks := f.batches()
	batches := make([]*openfgav1.BatchCheckRequest, len(asks))
	for i := range batches {
		batches[i] = f.checks(asks[i])
	}
	f.batch = f.overGRPC(asks, func(i int, c openfgav1.OpenFGAServiceClient) ([]bool, error) {
		a, err := c.BatchCheck(context.Background(), batches[i])
		return inOrder(a), err
	})
	return &f.server, nil
}

// listenOpenFGA is that server.
func listenOpenFGA(addr string, of size) error {
	w := workload(of, 1)
	e := new(openfga.Engine)
	if err := e.Load(&w); err != nil {
		return err
	}
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", addr)
	if err != nil {
		return err
	}
	g := grpc.NewServer()
	e.Serve(g)
	return g.Serve(l)
}

// find finds the store and its models, of which the last made comes first.
func (f *fga) find(ctx context.Context) error {
	conn, err := f.connect()
	if err != nil {
		return err
	}
	client := openfgav1.NewOpenFGAServiceClient(conn)
	stores, err := client.ListStores(ctx, new(openfgav1.ListStoresRequest), grpc.WaitForReady(true))
	if err != nil {
		return err
	}
	if len(stores.GetStores()) != 1 {
		return fmt.Errorf("%d stores, where there should be one", len(stores.GetStores()))
	}
	f.store = stores.GetStores()[0].GetId()
	models, err := client.ReadAuthorizationModels(ctx, &openfgav1.ReadAuthorizationModelsRequest{StoreId: f.store})
	if err != nil {
		return err
	}
	if len(models.GetAuthorizationModels()) != len(f.models) {
		return fmt.Errorf("%d models, where there should be %d", len(models.GetAuthorizationModels()), len(f.models))
	}
	for i, m := range models.GetAuthorizationModels() {
		f.models[len(f.models)-1-i] = m.GetId()
	}
	return conn.Close()
}

func (f *fga) overGRPC(asks [][]int, call func(i int, c openfgav1.OpenFGAServiceClient) ([]bool, error)) exam {
	return exam{
		asks: asks, yes: "y",
		dial: func() (connection, error) {
			conn, err := f.connect()
			if err != nil {
				return nil, err
			}
			return &rpc{conn, call, openfgav1.NewOpenFGAServiceClient(conn)}, nil
		},
		read: func(i int, answer []byte) ([]bool, error) {
			allowed := make([]bool, len(answer))
			for n := range answer {
				allowed[n] = answer[n] == 'y'
			}
			return f.fit(asks[i], allowed)
		},
	}
}
