package policy_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/policy"
)

// TestPlainAnswerAgrees asks the library and the sentences of the articles the
// same questions.
func TestPlainAnswerAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		office := plainOffice(t)
		snapshot := policy.Compile(office)
		for range 20 {
			r := plainRequest(t, office)
			decision := snapshot.Check(r)
			answer := "yes"
			if !decision.Allowed() {
				answer = "no " + decision.Code().String()
			}
			plain := plainAnswer(office, r)
			if answer != plain {
				t.Fatalf("may %s %v %s with %+v: the library says %s, the sentences say %s",
					r.Subject, r.Action, r.Resource, r.With, answer, plain)
			}
			codes := decision.Warnings().Codes()
			if plain := plainWarnings(office, r, plain); !slices.Equal(codes, plain) {
				t.Fatalf("may %s %v %s: the library warns of %v, the sentences of %v",
					r.Subject, r.Action, r.Resource, codes, plain)
			}
		}
	})
}
