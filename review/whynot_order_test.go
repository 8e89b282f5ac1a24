package review

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/offices"
)

// Of remedies with as many changes, one that allows less else comes first, counted
// to the last right; and in large offices, where that is estimated, the estimate
// tells a role that gives much from one that gives little.
func TestOfAsManyChangesThoseThatAllowTheLeastElseComeFirst(t *testing.T) {
	questions := plainQuestions()
	pairs, unlike := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := bruteOffice(rapid.IntRange(0, 127).Draw(t, "roles"), rapid.IntRange(1000, 9999).Draw(t, "round"))
		o, err := offices.New(p)
		if err != nil {
			t.Fatal(err)
		}
		s := admin.Open(o)
		q := rapid.SampledFrom(questions).Draw(t, "question")
		r := q.asked(q.docs)
		answer := WhyNot(s, r)
		for i := 1; i < min(len(answer.Remedies), 12); i++ {
			one, next := answer.Remedies[i-1], answer.Remedies[i]
			if len(one.Changes) != len(next.Changes) {
				continue
			}
			pairs++
			less, more := rightsGained(t, s, one), rightsGained(t, s, next)
			if less > more || less == more && textOf(one.Changes) >= textOf(next.Changes) {
				t.Fatalf("%s: %v gives %d, and comes before %v, which gives %d", q.name, one.Changes, less, next.Changes, more)
			}
			unlike += count(less != more)
		}
	})
	t.Logf("%d pairs, %d of them unlike", pairs, unlike)
	if pairs < 50 || unlike < 20 {
		t.Error("that was too little")
	}
}

func rightsGained(t *rapid.T, s admin.State, r Remedy) int {
	after, err := supposing(s, r.Changes...)
	if err != nil {
		t.Fatal(err)
	}
	return Compare(s, after, plainNow).Gained.Len()
}
