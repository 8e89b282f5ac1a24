package words_test

import (
	"testing"

	"github.com/mandaat/mandaat/words"
)

func FuzzParseLanguage(f *testing.F) {
	for _, seed := range []string{"en", "nl", "", "EN", "nl_NL.UTF-8", "Language(2)", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, err := words.ParseLanguage(text)
		if err == nil && l.String() != text || err != nil && l != words.English {
			t.Fatalf("%q was read as %s, %v", text, l, err)
		}
	})
}
