package authzen_test

import (
	"strings"
	"testing"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/policy"
)

// carrying is the good request with a member that nobody reads.
func carrying(member string) string {
	return strings.Replace(good, `{"subject"`, `{"z":`+member+`,"subject"`, 1)
}

// lists and objects nest so deep that the request is depth deep.
func lists(depth int) string {
	return carrying(strings.Repeat("[", depth-1) + strings.Repeat("]", depth-1))
}

func objects(depth int) string {
	return carrying(strings.Repeat(`{"a":`, depth-1) + "1" + strings.Repeat("}", depth-1))
}

func padded(size int) string { return good + strings.Repeat(" ", size-len(good)) }

func TestLimitsOfARequest(t *testing.T) {
	s := source(t)
	for name, c := range map[string]struct{ at, beyond, want string }{
		"size":    {padded(authzen.MaxBytes), padded(authzen.MaxBytes + 1), "found 1048577 bytes, expected at most 1048576 bytes"},
		"lists":   {lists(authzen.MaxDepth), lists(authzen.MaxDepth + 1), "found deeper nesting, expected at most 32 levels"},
		"objects": {objects(authzen.MaxDepth), objects(authzen.MaxDepth + 1), "found deeper nesting, expected at most 32 levels"},
	} {
		t.Run(name, func(t *testing.T) {
			if a, err := s.Answer([]byte(c.at), now); err != nil || !a.Decision {
				t.Errorf("at the limit: %+v, %v", a, err)
			}
			if a, err := s.Answer([]byte(c.beyond), now); err == nil || err.Error() != c.want || a.Decision {
				t.Errorf("beyond the limit: %+v, %v", a, err)
			}
		})
	}
}

// A list of a request is read whole; how many it may name is the policy's limit.
func TestLimitsOfAList(t *testing.T) {
	s := source(t)
	for n, want := range map[int]string{
		0: "authoriser_unfit", 1: "yes", policy.MaxNamed: "authoriser_unfit", policy.MaxNamed + 1: "bad_property", 65_536: "bad_property",
	} {
		names := strings.TrimSuffix(strings.Repeat(`"anna",`, n), ",")
		r := ask(t, `carla document.assign document:inv-1 {"authorisers":[`+names+`]}`)
		if got := codeOf(s.Evaluate(r, now)); got != want {
			t.Errorf("%d names: got %s, want %s", n, got, want)
		}
	}
}
