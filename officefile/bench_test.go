package officefile_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/mandaat/mandaat/officefile"
)

const (
	benchUsers     = 100_000
	benchCompanies = 10_000
)

// largeOffice is the file of an office with so many users and companies. One user
// in ten reaches every company, as an office's own staff does; the others are
// clients, with three companies each.
func largeOffice(users, companies int) []byte {
	var b bytes.Buffer
	b.WriteString("version: 1\noffice: {code: large, name: Large, time_zone: Europe/Amsterdam}\n")
	b.WriteString("accounting_systems:\n  - id: exact\n    name: Exact\n    connection: login_success\n    synchronisation_user: u0\n" +
		"    users: [{id: s, name: S, email: s@x.example, rank: 1, can_book: true, can_change_master_data: true, companies: all}]\n")
	b.WriteString("companies:\n")
	for i := range companies {
		fmt.Fprintf(&b, "  - {id: c%d, name: Company %d, accounting_system: exact, authorisation_workflow: true, payment_agreement: false}\n", i, i)
	}
	b.WriteString("users:\n")
	for i := range users {
		fmt.Fprintf(&b, "  - id: u%d\n    username: user%d\n    email: user%d@x.example\n", i, i, i)
		if i%10 == 0 {
			b.WriteString("    roles: [accountant, client_user]\n    companies: all\n    accounting_users: [{system: exact, user: s, verified: true}]\n")
			continue
		}
		fmt.Fprintf(&b, "    roles: [client_user]\n    companies: [c%d, c%d, c%d]\n    used: true\n", i%companies, i*7%companies, i*13%companies)
	}
	return b.Bytes()
}

// BenchmarkRead100kUsers reads an office of 100,000 users and 10,000 companies.
func BenchmarkRead100kUsers(b *testing.B) {
	data := largeOffice(benchUsers, benchCompanies)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	start := time.Now()
	for b.Loop() {
		if _, err := officefile.Parse("large.yaml", data); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(time.Since(start).Seconds()/float64(b.N), "s/office")
	b.ReportMetric(float64(len(data))/1e6, "MB/file")
}
