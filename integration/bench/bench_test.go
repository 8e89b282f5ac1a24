package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test be the process of an engine, as the program is.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "-engine" {
		if err := serve(os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	m.Run()
}

func TestEveryEngineAgreesAndIsMeasured(t *testing.T) {
	s := settings{
		engines: contenders, rounds: 2, duration: time.Millisecond, limit: time.Second, questions: 300, documents: 12_000,
	}
	got, err := measure(s, size{300, 30})
	if err != nil {
		t.Fatal(err)
	}
	if want := 4*300 + 2*again; got.agreed != want {
		t.Errorf("%d decisions were the same, not %d", got.agreed, want)
	}
	for _, r := range got.rows {
		for _, of := range append([]string{shortList}, single...) {
			if len(r.took[of]) != 2 || r.took[of][0].NS <= 0 {
				t.Errorf("%s: %s took %+v", r.name, of, r.took[of])
			}
		}
		if len(r.took[longList]) == 0 && r.leftOut == 0 && !r.tooMany {
			t.Errorf("%s: the long list was neither measured nor left out", r.name)
		}
	}
	t.Logf("\n%s", &got)
}

func TestADifferenceIsTold(t *testing.T) {
	want := report{Decisions: []byte{1, 0, 1}, Counts: []int{4}}
	if err := alike(want, want); err != nil {
		t.Error(err)
	}
	for _, got := range []report{
		{Decisions: []byte{1, 1, 1}, Counts: []int{4}},
		{Decisions: []byte{1, 0}, Counts: []int{4}},
		{Decisions: []byte{1, 0, 1}, Counts: []int{5}},
	} {
		if alike(want, got) == nil {
			t.Errorf("%v is taken for %v", got, want)
		}
	}
}

func TestTheTableHasMediansAndRatios(t *testing.T) {
	took := func(ns ...float64) map[string][]report {
		list := make([]report, len(ns))
		for i, n := range ns {
			list[i] = report{NS: n}
		}
		return map[string][]report{"view": list}
	}
	table := table{size: size{1000, 100}, agreed: 40_000, rows: []row{
		{contender: contender{"mandaat", "mandaat, by handle", nil}, took: took(9, 20, 1000), load: report{Time: time.Second, Heap: 2e6}},
		{contender: contender{"slow", "slow", nil}, took: took(5000), load: report{Time: time.Second, Heap: 3e7}, leftOut: time.Hour},
	}}
	got := table.String()
	for _, want := range []string{
		"## 1,000 users, 100 companies\n",
		"the same 40,000 decisions",
		"| mandaat, by handle | 20 ns | - | - | - | - | - | - | - | 1.00 s | 2.00 MB |\n",
		"| slow | 5,000 ns (250) | - | - | - | - | - | - | - | 1.00 s (1) | 30 MB (15) |\n",
		"slow has no long list: four would take some 1h0m0s",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in:\n%s", want, got)
		}
	}
}

func TestEnginesAndSizesAreRead(t *testing.T) {
	if got, err := enginesFrom("plain,floor"); err != nil || len(got) != 2 || got[0].name != "floor" {
		t.Errorf("the engines are %v, %v", got, err)
	}
	if _, err := enginesFrom("plain,other"); err == nil {
		t.Error("an engine that there is not was taken")
	}
	if got, err := sizesFrom("1000/100,200/10"); err != nil || len(got) != 2 || got[1] != (size{200, 10}) {
		t.Errorf("the sizes are %v, %v", got, err)
	}
	for _, wrong := range []string{"", "1000", "1000/", "x/100", "100/10", "1000/5"} {
		if _, err := sizesFrom(wrong); err == nil {
			t.Errorf("%q was taken", wrong)
		}
	}
}

func TestADurationHasTheDigitsThatCount(t *testing.T) {
	for ns, want := range map[float64]string{
		4.71: "4.7 ns", 15.4: "15 ns", 12345: "12,345 ns", 450_123: "0.45 ms", 1.5e7: "15 ms", 2.5e9: "2.50 s",
	} {
		if got := duration(ns); got != want {
			t.Errorf("%v ns is written %q, not %q", ns, got, want)
		}
	}
}
