package spell_test

import (
	"testing"

	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/officefile/internal/spell"
)

// A text that needs no quotes is read as itself wherever it stands, and any other is in
// quotes.
func TestATextIsReadAsItIsSpelt(t *testing.T) {
	plain := 0
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(
			rapid.StringMatching(`[a-zA-Z0-9 .@_+/'()-]{0,12}`), rapid.StringMatching(`[yYnNoOfFtTrRuUeEaAlLsS]{1,5}`),
			rapid.StringMatching(`\.{0,2}/?[a-z:#, ~]{0,5}`), rapid.SampledFrom([]string{"null", ".inf", ".nan", "0x1", "1e3", "~", "--- a", "..."}),
			rapid.StringOf(rapid.Rune().Filter(func(r rune) bool { return r > ' ' && r < 0xfffd && (r < 0x7f || r > 0x9f) })),
		).Draw(t, "text")
		spelt := spell.Quoted(s, false)
		if spell.Plain(s) {
			plain++
			spelt = s
		}
		for _, form := range []string{"- ", "[a, ", "{a: ", "a: ", "{"} {
			end := map[byte]string{'[': ", b]", '{': "}"}[form[0]]
			if form == "{" {
				end = ": b}"
			}
			var n yaml.Node
			if err := yaml.Load([]byte(form+spelt+end+"\n"), &n); err != nil || !holds(&n, s) {
				t.Fatalf("%s%s%s does not hold the text %q: %v", form, spelt, end, s, err)
			}
		}
	})
	if t.Logf("%d texts without quotes", plain); plain < 10 {
		t.Errorf("only %d texts were without quotes", plain)
	}
}

func holds(n *yaml.Node, s string) bool {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!str" && n.Value == s {
		return true
	}
	for _, child := range n.Content {
		if holds(child, s) {
			return true
		}
	}
	return false
}
