package strictjson_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/internal/strictjson"
	"github.com/mandaat/mandaat/problems"
)

const room = 1 << 20

// value draws what JSON can say, at most so deep.
func value(t *rapid.T, depth int) any {
	kinds := 4
	if depth > 0 {
		kinds = 6
	}
	switch rapid.IntRange(0, kinds-1).Draw(t, "kind") {
	case 0:
		return nil
	case 1:
		return rapid.Bool().Draw(t, "flag")
	case 2:
		return json.Number(fmt.Sprint(rapid.Int64().Draw(t, "number")))
	case 3:
		return strings.ToValidUTF8(rapid.String().Draw(t, "text"), "")
	case 4:
		list := make([]any, rapid.IntRange(0, 3).Draw(t, "elements"))
		for i := range list {
			list[i] = value(t, depth-1)
		}
		return list
	}
	members := map[string]any{}
	for range rapid.IntRange(0, 3).Draw(t, "members") {
		members[rapid.SampledFrom([]string{"a", "A", "é", "", `"`}).Draw(t, "key")] = value(t, depth-1)
	}
	return members
}

func TestWhatIsWrittenOnceIsParsed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := value(t, 4)
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "indented") {
			text, _ = json.MarshalIndent(want, "\t", " ") //nolint:errchkjson // it went well before
		}
		got, err := strictjson.Parse(text, room)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Fatalf("%s: %v (-want +got):\n%s", text, err, diff)
		}
		if _, err := strictjson.Parse(append(text, " {}"...), room); !errors.Is(err, problems.ErrInvalid) {
			t.Fatalf("%s with more behind it: %v", text, err)
		}
	})
}

func TestWhatCouldMeanTwoThingsIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		``:                               "one JSON value",
		` `:                              "one JSON value",
		`{}{}`:                           "one JSON value",
		`{} x`:                           "one JSON value",
		`{"a":1,}`:                       "one JSON value",
		`[1,]`:                           "one JSON value",
		`{'a':1}`:                        "one JSON value",
		`{a:1}`:                          "one JSON value",
		`{"a":01}`:                       "one JSON value",
		`{"a":NaN}`:                      "one JSON value",
		`// a` + "\n{}":                  "one JSON value",
		"\ufeff{}":                       "one JSON value",
		"\"a\nb\"":                       "one JSON value",
		`"\x41"`:                         "one JSON value",
		`{"a":1,"a":1}`:                  "each key once",
		`{"a":1,"\u0061":2}`:             "each key once",
		`[{"b":{"a":1,"c":0,"a":null}}]`: "each key once",
		"{\"a\":\"\xff\"}":               "valid UTF-8",
		"{\"\xc3\":1}":                   "valid UTF-8",
		"\"\xed\xa0\x80\"":               "valid UTF-8",
		`"\ud800"`:                       "whole characters",
		`"\udc00"`:                       "whole characters",
		`"\udc00\ud800"`:                 "whole characters",
		`"\ud800\ud800\udc00"`:           "whole characters",
		`"\ud800 \udc00"`:                "whole characters",
		`"\ud800\\udc00"`:                "whole characters",
		`"\\\ud800"`:                     "whole characters",
		`{"\uDFFF":1}`:                   "whole characters",
	} {
		v, err := strictjson.Parse([]byte(text), room)
		if v != nil || !errors.Is(err, problems.ErrInvalid) || !strings.HasSuffix(err.Error(), "expected "+want) {
			t.Errorf("%q is parsed as %v, %v", text, v, err)
		}
	}
}

