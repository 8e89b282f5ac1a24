package strict_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/officefile/internal/strict"
)

var ample = strict.Limits{Bytes: 1 << 20, Nesting: 32, Aliases: 1_000, AliasedNodes: 1_000}

type leaf struct {
	word string
	on   bool
}

type tree struct {
	words  []string
	leaves []leaf
}

var word = strict.TextLike("a word", "^[a-z]*$").Called("word")

var leafShape = strict.Shape[leaf]{Name: "a leaf", Keys: []strict.Key[leaf]{
	strict.Text("word", "what it says", func(l *leaf) *string { return &l.word }, word),
	strict.Flag("on", "whether it is on", func(l *leaf) *bool { return &l.on }).Optional(),
}}

var treeShape = strict.Shape[tree]{Name: "a tree", Keys: []strict.Key[tree]{
	strict.List("words", "what it says", func(t *tree) *[]string { return &t.words }, strict.As(word, strict.TextOf[string])).Optional(),
	strict.List("leaves", "what hangs on it", func(t *tree) *[]leaf { return &t.leaves }, leafShape).Optional(),
}}

func complaints(d *strict.Document) []string {
	var all []string
	for _, c := range d.Complaints() {
		all = append(all, fmt.Sprintf("%d:%d %s", c.Line, c.Column, c.Message))
	}
	return all
}

func expect(t *testing.T, d *strict.Document, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, complaints(d)); diff != "" {
		t.Errorf("complaints (-expected +found):\n%s", diff)
	}
}

// Each text is at its limit; a limit of one less refuses it.
func TestLimits(t *testing.T) {
	for _, c := range []struct {
		name, text, complaint string
		at, below             strict.Limits
	}{
		{
			"bytes", "words: []", "1:1 found more than 8 bytes, expected a smaller file",
			strict.Limits{Bytes: 9, Nesting: 2},
			strict.Limits{Bytes: 8, Nesting: 2},
		},
		{
			"nesting", "words: [[[a]]]", "1:10 found a list or mapping at depth 4, expected at most 3",
			strict.Limits{Bytes: 99, Nesting: 4},
			strict.Limits{Bytes: 99, Nesting: 3},
		},
		{
			"nesting by an alias", "a: &a [[]]\nb: [*a]", "2:5 found a list or mapping at depth 4, expected at most 3",
			strict.Limits{Bytes: 99, Nesting: 4, Aliases: 9, AliasedNodes: 9},
			strict.Limits{Bytes: 99, Nesting: 3, Aliases: 9, AliasedNodes: 9},
		},
		{
			"aliases", "[&a x, *a, *a]", "1:12 found one alias more, expected at most 1 aliases",
			strict.Limits{Bytes: 99, Nesting: 1, Aliases: 2, AliasedNodes: 2},
			strict.Limits{Bytes: 99, Nesting: 1, Aliases: 1, AliasedNodes: 2},
		},
		{
			"aliased nodes", "[&a [x, y], *a, &b [*a], *b]", "1:26 found aliases that add 10 values, expected at most 9",
			strict.Limits{Bytes: 99, Nesting: 3, Aliases: 3, AliasedNodes: 10},
			strict.Limits{Bytes: 99, Nesting: 3, Aliases: 3, AliasedNodes: 9},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			within := strict.Load([]byte(c.text), c.at)
			if expect(t, within); within.Root() == nil {
				t.Error("found no root at the limit")
			}
			beyond := strict.Load([]byte(c.text), c.below)
			if expect(t, beyond, c.complaint); beyond.Root() != nil {
				t.Error("found a root beyond the limit, expected none to read from")
			}
		})
	}
}

