package officefile_test

import (
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// byValue compares domain values by what they say of themselves.
var byValue = cmp.Options{
	cmp.Transformer("zone", func(z *time.Location) string { return z.String() }),
	cmp.Transformer("access", func(a users.Access) []companies.ID { return slices.Collect(a.All()) }),
	cmp.Transformer("date", users.Date.String),
	cmp.Transformer("billTo", func(b users.BillTo) [2]any { return [2]any{b.Chosen(), b.String()} }),
	cmp.Transformer("reach", func(r sync.Reach) [2]any { return [2]any{r.All(), slices.Collect(r.Some().All())} }),
	cmp.Transformer("route", documents.Route.Steps),
	cmp.Transformer("document", func(d documents.Document) documents.Parts { return d.Parts() }),
	cmpopts.SortSlices(strings.Compare), // values of a setting, which are written in any order
	cmpopts.EquateEmpty(),
}
