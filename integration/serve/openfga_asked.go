package main

import (
	"fmt"
	"strconv"

	openfgav1 "github.com/openfga/api/proto/openfga/v1"
	"google.golang.org/protobuf/encoding/protojson"
)

// check is a question, with the store and the model that it is asked of.
func (f *fga) check(i int) *openfgav1.CheckRequest {
	model, check := f.ask(&f.w.Mixed[i])
	check.StoreId, check.AuthorizationModelId = f.store, f.models[model]
	return check
}

// checks is a batch of questions of one model.
func (f *fga) checks(asks []int) *openfgav1.BatchCheckRequest {
	batch := &openfgav1.BatchCheckRequest{StoreId: f.store}
	for n, i := range asks {
		c := f.check(i)
		batch.AuthorizationModelId = c.GetAuthorizationModelId()
		batch.Checks = append(batch.Checks, &openfgav1.BatchCheckItem{
			TupleKey: c.GetTupleKey(), ContextualTuples: c.GetContextualTuples(), CorrelationId: strconv.Itoa(n),
		})
	}
	return batch
}

// batches are of one model each: questions about documents, then those about users.
func (f *fga) batches() [][]int {
	var of [2][]int
	for i, q := range f.w.Mixed {
		model := 0
		if q.Document < 0 {
			model = 1
		}
		of[model] = append(of[model], i)
	}
	return append(chunks(of[0], mostInBatch), chunks(of[1], mostInBatch)...)
}

// fit is the decisions of which a server knows a part: what does not hang on who asks,
// a service has judged before.
func (f *fga) fit(asks []int, allowed []bool) ([]bool, error) {
	if len(allowed) != len(asks) {
		return nil, fmt.Errorf("%d answers to %d questions", len(allowed), len(asks))
	}
	fit := make([]bool, len(allowed))
	for n, yes := range allowed {
		fit[n] = yes && f.w.Mixed[asks[n]].Fit
	}
	return fit, nil
}

func startOpenFGA(b *bench) (*server, error) {
	f, err := b.startFGA("openfga")
	if err != nil {
		return nil, err
	}
	f.single = exam{asks: b.one(), yes: `"allowed":true`, read: func(i int, body []byte) ([]bool, error) {
		var a openfgav1.CheckResponse
		err := protojson.Unmarshal(body, &a)
		if err != nil {
			return nil, err
		}
		return f.fit(f.single.asks[i], []bool{a.GetAllowed()})
	}}
	f.batch = exam{asks: f.batches(), yes: `"allowed":true`, read: func(i int, body []byte) ([]bool, error) {
		var a openfgav1.BatchCheckResponse
		if err := protojson.Unmarshal(body, &a); err != nil {
			return nil, err
		}
		return f.fit(f.batch.asks[i], inOrder(&a))
	}}
	singles, err := written(f.single.asks, func(asks []int) ([]byte, error) {
		body, err := protojson.Marshal(f.check(asks[0]))
		return post(f.http, "/stores/"+f.store+"/check", body), err
	})
	if err != nil {
		return nil, err
	}
	batches, err := written(f.batch.asks, func(asks []int) ([]byte, error) {
		body, err := protojson.Marshal(f.checks(asks))
		return post(f.http, "/stores/"+f.store+"/batch-check", body), err
	})
	f.single.dial, f.batch.dial = overHTTP(f.http, singles), overHTTP(f.http, batches)
	return &f.server, err
}

// inOrder is the results of a batch in the order of its questions; one that failed is
// left out.
func inOrder(a *openfgav1.BatchCheckResponse) (list []bool) {
	for n := range len(a.GetResult()) {
		if r := a.GetResult()[strconv.Itoa(n)]; r != nil && r.GetError() == nil {
			list = append(list, r.GetAllowed())
		}
	}
	return list
}
