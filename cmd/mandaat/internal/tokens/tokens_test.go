package tokens_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/cmd/mandaat/internal/tokens"
	"github.com/mandaat/mandaat/policy"
)

func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Exactly the tokens of a file are somebody's, and each is its own caller's.
func TestATokenIsItsCallers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfNDistinct(rapid.StringMatching(`[!-~]{30,36}`), 1, 8, rapid.ID).Draw(t, "tokens")
		var file strings.Builder
		audiences := make([]string, len(all))
		for i, token := range all {
			audiences[i] = rapid.SampledFrom([]string{"", "nobody", "asker", "staff"}).Draw(t, "audience")
			sum := digest(token)
			if rapid.Bool().Draw(t, "capitals") {
				sum = strings.ToUpper(sum)
			}
			fmt.Fprintf(&file, "# comment\n\n caller-%d\t%s %s\r\n", i, sum, audiences[i])
		}
		known, err := tokens.Parse([]byte(file.String()))
		if err != nil {
			t.Fatal(err)
		}
		for i, token := range all {
			caller, ok := known.Find(token)
			switch {
			case ok != (len(token) >= tokens.MinLength):
				t.Fatalf("%q: %t", token, ok)
			case ok && (caller.Name != fmt.Sprint("caller-", i) || caller.Given != (audiences[i] != "")):
				t.Fatalf("%q: %+v, expected caller %d", token, caller, i)
			case ok && caller.Given && caller.Audience.String() != audiences[i]:
				t.Fatalf("%q: %+v, expected %s", token, caller, audiences[i])
			case !ok && caller != tokens.Caller{}:
				t.Fatalf("nobody is %+v", caller)
			}
			for _, other := range []string{token + "x", token[1:], strings.ToUpper(token) + "x", " " + token, digest(token), ""} {
				if caller, ok := known.Find(other); ok {
					t.Fatalf("%q is %+v", other, caller)
				}
			}
		}
	})
}

func TestWhatIsWrongWithAFileOfTokens(t *testing.T) {
	a, b := digest("a"), digest("b")
	for file, says := range map[string]string{
		"":                                   "no token",
		"# nothing\n\n":                      "no token",
		"a":                                  "line 1: found 1 words",
		"a " + a + " staff more":             "line 1: found 4 words",
		"a " + a + "\nb " + a:                "line 2: found a digest again",
		"a " + a + "\na " + b:                `line 2: found "a" again`,
		"a " + a[1:]:                         "line 1: found a word of 63 bytes",
		"a " + a + "0":                       "line 1: found a word of 65 bytes",
		"a " + strings.Repeat("g", 64):       "line 1: found a word of 64 bytes",
		"a correct-horse-battery-staple":     "line 1: found a word of 28 bytes",
		"a " + digest(""):                    "line 1: found the SHA-256 of nothing",
		"a " + a + " everybody":              `line 1: found "everybody"`,
		"a\x01 " + a:                         "a name of at most 128 bytes",
		strings.Repeat("a", 129) + " " + a:   "a name of at most 128 bytes",
		"a " + a + "\n\xff":                  "not UTF-8",
		"a " + a[1:] + "\nb " + b + " nobdy": "line 2: found",
	} {
		known, err := tokens.Parse([]byte(file))
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "horse") {
			t.Errorf("%q: %v; expected %s", file, err, says)
		}
		if _, ok := known.Find("a"); ok {
			t.Errorf("%q lets somebody ask", file)
		}
	}
}

func TestNobodyIsKnownWithoutAFile(t *testing.T) {
	var none tokens.Tokens
	for _, presented := range []string{"", strings.Repeat("a", tokens.MinLength), strings.Repeat("a", 1<<20)} {
		if caller, ok := none.Find(presented); ok || caller.Audience != policy.Nobody {
			t.Errorf("%.40q is %+v", presented, caller)
		}
	}
}
