package openfga

import (
	"context"
	"errors"
	"slices"
	"strings"

	openfgav1 "github.com/openfga/api/proto/openfga/v1"
	"github.com/openfga/openfga/pkg/storage"
	"github.com/openfga/openfga/pkg/storage/memory"
	"github.com/openfga/openfga/pkg/tuple"
)

// store is OpenFGA's store in memory with its tuples in an index, since its own
// goes through every tuple at each look. It is filled first and asked then, so it
// needs no lock; it keeps the tuples of one store, without conditions.
type store struct {
	storage.OpenFGADatastore       // all but the tuples
	byObject                 index // users, by object and relation
	byUser                   index // objects, by user, relation and their type
}

// place is where tuples are looked up; kind is the type of the objects.
type place struct{ of, relation, kind string }

// index is lists that are sorted once everything is in.
type index map[place][]string

func newStore() *store { return &store{memory.New(), index{}, index{}} }

// add relates each of the users to each of the objects, which are of one type.
func (s *store) add(objects []string, relation string, users []string) {
	for _, user := range users {
		s.byUser.add(place{user, relation, tuple.GetType(objects[0])}, objects)
	}
	for _, object := range objects {
		s.byObject.add(place{of: object, relation: relation}, users)
	}
}

func (x index) add(at place, values []string) { x[at] = append(x[at], values...) }

// sort makes the store ready to be asked.
func (s *store) sort() {
	for _, x := range []index{s.byObject, s.byUser} {
		for _, list := range x {
			slices.Sort(list)
		}
	}
}

// usersOf lists the users of an object and relation.
func (s *store) usersOf(object, relation string) []string {
	return s.byObject[place{of: object, relation: relation}]
}

// Read gives the tuples of an object and relation, with users of a type where the
// filter names one.
func (s *store) Read(_ context.Context, _ string, f storage.ReadFilter, _ storage.ReadOptions) (storage.TupleIterator, error) {
	if f.Object == "" || f.Relation == "" || f.User != "" && !strings.HasSuffix(f.User, ":") {
		return nil, errors.ErrUnsupported
	}
	return ofObject(f.Object, f.Relation, startingWith(s.usersOf(f.Object, f.Relation), f.User)), nil
}

// startingWith is the part of a sorted list that starts with a prefix.
func startingWith(list []string, prefix string) []string {
	if prefix == "" {
		return list
	}
	from, _ := slices.BinarySearch(list, prefix)
	to := from
	for to < len(list) && strings.HasPrefix(list[to], prefix) {
		to++
	}
	return list[from:to]
}

// ReadUserTuple looks one tuple up.
func (s *store) ReadUserTuple(_ context.Context, _ string, f storage.ReadUserTupleFilter, _ storage.ReadUserTupleOptions) (*openfgav1.Tuple, error) {
	if _, found := slices.BinarySearch(s.usersOf(f.Object, f.Relation), f.User); !found {
		return nil, storage.ErrNotFound
	}
	return newTuple(f.Object, f.Relation, f.User), nil
}

// ReadUsersetTuples gives the tuples of an object and relation whose user is a
// set: of the types asked for, each of which is a range of the list.
func (s *store) ReadUsersetTuples(_ context.Context, _ string, f storage.ReadUsersetTuplesFilter, _ storage.ReadUsersetTuplesOptions) (storage.TupleIterator, error) {
	var sets []string
	list := s.usersOf(f.Object, f.Relation)
	for _, allowed := range f.AllowedUserTypeRestrictions {
		for _, user := range startingWith(list, allowed.GetType()+":") {
			if strings.HasSuffix(user, "#"+allowed.GetRelation()) {
				sets = append(sets, user)
			}
		}
	}
	slices.Sort(sets)
	return ofObject(f.Object, f.Relation, sets), nil
}

// ReadStartingWithUser gives the tuples of users, by object.
func (s *store) ReadStartingWithUser(_ context.Context, _ string, f storage.ReadStartingWithUserFilter, _ storage.ReadStartingWithUserOptions) (storage.TupleIterator, error) {
	if len(f.UserFilter) == 1 && f.ObjectIDs == nil {
		user := nameOf(f.UserFilter[0])
		return ofUser(user, f.Relation, s.byUser[place{user, f.Relation, f.ObjectType}]), nil
	}
	var found []*openfgav1.Tuple
	for _, of := range f.UserFilter {
		user := nameOf(of)
		for _, object := range s.byUser[place{user, f.Relation, f.ObjectType}] {
			if _, id := tuple.SplitObject(object); f.ObjectIDs == nil || f.ObjectIDs.Exists(id) {
				found = append(found, newTuple(object, f.Relation, user))
			}
		}
	}
	slices.SortFunc(found, func(a, b *openfgav1.Tuple) int {
		return strings.Compare(a.GetKey().GetObject(), b.GetKey().GetObject())
	})
	return storage.NewStaticTupleIterator(found), nil
}

// nameOf is how tuples name a user or a set of users.
func nameOf(user *openfgav1.ObjectRelation) string {
	if user.GetRelation() == "" {
		return user.GetObject()
	}
	return tuple.GetObjectRelationAsString(user)
}

// ReadPage is for the API's pages of tuples, which nobody asks for here.
func (s *store) ReadPage(context.Context, string, storage.ReadFilter, storage.ReadPageOptions) ([]*openfgav1.Tuple, string, error) {
	return nil, "", errors.ErrUnsupported
}

// Write is refused: the store is filled by add.
func (s *store) Write(context.Context, string, storage.Deletes, storage.Writes, ...storage.TupleWriteOption) error {
	return errors.ErrUnsupported
}
