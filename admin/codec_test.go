package admin_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/problems"
)

// codec is how a kind of value is written and read.
type codec struct {
	name  string // of the key under which a value says what it is
	names []string
	make  func(m maker, name string) any
	write func(v any) ([]byte, error)
	read  func(text []byte) (any, error)
}

func codecs(t *testing.T) []codec {
	t.Helper()
	return []codec{{
		"command", admin.CommandNames(),
		func(m maker, name string) any { return m.command(name) },
		func(v any) ([]byte, error) { return admin.WriteCommand(v.(admin.Command)) }, //nolint:errcheck,forcetypeassert // it made one
		func(text []byte) (any, error) { return admin.ReadCommand(text) },
	}, {
		"change", changeNames(t),
		func(m maker, name string) any { return m.event(changeMakers[name](m)) },
		func(v any) ([]byte, error) { return v.(admin.Event).MarshalJSON() }, //nolint:errcheck,forcetypeassert // it made one
		func(text []byte) (any, error) {
			var e admin.Event
			err := e.UnmarshalJSON(text)
			return e, err
		},
	}}
}

// changeNames is the kinds of changes, as the error tells them that one is none.
func changeNames(t testing.TB) []string {
	t.Helper()
	for _, p := range problems.All(new(admin.Event).UnmarshalJSON([]byte(`{"change":"none"}`))) {
		if list, ok := strings.CutPrefix(p.Expected, "one of "); ok && p.Path == "change" {
			return strings.Split(list, ", ")
		}
	}
	t.Fatal("no error names the kinds of changes")
	return nil
}

// forEach checks a property of the values of each kind.
func forEach(t *testing.T, spoilt bool, check func(t *rapid.T, c codec, v any)) {
	t.Helper()
	for _, c := range codecs(t) {
		for _, name := range c.names {
			t.Run(c.name+" "+name, func(t *testing.T) {
				rapid.Check(t, func(t *rapid.T) { check(t, c, c.make(maker{t, spoilt}, name)) })
			})
		}
	}
}

// forSome checks a property of values of kinds that are drawn too.
func forSome(t *testing.T, check func(t *rapid.T, c codec, v any)) {
	t.Helper()
	for _, c := range codecs(t) {
		t.Run(c.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				first := rapid.IntRange(0, len(c.names)-1).Draw(t, "first kind")
				for i := range 5 { // what is drawn is mostly small, so that they stand far apart
					check(t, c, c.make(maker{t, false}, c.names[(first+7*i)%len(c.names)]))
				}
			})
		})
	}
}

func written(t *rapid.T, c codec, v any) []byte {
	t.Helper()
	text, err := c.write(v)
	if err != nil {
		t.Fatalf("%+v is not written: %v", v, err)
	}
	return text
}

func TestEveryKindIsMade(t *testing.T) {
	for i, made := range [][]string{keysOf(commandMakers), keysOf(changeMakers)} {
		if diff := cmp.Diff(slices.Sorted(slices.Values(codecs(t)[i].names)), made); diff != "" {
			t.Errorf("(-kinds +made):\n%s", diff)
		}
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(changeNames(t))), keysOf(rightsFor)); diff != "" {
		t.Errorf("rights (-kinds +made):\n%s", diff)
	}
}

func TestWhatIsWrittenIsReadAsItWas(t *testing.T) {
	forEach(t, false, func(t *rapid.T, c codec, v any) {
		text := written(t, c, v)
		again, err := c.read(text)
		if err != nil || again != v {
			t.Fatalf("%+v is written %s and read as %+v, %v", v, text, again, err)
		}
		if twice := written(t, c, again); string(twice) != string(text) || !json.Valid(text) || bytes.ContainsRune(text, '\n') {
			t.Fatalf("%+v is written %s and then %s", v, text, twice)
		}
	})
}

// What cannot be read is not written, nor the other way about; a command that is
// not written is not carried out either, for the same reasons.
func TestWhatCannotBeReadIsNotWritten(t *testing.T) {
	forEach(t, true, func(t *rapid.T, c codec, v any) {
		text, err := c.write(v)
		if err == nil {
			if again, err := c.read(text); err != nil || again != v {
				t.Fatalf("%+v is written %s and read as %+v, %v", v, text, again, err)
			}
			return
		}
		if text != nil || !errors.Is(err, problems.ErrInvalid) {
			t.Fatalf("%+v is written %s, %v", v, text, err)
		}
		var refused error
		switch v := v.(type) {
		case admin.Command:
			_, _, refused = admin.Apply(fixed(t), "anna", noon, v)
		case admin.Event:
			_, refused = admin.Replay(fixed(t), v)
		}
		if refused == nil || c.name == "command" && refused.Error() != err.Error() {
			t.Fatalf("%+v is not written, %v, and yet done: %v", v, err, refused)
		}
	})
}

func TestTheOrderOfKeysDoesNotMatter(t *testing.T) {
	forSome(t, func(t *rapid.T, c codec, v any) {
		mixed := reordered(t, written(t, c, v))
		if again, err := c.read(mixed); err != nil || again != v {
			t.Fatalf("%s is read as %+v, %v; want %+v", mixed, again, err, v)
		}
	})
}

// reordered is the same JSON with the keys of every object in another order, and
// room around everything.
func reordered(t *rapid.T, text []byte) []byte {
	t.Helper()
	var members map[string]json.RawMessage
	var elements []json.RawMessage
	var parts []string
	switch {
	case json.Unmarshal(text, &members) == nil && members != nil:
		keys := keysOf(members)
		if len(keys) > 1 {
			keys = rapid.Permutation(keys).Draw(t, "order")
		}
		for _, key := range keys {
			quoted, _ := json.Marshal(key) //nolint:errchkjson // a text
			parts = append(parts, string(quoted)+" : "+string(reordered(t, members[key])))
		}
		return []byte("{\n" + strings.Join(parts, " ,\t") + "}")
	case json.Unmarshal(text, &elements) == nil && elements != nil:
		for _, e := range elements {
			parts = append(parts, string(reordered(t, e)))
		}
		return []byte("[ " + strings.Join(parts, "\r\n,") + "]")
	}
	return append([]byte(" "), text...)
}
