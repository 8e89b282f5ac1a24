package officefile_test

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/policy"
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

// BenchmarkLarge reads and compiles an office of 100,000 users and 10,000
// companies, and prints the seconds of each and the memory that is left standing:
// of the file once it is read, and of the snapshot beside it.
func BenchmarkLarge(b *testing.B) {
	data := largeOffice(benchUsers, benchCompanies)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	var reading, compiling time.Duration
	var kept struct {
		file     *officefile.File
		snapshot *policy.Snapshot
	}
	empty := heap()
	for b.Loop() {
		start := time.Now()
		file, err := officefile.Parse("large.yaml", data)
		if err != nil {
			b.Fatal(err)
		}
		read := time.Now()
		kept.file, kept.snapshot = file, policy.Compile(file.Office)
		reading, compiling = reading+read.Sub(start), compiling+time.Since(read)
	}
	both := heap()
	kept.file = nil
	compiled := heap()
	runtime.KeepAlive(kept.snapshot)
	runtime.KeepAlive(data)
	b.ReportMetric(float64(len(data))/1e6, "MB/file")
	b.ReportMetric(reading.Seconds()/float64(b.N), "s/read")
	b.ReportMetric(compiling.Seconds()/float64(b.N), "s/compile")
	b.ReportMetric(float64(both-empty)/1e6, "MB/office+snapshot")
	b.ReportMetric(float64(compiled-empty)/1e6, "MB/snapshot")
}

// heap is the bytes in use once all that is not needed is gone.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
