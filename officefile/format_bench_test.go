package officefile_test

import (
	"testing"

	"github.com/mandaat/mandaat/officefile"
)

// BenchmarkFormat lays out the file of an office of 20,000 users and 2,000 companies.
func BenchmarkFormat(b *testing.B) {
	data := largeOffice(20_000, 2_000)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := officefile.Format("large.yaml", data); err != nil {
			b.Fatal(err)
		}
	}
}
