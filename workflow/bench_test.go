package workflow_test

import (
	"fmt"
	"testing"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/workflow"
)

// BenchmarkDo prints what a command costs, by command.
func BenchmarkDo(b *testing.B) {
	s := compiled(b)
	for _, row := range []struct {
		who   users.ID
		does  workflow.Command
		about documents.Document
	}{
		{"carla", upload("bakery"), none},
		{"carla", assign("anna", "bob"), tagging},
		{"bob", approve, authorised},
		{"bram", book, toBook},
	} {
		b.Run(row.does.Name(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := workflow.Do(s, row.about, row.who, now, row.does); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRefused prints what a command costs that is refused.
func BenchmarkRefused(b *testing.B) {
	s := compiled(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := workflow.Do(s, authorised, "anna", now, approve); err == nil {
			b.Fatal("done")
		}
	}
}

// BenchmarkReplay prints what an event costs, of so many documents.
func BenchmarkReplay(b *testing.B) {
	s := compiled(b)
	for _, n := range []int{1, 10_000} {
		events := make([]workflow.Event, n)
		for i := range events {
			c := workflow.Upload{Document: documents.ID(fmt.Sprint("inv-", i)), Company: "bakery"}
			result, err := workflow.Do(s, none, "carla", now, c)
			if err != nil {
				b.Fatal(err)
			}
			events[i] = result.Event
		}
		b.Run(fmt.Sprintf("events=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := workflow.Replay(nil, events...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
