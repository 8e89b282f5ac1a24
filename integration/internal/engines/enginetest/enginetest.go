// Package enginetest holds an engine to the decisions of the plain one.
package enginetest

import (
	"testing"

	"github.com/mandaat/mandaat/integration/internal/engines/plain"
	"github.com/mandaat/mandaat/integration/internal/load"
)

// Small is a workload that every engine answers within seconds.
func Small() load.Workload { return load.New(3, 400, 40, 2_000, 2_000) }

// Agrees fails where an engine answers otherwise than the plain one, asked or
// listed. It loads the engine, and closes it.
func Agrees(t *testing.T, e load.Engine, w *load.Workload) {
	t.Helper()
	reference := new(plain.Engine)
	for _, e := range []load.Engine{reference, e} {
		if err := e.Load(w); err != nil {
			t.Fatal(err)
		}
	}
	for _, qs := range w.Asking() {
		asksAlike(t, reference, e, w, qs)
	}
	listsAlike(t, reference, e, w)
	if err := e.Close(); err != nil {
		t.Error(err)
	}
}

func asksAlike(t *testing.T, reference, e load.Engine, w *load.Workload, qs []load.Question) {
	t.Helper()
	want, err := reference.Prepare(w, qs)
	if err != nil {
		t.Fatal(err)
	}
	got, err := e.Prepare(w, qs)
	if err != nil {
		t.Fatal(err)
	}
	wrong := 0
	for i := range qs {
		if want, got := want(i), got(i); want != got && wrong < 10 {
			wrong++
			t.Errorf("%+v by %+v is %t, not %t", qs[i], w.Office.Users[qs[i].User], got, want)
		}
	}
}

func listsAlike(t *testing.T, reference, e load.Engine, w *load.Workload) {
	t.Helper()
	want, err := reference.List(w, len(w.Documents))
	if err != nil {
		t.Fatal(err)
	}
	got, err := e.List(w, len(w.Documents))
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range w.Listers {
		if want, got := want(u), got(u); want != got {
			t.Errorf("%s sees %d documents, not %d", w.Office.Users[u].ID, got, want)
		}
	}
}