// Escapes of JSON that YAML does not know are read, and do not move the columns
// of what follows.
func TestSurrogatePairs(t *testing.T) {
	text := "\ufeff{\"words\": [\"\\ud83d\\ude00\", \"\\\\ud83d\\\\ude00\", \"\\uD834\\uDD1E\", 7],\n\"leaves\": [{\"word\": \"\\ud83d\\ude00\"}, 8]}"
	d := strict.Load([]byte(text), ample)
	found := treeShape.Read(d, d.Root())
	want := []string{"\U0001f600", `\ud83d\ude00`, "\U0001d11e", "7"}
	if diff := cmp.Diff(want, found.words); diff != "" || found.leaves[0].word != want[0] {
		t.Errorf("words (-expected +found):\n%s", diff)
	}
	expect(t, d,
		fmt.Sprintf(`1:%d found the number 7, expected a text; quote it: "7"`, strings.Index(text, "7]")+1-len("\ufeff")),
		`2:38 found the number 8, expected a leaf, which is a mapping`)
}

func TestColumnBehindManySurrogatePairs(t *testing.T) {
	text := `{"words": ["` + strings.Repeat(`\ud83d\ude00`, 20) + `", 7, "` + strings.Repeat(`\ud83d\ude00`, 20) + `", 8]}`
	d := strict.Load([]byte(text), ample)
	treeShape.Read(d, d.Root())
	expect(t, d,
		fmt.Sprintf(`1:%d found the number 7, expected a text; quote it: "7"`, strings.Index(text, "7,")+1),
		fmt.Sprintf(`1:%d found the number 8, expected a text; quote it: "8"`, strings.Index(text, "8]")+1))
}

func TestLoneSurrogates(t *testing.T) {
	for _, text := range []string{`{"a": "\ud83d"}`, `{"a": "\ud83d\u0041"}`, `{"a": "\ude00\ud83d"}`, `{a: "\ud83d\ude00"}`} {
		d := strict.Load([]byte(text), ample)
		if d.Root() != nil || len(d.Complaints()) != 1 || !strings.Contains(d.Complaints()[0].Message, "invalid Unicode character escape") {
			t.Errorf("%s: found %v, expected a refused escape", text, complaints(d))
		}
	}
}

// The complaint about a value found by its path is about the value itself, or
// about what is left of the way to it.
func TestFaultAt(t *testing.T) {
	const text = "words: &w [a, b, a]\nleaves:\n  - {word: &x c}\n  - {word: *x}\n  - 7\n  - {}\n"
	for _, c := range []struct{ path, found, want string }{
		{"leaves[0].word", `"c"`, `3:12`},
		{"leaves[1].word", `"c"`, `4:12`},
		{"words", `"b"`, `1:15`},
		{"words", `"z"`, `1:8`},
		{"leaves[0].on", `nothing`, `3:5`},
		{"leaves[9].on", `nothing`, `3:3`},
		{"words[1].on.off", `nothing`, `1:15`},
		{"", "all", "1:1"},
	} {
		d := strict.Load([]byte(text), ample)
		d.FaultAt(c.path, c.found, "another")
		expect(t, d, c.want+" found "+c.found+", expected another")
	}
}

// Each of several wrong elements of a list gets a complaint of its own.
func TestFaultAtElements(t *testing.T) {
	d := strict.Load([]byte("words: [a, b, a]"), ample)
	for _, found := range []string{`"a"`, `"b"`, `"a"`} {
		d.FaultAt("words", found, "another")
	}
	expect(t, d, `1:9 found "a", expected another`, `1:12 found "b", expected another`, `1:15 found "a", expected another`)
}

// What follows from a complaint is not complained of.
func TestOneComplaintEach(t *testing.T) {
	d := strict.Load([]byte("leaves:\n  - {word: 7}\n  - {}\n  - 8\n"), ample)
	treeShape.Read(d, d.Root())
	want := complaints(d)
	if len(want) != 3 {
		t.Fatalf("found %v, expected three complaints", want)
	}
	d.FaultAt("leaves[0].word", "7", "another")
	d.FaultAt("leaves[1].word", "nothing", "another")
	d.FaultAt("leaves[2].word", "nothing", "another")
	expect(t, d, want...)
}

