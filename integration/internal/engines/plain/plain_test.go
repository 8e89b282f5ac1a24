package plain_test

import (
	"testing"

	"github.com/mandaat/mandaat/integration/internal/engines/plain"
	"github.com/mandaat/mandaat/integration/internal/load"
)

// Each action is allowed and denied often enough for the engines to be compared.
func TestEachActionIsAllowedAndDenied(t *testing.T) {
	w := load.New(1, 1000, 100, 10_000, 20_000)
	tally := make(map[string][2]int)
	for name, qs := range map[string][]load.Question{"": w.Mixed, "views ": w.Views, "books ": w.Books, "user views ": w.UserViews} {
		e := new(plain.Engine)
		if err := e.Load(&w); err != nil {
			t.Fatal(err)
		}
		check, err := e.Prepare(&w, qs)
		if err != nil {
			t.Fatal(err)
		}
		for i := range qs {
			counts := tally[name+qs[i].Action]
			if check(i) {
				counts[0]++
			} else {
				counts[1]++
			}
			tally[name+qs[i].Action] = counts
		}
	}
	for action, counts := range tally {
		share := 100 * counts[0] / (counts[0] + counts[1])
		t.Logf("%-40s %6d allowed, %6d denied", action, counts[0], counts[1])
		if share < 20 || share > 80 {
			t.Errorf("%s is allowed %d times in a hundred", action, share)
		}
	}
	if want := len(load.Actions()) + 3; len(tally) != want {
		t.Errorf("%d kinds of question are asked, not %d", len(tally), want)
	}
}

func TestTheListIsWhatIsAskedOneByOne(t *testing.T) {
	w := load.New(2, 500, 50, 3_000, 1)
	e := new(plain.Engine)
	if err := e.Load(&w); err != nil {
		t.Fatal(err)
	}
	count, err := e.List(&w, len(w.Documents))
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Listers) != 4 {
		t.Fatalf("%d users list", len(w.Listers))
	}
	for _, u := range w.Listers {
		var qs []load.Question
		for d := range w.Documents {
			qs = append(qs, load.Question{User: u, Action: load.View, Document: d, Target: -1, Other: -1, Fit: true})
		}
		check, err := e.Prepare(&w, qs)
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		for i := range qs {
			if check(i) {
				want++
			}
		}
		if got := count(u); got != want || want == 0 {
			t.Errorf("%s lists %d documents, not %d", w.Office.Users[u].ID, got, want)
		}
	}
}
