package review

import (
	"os"
	"regexp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// The tables of docs/findings.md have every rule, in order, with its level and source.
func TestTheDocumentationHasEveryRule(t *testing.T) {
	page, err := os.ReadFile("../docs/findings.md")
	if err != nil {
		t.Fatal(err)
	}
	var told, want, mends, ids []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([A-Z]\\d+)` \\| (error|warning|advice) \\| .+ \\| .+ \\| (.+) \\|$").FindAllStringSubmatch(string(page), -1) {
		told = append(told, m[1]+" "+m[2]+" "+m[3])
	}
	for _, m := range regexp.MustCompile("(?m)^\\| `([A-Z]\\d+)` \\| [^|]+ \\|$").FindAllStringSubmatch(string(page), -1) {
		mends = append(mends, m[1])
	}
	for r := range Rules() {
		want, ids = append(want, r.ID+" "+r.Level.String()+" "+r.Source), append(ids, r.ID)
	}
	if diff := gocmp.Diff(want, told); diff != "" {
		t.Errorf("the rules (-want +told):\n%s", diff)
	}
	if !slices.Equal(ids, mends) {
		t.Errorf("the mends are of %v", mends)
	}
}
