package offices

import (
	"fmt"
	"testing"

	"github.com/mandaat/mandaat/companies"
)

// Looking for each id from where the last one was finds it where it stands, near or far,
// there or not; and so does guessing, however the ids end.
func TestLookingNearbyAndGuessingFindWhatIsThere(t *testing.T) {
	for _, format := range []string{"c%03d", "company %03d", "%03d of the same end"} {
		var o Office
		for n := range 70 {
			f := finderOf(&o)
			for apart := 1; apart < 2*n+2; apart = apart*3/2 + 1 {
				near := 0
				for i := 0; i < 2*n+2; i += apart {
					id := companies.ID(fmt.Sprintf(format, i/2)) + []companies.ID{"", "-"}[i%2]
					at, is := f.next(near, id)
					guessed, there := f.place(id)
					if want := i%2 == 0 && i/2 < n; is != want || there != want || want && (at != i/2 || guessed != i/2) {
						t.Fatalf("%q of %d, %d apart, is found at %d, %v, and guessed at %d, %v", id, n, apart, at, is, guessed, there)
					}
					near = at
				}
			}
			id := companies.ID(fmt.Sprintf(format, n))
			o.companies = o.companies.With(id, &companies.Company{ID: id})
		}
	}
}
