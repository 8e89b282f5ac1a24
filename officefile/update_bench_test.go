package officefile_test

import (
	"testing"
	"time"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/roles"
)

// BenchmarkUpdate changes one user of an office of 100,000, and prints the seconds
// that takes, beside those of reading the file once: it is read again to see that
// it says what it should.
func BenchmarkUpdate(b *testing.B) {
	data := largeOffice(benchUsers, benchCompanies)
	b.SetBytes(int64(len(data)))
	var reading, updating time.Duration
	for b.Loop() {
		start := time.Now()
		file, err := officefile.Parse("large.yaml", data)
		if err != nil {
			b.Fatal(err)
		}
		read := time.Now()
		u, _ := file.Office.User("u70007")
		u.Roles = roles.SetOf(roles.Authoriser)
		after, err := file.Office.WithUser(u)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := officefile.Update("large.yaml", data, after); err != nil {
			b.Fatal(err)
		}
		reading, updating = reading+read.Sub(start), updating+time.Since(read)
	}
	b.ReportMetric(float64(len(data))/1e6, "MB/file")
	b.ReportMetric(reading.Seconds()/float64(b.N), "s/read")
	b.ReportMetric(updating.Seconds()/float64(b.N), "s/update")
}
