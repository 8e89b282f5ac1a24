package load_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/mandaat/mandaat/integration/internal/load"
)

func TestTheSameSeedGivesTheSameWorkload(t *testing.T) {
	a, b := load.New(7, 500, 40, 2000, 500), load.New(7, 500, 40, 2000, 500)
	if !reflect.DeepEqual(a, b) {
		t.Error("two workloads of one seed differ")
	}
	if c := load.New(8, 500, 40, 2000, 500); reflect.DeepEqual(a.Mixed, c.Mixed) {
		t.Error("another seed gives the same questions")
	}
}

func TestAUserHasAValidSetOfRoles(t *testing.T) {
	w := load.New(1, 1000, 100, 100, 1)
	for _, u := range w.Office.Users {
		has := func(r string) bool { return slices.Contains(u.Roles, r) }
		if len(u.Roles) == 0 || has("client_user") && has("restricted_client_user") || has("accountant") && has("sme_accountant") {
			t.Fatalf("%s holds %v", u.ID, u.Roles)
		}
		if !slices.IsSorted(u.Companies) || len(u.Companies) == 0 {
			t.Fatalf("%s reaches %v", u.ID, u.Companies)
		}
	}
}

func TestARouteIsPendingWhereTheStageSaysSo(t *testing.T) {
	w := load.New(1, 1000, 100, 10_000, 1)
	for _, d := range w.Documents {
		pending := d.InTurn >= 0
		if d.Stage == load.Authorisation && !pending || pending && d.Stage != load.Authorisation && d.Stage != load.Archived ||
			pending && !d.EverAssigned {
			t.Fatalf("a document that cannot be: %+v", d)
		}
	}
}

func TestAFitMergerIsOfDocumentsThatBelongTogether(t *testing.T) {
	w := load.New(1, 1000, 100, 10_000, 10_000)
	for _, q := range w.Mixed {
		if q.Action != load.Merge {
			continue
		}
		a, b := w.Documents[q.Document], w.Documents[q.Other]
		together := a.Company == b.Company && a.DeliveredBy == b.DeliveredBy
		if together != q.Fit || q.Document == q.Other || q.Fit && a.Stage != b.Stage {
			t.Fatalf("%+v: %+v with %+v", q, a, b)
		}
	}
}
