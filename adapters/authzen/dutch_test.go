package authzen_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/words"
)

// Whatever is wrong with a request is said in Dutch to who reads Dutch, down to
// what a property was expected to be.
func TestWhatIsWrongIsSaidInDutch(t *testing.T) {
	english := regexp.MustCompile(`\b(found|expected|the|which|not|without|nothing|such|must|once|list|number)\b`)
	files, err := filepath.Glob("testdata/requests/*.json")
	if err != nil {
		t.Fatal(err)
	}
	s, asked := source(t), 0
	s.Reader = policy.Reader{Audience: policy.Staff, Language: words.Dutch}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := authzen.Parse(data)
		if err != nil {
			continue // told to a program, in English
		}
		asked++
		reason := s.Evaluate(r, now).Context.Reason
		quoted := regexp.MustCompile(`"[^"]*"`).ReplaceAllString(reason, "")
		if left := english.FindAllString(quoted, -1); left != nil || reason == "" {
			t.Errorf("%s: %q is left of the English in: %s", filepath.Base(name), left, reason)
		}
	}
	if asked < 100 {
		t.Errorf("only %d requests", asked)
	}
}
