package openfga

import (
	"context"
	"sync"

	openfgav1 "github.com/openfga/api/proto/openfga/v1"
	"github.com/openfga/openfga/pkg/storage"
)

// iterator makes tuples as they are taken, from the objects or the users that they
// do not share.
type iterator struct {
	mu   sync.Mutex
	made func(string) *openfgav1.Tuple
	rest []string
}

func ofObject(object, relation string, users []string) *iterator {
	return &iterator{rest: users, made: func(user string) *openfgav1.Tuple { return newTuple(object, relation, user) }}
}

func ofUser(user, relation string, objects []string) *iterator {
	return &iterator{rest: objects, made: func(object string) *openfgav1.Tuple { return newTuple(object, relation, user) }}
}

func newTuple(object, relation, user string) *openfgav1.Tuple {
	return &openfgav1.Tuple{Key: &openfgav1.TupleKey{Object: object, Relation: relation, User: user}}
}

// Next gives a tuple and goes past it.
func (it *iterator) Next(ctx context.Context) (*openfgav1.Tuple, error) { return it.take(ctx, 1) }

// Head gives the tuple that Next will give.
func (it *iterator) Head(ctx context.Context) (*openfgav1.Tuple, error) { return it.take(ctx, 0) }

func (it *iterator) take(ctx context.Context, n int) (*openfgav1.Tuple, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	it.mu.Lock()
	defer it.mu.Unlock()
	if len(it.rest) == 0 {
		return nil, storage.ErrIteratorDone
	}
	first := it.rest[0]
	it.rest = it.rest[n:]
	return it.made(first), nil
}

// Stop leaves nothing to give.
func (it *iterator) Stop() {
	it.mu.Lock()
	defer it.mu.Unlock()
	it.rest = nil
}

// IsOrdered says yes: the lists are sorted.
func (it *iterator) IsOrdered() bool { return true }
