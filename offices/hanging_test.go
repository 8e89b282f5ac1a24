package offices_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

func TestWhatHangsOnACompanyIsNamedBeforeItIsDeleted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := []companies.ID{"bakery", "garage"}
		p := offices.Parts{
			Code: "devries", Name: "De Vries", TimeZone: time.UTC,
			Systems: []sync.System{{ID: "exact", Name: "Exact", SynchronisationUser: "a"}},
		}
		for _, id := range ids {
			p.Companies = append(p.Companies, companies.Company{ID: id, Name: "Company", System: "exact"})
		}
		want := map[companies.ID]offices.Hanging{}
		for _, id := range []users.ID{"a", "b", "c"} {
			u := users.User{ID: id, Username: string(id), Email: "x@example.com"}
			for _, company := range ids {
				h := want[company]
				if rapid.Bool().Draw(t, "access") {
					u.Access = u.Access.With(company)
					h.Access = append(h.Access, id)
				}
				want[company] = h
			}
			if pays := rapid.SampledFrom([]companies.ID{"", "bakery", "garage"}).Draw(t, "pays"); pays != "" {
				u.BillTo = users.BillToCompany(pays)
				h := want[pays]
				h.BillTo = append(h.BillTo, id)
				want[pays] = h
			}
			p.Users = append(p.Users, u)
		}
		office, err := offices.New(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, company := range ids {
			got := office.HangingOn(company)
			if !slices.Equal(got.Access, want[company].Access) || !slices.Equal(got.BillTo, want[company].BillTo) {
				t.Fatalf("on %s hang %v, want %v", company, got, want[company])
			}
		}
	})
}
