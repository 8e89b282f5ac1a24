package authzen_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	third "github.com/openfga/api/proto/authzen/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/mandaat/mandaat/policy"
)

// ask asks for a page of a search; nil is no page.
type ask func(context.Context, *third.PageRequest) ([]string, *third.PageResponse, error)

// searching is a connection that reads what a search takes as well as what was found.
func (p *pdp) searching() *conn {
	c := p.conn()
	c.read.DiscardUnknown = true
	return c
}

func (c *conn) subjects(q question) ask {
	return func(ctx context.Context, page *third.PageRequest) ([]string, *third.PageResponse, error) {
		got, err := c.client().SubjectSearch(ctx, &third.SubjectSearchRequest{
			StoreId: store, Subject: &third.SubjectFilter{Type: "user"}, Action: action(q.what),
			Resource: resource(q.kind, q.which), Page: page,
		})
		for _, r := range got.GetResults() {
			if r.GetType() != "user" {
				return nil, nil, fmt.Errorf("found %v", r)
			}
		}
		return named(got.GetResults(), (*third.Subject).GetId), got.GetPage(), err
	}
}

func (c *conn) resources(q question) ask {
	return func(ctx context.Context, page *third.PageRequest) ([]string, *third.PageResponse, error) {
		got, err := c.client().ResourceSearch(ctx, &third.ResourceSearchRequest{
			StoreId: store, Subject: user(q.who), Action: action(q.what), Resource: &third.ResourceFilter{Type: q.kind}, Page: page,
		})
		for _, r := range got.GetResults() {
			if r.GetType() != q.kind {
				return nil, nil, fmt.Errorf("found %v", r)
			}
		}
		return named(got.GetResults(), (*third.Resource).GetId), got.GetPage(), err
	}
}

func (c *conn) actions(q question) ask {
	return func(ctx context.Context, page *third.PageRequest) ([]string, *third.PageResponse, error) {
		got, err := c.client().ActionSearch(ctx, &third.ActionSearchRequest{
			StoreId: store, Subject: user(q.who), Resource: resource(q.kind, q.which), Page: page,
		})
		return named(got.GetResults(), (*third.Action).GetName), got.GetPage(), err
	}
}

func named[T any](list []T, of func(T) string) (names []string) {
	for _, one := range list {
		names = append(names, of(one))
	}
	return names
}

// those are the names with which a question is answered with yes.
func (p *pdp) those(names []string, with func(string) question) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !p.could(with(name)) })
}

// An action that takes something is asked as if it were well supplied.
func TestSubjectSearchFindsWhoMay(t *testing.T) {
	p, found := served(t, storePath), 0
	for a := range policy.AllActions() {
		for _, which := range things[a.On()] {
			q := question{what: a.String(), kind: a.On().String(), which: which}
			want := p.those(people, func(who string) question { return question{who, q.what, q.kind, q.which} })
			finds(t, fmt.Sprint(q), want, p.searching().subjects(q))
			found += len(want)
		}
	}
	if found < 50 {
		t.Errorf("only %d found", found)
	}
}

func TestResourceSearchFindsOnWhat(t *testing.T) {
	p, found := served(t, storePath), 0
	for a := range policy.AllActions() {
		for _, who := range people {
			q := question{who: who, what: a.String(), kind: a.On().String()}
			want := p.those(things[a.On()], func(which string) question { return question{q.who, q.what, q.kind, which} })
			finds(t, fmt.Sprint(q), want, p.searching().resources(q))
			found += len(want)
		}
	}
	if found < 50 {
		t.Errorf("only %d found", found)
	}
}

func TestActionSearchFindsWhatSomebodyMay(t *testing.T) {
	var names []string
	for a := range policy.AllActions() {
		names = append(names, a.String())
	}
	p, found := served(t, storePath), 0
	for kind, ids := range things {
		for _, which := range ids {
			for _, who := range people {
				q := question{who: who, kind: kind.String(), which: which}
				want := p.those(names, func(what string) question { return question{q.who, what, q.kind, q.which} })
				finds(t, fmt.Sprint(q), want, p.searching().actions(q))
				found += len(want)
			}
		}
	}
	if found < 50 {
		t.Errorf("only %d found", found)
	}
}

// finds asks without a page, and then page by page to the end, for pages of several sizes.
func finds(t *testing.T, what string, want []string, ask ask) {
	t.Helper()
	if got, page, err := ask(t.Context(), nil); err != nil || page != nil || !slices.Equal(got, want) {
		t.Errorf("%s: found %v, not %v; %v, %v", what, got, want, page, err)
	}
	all := len(want)
	for _, limit := range slices.Compact([]int{1, 2, max(all-1, 2), max(all, 2), max(all, 2) + 1}) {
		if got, err := paged(t, limit, all, ask); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s, by %d: found %v, not %v; %v", what, limit, got, want, err)
		}
	}
}

// paged asks until no page is next, and no more often than it should take. It says the
// limit again with every other token.
func paged(t *testing.T, limit, all int, ask ask) (list []string, err error) {
	t.Helper()
	size := new(uint32(limit)) //nolint:gosec // small
	page := &third.PageRequest{Limit: size}
	for i := range all/limit + 2 {
		some, next, err := ask(t.Context(), page)
		if err != nil {
			return nil, err
		}
		if len(some) > limit || next == nil || int(next.GetCount()) != len(some) {
			return nil, fmt.Errorf("a page of %d has %v, and is %v", limit, some, next)
		}
		list = append(list, some...)
		if next.GetNextToken() == "" {
			return list, nil
		}
		page = &third.PageRequest{Token: new(next.GetNextToken())}
		if i%2 == 0 {
			page.Limit = size
		}
	}
	return nil, errors.New("the pages have no end")
}

// The context of a search is all that the third party's types do not have: without it
// they hold the answer, and an answer without one is read strictly.
func TestOnlyTheContextOfASearchIsUnknown(t *testing.T) {
	c := served(t, storePath).conn()
	q := question{"anna", "document.approve", "document", "inv-2"}
	for name, ask := range map[string]ask{"subjects": c.subjects(q), "resources": c.resources(q)} {
		for _, page := range []*third.PageRequest{nil, {Limit: new(uint32(1))}} {
			if found, _, err := ask(t.Context(), page); err != nil || len(found) == 0 {
				t.Errorf("%s: found %v; %v", name, found, err)
			}
		}
	}
	_, _, err := c.actions(q)(t.Context(), &third.PageRequest{})
	if err == nil || !strings.Contains(err.Error(), `unknown field "context"`) {
		t.Errorf("got %v", err)
	}
	var loose, strict third.ActionSearchResponse
	if err := (protojson.UnmarshalOptions{DiscardUnknown: true}).Unmarshal(c.got.body, &loose); err != nil {
		t.Fatal(err)
	}
	if err := protojson.Unmarshal(without(t, c.got.body, "context"), &strict); err != nil {
		t.Fatal(err)
	}
	if !proto.Equal(&loose, &strict) || len(strict.GetResults()) == 0 || strict.GetPage() == nil {
		t.Errorf("%v is not %v", &loose, &strict)
	}
}
