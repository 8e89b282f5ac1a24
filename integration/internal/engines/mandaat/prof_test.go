package mandaat_test

import (
	"testing"

	"github.com/mandaat/mandaat/integration/internal/engines/floor"
	"github.com/mandaat/mandaat/integration/internal/engines/mandaat"
	"github.com/mandaat/mandaat/integration/internal/load"
)

func BenchmarkX(b *testing.B) {
	for _, size := range []int{1000, 100000} {
		w := load.New(20261102, size, size/10, 10000, 10000)
		for name, e := range map[string]load.Engine{"floor": new(floor.Engine), "floorids": &floor.Engine{ByIDs: true}, "handle": new(mandaat.Engine), "ids": &mandaat.Engine{ByIDs: true}} {
			if err := e.Load(&w); err != nil {
				b.Fatal(err)
			}
			for kind, qs := range map[string][]load.Question{"view": w.Views, "book": w.Books, "user": w.UserViews, "mixed": w.Mixed} {
				f, err := e.Prepare(&w, qs)
				if err != nil {
					b.Fatal(err)
				}
				b.Run(name+"/"+kind+"/"+map[int]string{1000: "small", 100000: "large"}[size], func(b *testing.B) {
					j := 0
					for b.Loop() {
						f(j)
						if j++; j == len(qs) {
							j = 0
						}
					}
				})
			}
		}
	}
}
