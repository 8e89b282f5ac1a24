package openfga_test

import (
	"testing"

	"github.com/mandaat/mandaat/integration/internal/engines/enginetest"
	"github.com/mandaat/mandaat/integration/internal/engines/openfga"
	"github.com/mandaat/mandaat/integration/internal/load"
)

func TestItDecidesAsThePlainOne(t *testing.T) {
	w := enginetest.Small()
	enginetest.Agrees(t, new(openfga.Engine), &w)
}

func BenchmarkCheck(b *testing.B) {
	w := load.New(1, 1000, 100, 10_000, 10_000)
	e := new(openfga.Engine)
	if err := e.Load(&w); err != nil {
		b.Fatal(err)
	}
	for _, of := range []struct {
		name string
		qs   []load.Question
	}{{"view", w.Views}, {"book", w.Books}, {"user view", w.UserViews}, {"mixed", w.Mixed}} {
		name, qs := of.name, of.qs
		check, err := e.Prepare(&w, qs)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				check(i % len(qs))
			}
		})
	}
}
