package policy

import (
	"fmt"
	"testing"
)

// BenchmarkMay prints what one answer costs where who asks and what is asked about were
// both found before.
func BenchmarkMay(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		s := compileLarge(b, n)
		requests := largeRequests(n)
		subjects, placed := make([]Subject, len(requests)), make([]Placed, len(requests))
		for i, r := range requests {
			subjects[i], placed[i] = s.Subject(r.Subject, r.At), s.Place(r.Resource)
		}
		for _, a := range []Action{DocumentView, DocumentBook, DocumentTag} {
			b.Run(fmt.Sprintf("%s/users=%d", a, n), func(b *testing.B) {
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					at := i & 1023
					sink = subjects[at].May(a, placed[at])
				}
			})
		}
	}
}
