package openfga

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	openfgav1 "github.com/openfga/api/proto/openfga/v1"
	"github.com/openfga/openfga/pkg/storage"
	"github.com/openfga/openfga/pkg/storage/memory"
	"github.com/openfga/openfga/pkg/tuple"

	"github.com/mandaat/mandaat/integration/internal/load"
)

// The index answers as OpenFGA's own store in memory does.
func TestTheStoreReadsAsOpenFGAsOwn(t *testing.T) {
	w := load.New(1, 200, 20, 200, 1)
	f := filler{newStore(), namesOf(&w.Office)}
	f.addOffice(&w.Office)
	for i := range w.Documents {
		f.addDocument(&w.Documents[i])
	}
	f.sort()
	own := copied(t, f.store)
	for at := range f.byObject {
		for _, of := range []string{"", "user:", "office:"} {
			filter := storage.ReadFilter{Object: at.of, Relation: at.relation, User: of}
			alike(t, f.store, own, func(s storage.RelationshipTupleReader) (storage.TupleIterator, error) {
				return s.Read(t.Context(), "s", filter, storage.ReadOptions{})
			})
		}
		sets := storage.ReadUsersetTuplesFilter{Object: at.of, Relation: at.relation, AllowedUserTypeRestrictions: []*openfgav1.RelationReference{
			{Type: "office", RelationOrWildcard: &openfgav1.RelationReference_Relation{Relation: at.relation + everywhere}},
		}}
		alike(t, f.store, own, func(s storage.RelationshipTupleReader) (storage.TupleIterator, error) {
			return s.ReadUsersetTuples(t.Context(), "s", sets, storage.ReadUsersetTuplesOptions{})
		})
	}
	for at := range f.byUser {
		for _, users := range [][]string{{at.of}, {at.of, w.Office.Users[0].ID}, {at.of, f.users[0]}} {
			alike(t, f.store, own, func(s storage.RelationshipTupleReader) (storage.TupleIterator, error) {
				return s.ReadStartingWithUser(t.Context(), "s", startingFrom(at, users), storage.ReadStartingWithUserOptions{})
			})
		}
	}
	one := storage.ReadUserTupleFilter{Object: f.companies[0], Relation: "client", User: "user:nobody"}
	if _, err := f.ReadUserTuple(t.Context(), "s", one, storage.ReadUserTupleOptions{}); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("what is not there gives %v", err)
	}
}

// copied is OpenFGA's store with the same tuples.
func copied(t *testing.T, s *store) storage.OpenFGADatastore {
	t.Helper()
	own := memory.New()
	for at, users := range s.byObject {
		var writes storage.Writes
		for _, user := range slices.Compact(slices.Clone(users)) {
			writes = append(writes, tuple.NewTupleKey(at.of, at.relation, user))
		}
		if err := own.Write(t.Context(), "s", nil, writes); err != nil {
			t.Fatal(err)
		}
	}
	return own
}

func startingFrom(at place, users []string) storage.ReadStartingWithUserFilter {
	filter := storage.ReadStartingWithUserFilter{ObjectType: at.kind, Relation: at.relation}
	for _, user := range slices.Compact(users) {
		object, relation, _ := strings.Cut(user, "#")
		filter.UserFilter = append(filter.UserFilter, &openfgav1.ObjectRelation{Object: object, Relation: relation})
	}
	return filter
}

// alike fails where two stores read other tuples.
func alike(t *testing.T, a, b storage.RelationshipTupleReader, read func(storage.RelationshipTupleReader) (storage.TupleIterator, error)) {
	t.Helper()
	var got [2][]string
	for i, s := range []storage.RelationshipTupleReader{a, b} {
		found, err := read(s)
		if err != nil {
			t.Fatal(err)
		}
		got[i] = all(t.Context(), found)
	}
	if !slices.Equal(got[0], got[1]) {
		t.Fatalf("%q, not %q", got[0], got[1])
	}
}

func all(ctx context.Context, found storage.TupleIterator) (list []string) {
	for {
		next, err := found.Next(ctx)
		if err != nil {
			slices.Sort(list)
			return list
		}
		list = append(list, tuple.TupleKeyToString(next.GetKey()))
	}
}