func TestWhatMeansOneThingIsParsed(t *testing.T) {
	for text, want := range map[string]any{
		`{"a":1,"A":2}`:          map[string]any{"a": json.Number("1"), "A": json.Number("2")},
		`[{"a":1},{"a":1}]`:      []any{map[string]any{"a": json.Number("1")}, map[string]any{"a": json.Number("1")}},
		`"\ud83d\ude00"`:         "😀",
		`"\\ud800"`:              `\ud800`,
		`"\u0041\\\ud83d\ude00"`: `A\😀`,
		`"\u0000\ufffd"`:         "\x00\ufffd",
		` [ ] `:                  []any{},
		`{}`:                     map[string]any{},
		`1e400`:                  json.Number("1e400"),
		`null`:                   nil,
	} {
		got, err := strictjson.Parse([]byte(text), room)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", text, err, diff)
		}
	}
}

func TestNestingAndLengthHaveTheirLimits(t *testing.T) {
	for _, brackets := range [][2]string{{"[", "]"}, {`{"a":`, "}"}} {
		nested := func(n int) []byte {
			return []byte(strings.Repeat(brackets[0], n) + "1" + strings.Repeat(brackets[1], n))
		}
		if _, err := strictjson.Parse(nested(strictjson.MaxDepth), room); err != nil {
			t.Errorf("at the limit: %v", err)
		}
		for _, n := range []int{strictjson.MaxDepth + 1, 9000, 100_000} {
			if _, err := strictjson.Parse(nested(n), room); !errors.Is(err, problems.ErrInvalid) {
				t.Errorf("%d deep: %v", n, err)
			}
		}
	}
	if _, err := strictjson.Parse([]byte(`"abc"`), 5); err != nil {
		t.Errorf("as long as may be: %v", err)
	}
	if _, err := strictjson.Parse([]byte(`"abcd"`), 5); err == nil || err.Error() != "found 6 bytes, expected at most 5 bytes" {
		t.Errorf("a byte more: %v", err)
	}
}

func TestEachKindIsCalledByItsName(t *testing.T) {
	for text, want := range map[string]string{
		"null": "null", "true": "true", "false": "false", `"a"`: `"a"`, "1": "a number", "[]": "a list", "{}": "an object",
	} {
		v, err := strictjson.Parse([]byte(text), room)
		if got := strictjson.Kind(v); got != want || err != nil {
			t.Errorf("%s is %s, %v; want %s", text, got, err, want)
		}
	}
}

// Whatever is parsed, the standard library reads the same from it; what a key says
// twice, it cannot.
func FuzzStrictJSON(f *testing.F) {
	for _, seed := range []string{
		`{"a":[1,"\ud83d\ude00",null,true,{"b":-1.5e3}]}`, `{"a":1,"a":2}`, `{"a":1,"\u0061":2}`, `"\ud800"`, `"\\ud800"`, "\xff",
		strings.Repeat("[", 33) + strings.Repeat("]", 33), `{} {}`, ``,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := strictjson.Parse(text, room)
		if err != nil {
			if got != nil || !errors.Is(err, problems.ErrInvalid) {
				t.Fatalf("%q: %v, %v", text, got, err)
			}
			return
		}
		d := json.NewDecoder(strings.NewReader(string(text)))
		d.UseNumber()
		var want any
		if err := d.Decode(&want); err != nil || !reflect.DeepEqual(want, got) {
			t.Fatalf("%q is parsed as %#v, and by others as %#v, %v", text, got, want, err)
		}
		again, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		if twice, err := strictjson.Parse(again, len(again)); err != nil || !reflect.DeepEqual(twice, got) {
			t.Fatalf("%q is parsed as %#v, written %s and parsed as %#v, %v", text, got, again, twice, err)
		}
	})
}

// However short its values are written, a text has so many at most.
func TestSoManyValuesAndNoMore(t *testing.T) {
	for _, element := range []string{"0", "{}", "[]", `""`, `{"a":0}`} {
		each := 1 + strings.Count(element, ":")
		most := (strictjson.MaxValues - 1) / each
		for _, n := range []int{most, most + 1} {
			text := "[" + strings.Repeat(element+",", n-1) + element + "]"
			if _, err := strictjson.Parse([]byte(text), len(text)); (err == nil) != (n == most) {
				t.Errorf("%d times %s: %v", n, element, err)
			}
		}
	}
}