// A mapping of many keys is read as one of few, and as fast.
func TestManyKeys(t *testing.T) {
	var b strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&b, "key%d: 1\n", i)
	}
	b.WriteString("words: [a]\nkey7: 1\n")
	d := strict.Load([]byte(b.String()), ample)
	for range 40_000 {
		d.FaultAt("words", `"a"`, "another")
		d.FaultAt("wards", `"a"`, "another")
	}
	expect(t, d,
		`1:1 found "a", expected another`,
		`40001:9 found "a", expected another`,
		`40002:1 found the key "key7" again, expected it once, as on line 8`)
}

func TestNearestKey(t *testing.T) {
	for word, want := range map[string]string{
		"word": "", "words": "word", "wrd": "word", "sword": "word", "wodr": "word", "dorw": "one of word, on", "no": "one of word, on",
		strings.Repeat("word", 99): "one of word, on",
	} {
		d := strict.Load([]byte("{word: a, \"on\": true, "+word+": b}"), ample)
		leafShape.Read(d, d.Root())
		message := strings.Join(complaints(d), "\n")
		if want == "" {
			want = "it once, as on line 1"
		}
		if !strings.HasSuffix(message, "expected "+want) {
			t.Errorf("%s: found %s, expected %s", word, message, want)
		}
	}
}

// No byte is counted twice and none is left out, whatever ends the lines.
func TestPlaceOfUnreadable(t *testing.T) {
	for text, want := range map[string]string{
		"\xff":                   "1:1 found the byte 0xff",
		"a\nb\xff":               "2:2 found the byte 0xff",
		"a\r\nb\r\xc3":           "3:1 found the byte 0xc3",
		"\ufeff\u00e9\u20ac\x00": "1:3 found the character U+0000",
		"a\u0085":                "1:2 found the character U+0085",
		"\r\n\n\r\uffff":         "4:1 found the character U+FFFF",
	} {
		expect(t, strict.Load([]byte(text), ample), want+", expected text in UTF-8")
	}
}

// A value is found at its byte, wherever lines end and whatever stands before it.
func TestOffset(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "é", "€", "\U0001f950", strings.Repeat("long€", 900)}), 1, 9).Draw(t, "words")
		form := rapid.SampledFrom([]string{"[\"%s\"]", "\ufeff[ \"%s\" ]\n", "# €\r\n- \"%s\"\r\n", "# é\r- \"%s\"\r"}).Draw(t, "form")
		between := rapid.SampledFrom([]string{"\", \"", "\",\n \"", "\",\t\"", "\",\r\n \""}).Draw(t, "between")
		if strings.Contains(form, "- ") {
			between = "\"" + rapid.SampledFrom([]string{"\n", "\r", "\r\n"}).Draw(t, "end") + "- \""
		}
		text := fmt.Sprintf(form, strings.Join(words, between))
		d := strict.Load([]byte(text), ample)
		at := 0
		for i, n := range d.Root().Content {
			at += strings.Index(text[at:], `"`+words[i]+`"`)
			if found := d.Offset(n); found != at {
				t.Fatalf("found word %d at %d, expected %d in %q", i, found, at, text)
			}
			at += len(words[i]) + 2
		}
	})
}

// Escapes that are joined for the parser do not move what follows them.
func TestOffsetBehindSurrogatePairs(t *testing.T) {
	text := `{"words": ["` + strings.Repeat(`\ud83d\ude00`, 20) + `", "b", "` + strings.Repeat(`\ud83d\ude00`, 20) + `", "c"]}`
	d := strict.Load([]byte(text), ample)
	words := d.Root().Content[1].Content
	for i, word := range map[int]string{1: `"b"`, 3: `"c"`} {
		if found := d.Offset(words[i]); found != strings.Index(text, word) {
			t.Errorf("found %s at %d, expected %d", word, found, strings.Index(text, word))
		}
	}
}
