package admin_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/problems"
)

// member is one of a JSON object that is held as a list, so that a key may come twice.
type member struct {
	key   string
	value string
}

func membersOf(t *rapid.T, text []byte) (list []member) {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil {
		t.Fatal(err)
	}
	for key, value := range sorted(members) {
		list = append(list, member{key, string(value)})
	}
	return list
}

func objectOf(list []member) []byte {
	var parts []string
	for _, m := range list {
		quoted, _ := json.Marshal(m.key) //nolint:errchkjson // a text
		parts = append(parts, string(quoted)+":"+m.value)
	}
	return []byte("{" + strings.Join(parts, ",") + "}")
}

// refusedAt checks that a text is refused with an error below each path, and says
// whether one mentions a text.
func refusedAt(t *rapid.T, c codec, text []byte, mentions string, at ...string) {
	t.Helper()
	v, err := c.read(text)
	if !errors.Is(err, problems.ErrInvalid) {
		t.Fatalf("%s is read as %+v, %v", text, v, err)
	}
	for _, path := range at {
		if !slices.ContainsFunc(paths(err), func(p string) bool {
			rest, below := strings.CutPrefix(p, path)
			return below && (rest == "" || rest[0] == '.' || rest[0] == '[')
		}) {
			t.Fatalf("%s is refused, but not at %s: %v", text, path, err)
		}
	}
	if !strings.Contains(err.Error(), mentions) {
		t.Fatalf("%s is refused without a word of %s: %v", text, mentions, err)
	}
}

func TestAnUnknownKeyIsRefused(t *testing.T) {
	forSome(t, func(t *rapid.T, c codec, v any) {
		list := membersOf(t, written(t, c, v))
		list = slices.Insert(list, rapid.IntRange(0, len(list)).Draw(t, "at"), member{"surprise", "1"})
		refusedAt(t, c, objectOf(list), `"surprise"`)
	})
}

func TestAKeyThatComesTwiceIsRefused(t *testing.T) {
	forSome(t, func(t *rapid.T, c codec, v any) {
		list := membersOf(t, written(t, c, v))
		twice := among(t, "twice", list)
		refusedAt(t, c, objectOf(append(list, twice)), `"`+twice.key+`"`)
	})
}

// A key that is spelt with an escape is the same key.
func TestAKeyThatComesTwiceInDisguiseIsRefused(t *testing.T) {
	forSome(t, func(t *rapid.T, c codec, v any) {
		text := string(written(t, c, v))
		disguised := strings.Replace(text, `{"`+c.name+`":`, `{"\u006`+string("0123456789abcdef"[c.name[0]-0x60])+c.name[1:]+`":"none","`+c.name+`":`, 1)
		if disguised == text { // the events begin with their version
			disguised = strings.Replace(text, `{"version":`, `{"\u0076ersion":1,"version":`, 1)
		}
		refusedAt(t, c, []byte(disguised), "twice")
	})
}

// What may be left out is what is not written where it is zero: of a value that has
// everything, whatever is needed is missed by name.
func TestAMissingKeyIsRefusedByName(t *testing.T) {
	forSome(t, func(t *rapid.T, c codec, v any) {
		list := membersOf(t, written(t, c, v))
		i := rapid.IntRange(0, len(list)-1).Draw(t, "missing")
		without := slices.Delete(slices.Clone(list), i, i+1)
		if again, err := c.read(objectOf(without)); err == nil {
			if again == v {
				t.Fatalf("%s says the same as %s", objectOf(without), objectOf(list))
			}
			return
		}
		key := list[i].key
		if !optionalKeys[key] {
			refusedAt(t, c, objectOf(without), "found nothing", key)
		}
	})
}

// optionalKeys is what may be left out by itself, though something must be given.
var optionalKeys = map[string]bool{
	"language": true, "spenser": true, "username": true, "password_link_minutes": true, "grant_roles": true, "name": true,
	"give_companies": true, "give_later_companies": true, "change_bank_details": true, "accounting_user": true,
}

func TestAValueOfAnotherTypeIsRefusedWhereItStands(t *testing.T) {
	forSome(t, func(t *rapid.T, c codec, v any) {
		list := membersOf(t, written(t, c, v))
		i := rapid.IntRange(0, len(list)-1).Draw(t, "at")
		list[i].value = among(t, "wrong", []string{`{"no":{}}`, `[[]]`, `1.5`, `-1`, `1e2`, `99999999999999999999`, `"\u0000"`})
		refusedAt(t, c, objectOf(list), "expected", list[i].key)
	})
}

// Null is a value only where it takes something away.
func TestNullIsRefusedWhereItMeansNothing(t *testing.T) {
	forSome(t, func(t *rapid.T, c codec, v any) {
		list := membersOf(t, written(t, c, v))
		i := rapid.IntRange(0, len(list)-1).Draw(t, "at")
		if list[i].key == "end_date" {
			return
		}
		list[i].value = "null"
		refusedAt(t, c, objectOf(list), "null", list[i].key)
	})
}

func TestAKeyInAnotherCaseIsRefused(t *testing.T) {
	forSome(t, func(t *rapid.T, c codec, v any) {
		list := membersOf(t, written(t, c, v))
		i := rapid.IntRange(0, len(list)-1).Draw(t, "at")
		key := list[i].key
		list[i].key = among(t, "as", []string{strings.ToUpper(key), strings.ToUpper(key[:1]) + key[1:], key + " ", strings.ReplaceAll(key, "_", "-") + "_"})
		if key == c.name { // of what is not known to be anything, nothing else is said
			refusedAt(t, c, objectOf(list), "found nothing", key)
			return
		}
		refusedAt(t, c, objectOf(list), `"`+list[i].key+`"`)
	})
}

func TestAllThatIsWrongIsSaidTogether(t *testing.T) {
	forSome(t, func(t *rapid.T, c codec, v any) {
		list := membersOf(t, written(t, c, v))
		var at []string
		for i, m := range list {
			if m.key != c.name && rapid.Bool().Draw(t, "wrong") {
				list[i].value = `{"no":{}}`
				at = append(at, m.key)
			}
		}
		refusedAt(t, c, objectOf(append(list, member{"surprise", "1"})), `"surprise"`, at...)
	})
}

func TestWhatIsNotOneValueInUTF8IsRefused(t *testing.T) {
	forSome(t, func(t *rapid.T, c codec, v any) {
		text := written(t, c, v)
		behind := among(t, "behind", []string{"{}", " null", ",", "}", "\x00", "x", string(text)})
		refusedAt(t, c, slices.Concat(text, []byte(behind)), "")
		cut := rapid.IntRange(0, len(text)-1).Draw(t, "cut")
		refusedAt(t, c, text[:cut], "")
		i := bytes.IndexByte(text, ':') + 2 // within a text, or before a number
		refusedAt(t, c, slices.Concat(text[:i], []byte(among(t, "no UTF-8", []string{"\xff", "\xc3", "\xed\xa0\x80"})), text[i:]), "UTF-8")
		refusedAt(t, c, slices.Concat([]byte("\ufeff"), text), "")
	})
}
