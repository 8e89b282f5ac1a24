package admin_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

// addGolden adds the lines of a golden file, and what is nearly one of them.
func addGolden(f *testing.F, name string, add func(line []byte)) {
	f.Helper()
	text, err := os.ReadFile("testdata/" + name + ".golden")
	if err != nil {
		f.Fatal(err)
	}
	for line := range bytes.Lines(text) {
		add(bytes.TrimSpace(line))
	}
	for _, wrong := range []string{"", "{}", "null", "[]", `{"command":"user.delete","user":"bob","user":"eva"}`, `{"change":"user_used"}`, "\xff", `{"command":"user.delete","user":"\ud800"}`} {
		add([]byte(wrong))
	}
}

// actors is who gives a command that was read: each kind of user, and none.
var actors = []users.ID{"anna", "bob", "eva", "tom", "zed", admin.Software}

func FuzzReadCommand(f *testing.F) {
	addGolden(f, "commands", func(line []byte) { f.Add(line) })
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := admin.ReadCommand(text)
		if err != nil {
			if !errors.Is(err, problems.ErrInvalid) || c != nil {
				t.Fatalf("%q is read as %+v, %v", text, c, err)
			}
			return
		}
		written, err := admin.WriteCommand(c)
		if err != nil {
			t.Fatalf("%q is read as %+v, which is not written: %v", text, c, err)
		}
		if again, err := admin.ReadCommand(written); err != nil || again != c {
			t.Fatalf("%q is read as %+v, written %s and read as %+v, %v", text, c, written, again, err)
		}
		for _, by := range actors {
			carriedOut(t, fixed(t), by, noon, c)
		}
	})
}

// carriedOut gives a command, and checks what holds of any.
func carriedOut(t *testing.T, before admin.State, by users.ID, at time.Time, c admin.Command) (admin.State, []admin.Event) {
	t.Helper()
	after, events, err := admin.Apply(before, by, at, c)
	if err != nil {
		if after != before || len(events) > 0 || !errors.Is(err, changes.ErrRefused) && !errors.Is(err, problems.ErrInvalid) {
			t.Fatalf("%s gives %+v: refused with %v, and %v", by, c, err, events)
		}
		return before, nil
	}
	if _, err := offices.New(after.Office().Parts()); err != nil {
		t.Fatalf("%s gives %+v: what came of it is no office: %v", by, c, err)
	}
	replayed, err := admin.Replay(before, events...)
	if diff := cmp.Diff(after.Office().Parts(), replayed.Office().Parts(), sameParts); diff != "" || err != nil {
		t.Fatalf("%s gives %+v: replayed with %v (-command +events):\n%s", by, c, err, diff)
	}
	return after, events
}

func FuzzReadEvent(f *testing.F) {
	addGolden(f, "events", func(line []byte) { f.Add(line) })
	f.Fuzz(func(t *testing.T, text []byte) {
		var e admin.Event
		if err := e.UnmarshalJSON(text); err != nil {
			if !errors.Is(err, problems.ErrInvalid) || e != (admin.Event{}) {
				t.Fatalf("%q is read as %+v, %v", text, e, err)
			}
			return
		}
		written, err := e.MarshalJSON()
		var again admin.Event
		if errRead := again.UnmarshalJSON(written); err != nil || errRead != nil || again != e {
			t.Fatalf("%q is read as %+v, written %s, %v, and read as %+v, %v", text, e, written, err, again, errRead)
		}
		if english := e.Change.Said().In(0); english == "" {
			t.Fatalf("%q says nothing", text)
		}
		before := fixed(t)
		e.Version = before.Office().Version() + 1
		after, err := admin.Replay(before, e)
		if err != nil && (after != before || !errors.Is(err, problems.ErrInvalid)) {
			t.Fatalf("%q is refused with %v", text, err)
		}
		if _, err := offices.New(after.Office().Parts()); err != nil {
			t.Fatalf("%q makes what is no office: %v", text, err)
		}
	})
}

// FuzzCommands gives the commands of the golden file one after another, as bytes
// tell: each four bytes are which, by whom, how much later, and on whom instead.
func FuzzCommands(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 16, 0, 1, 1, 17, 2, 29, 2})
	f.Add([]byte{35, 0, 0, 0, 37, 1, 0, 0, 33, 0, 0, 0, 24, 0, 0, 0})
	f.Add([]byte{31, 0, 0, 0, 32, 0, 0, 0, 24, 0, 9, 0, 25, 0, 0, 0, 28, 0, 0, 0})
	text, err := os.ReadFile("testdata/commands.golden")
	if err != nil {
		f.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	f.Fuzz(func(t *testing.T, steps []byte) {
		s, at := fixed(t), noon
		start := s
		var events []admin.Event
		for ; len(steps) >= 4 && len(events) < 1000; steps = steps[4:] {
			step := binary.LittleEndian.Uint32(steps)
			line := lines[int(step&0xff)%len(lines)]
			line = bytes.ReplaceAll(line, []byte(`"user":"bob"`), []byte(`"user":"`+[]string{"bob", "anna", "eva", "ivo", "jan", "tom"}[(step>>24)%6]+`"`))
			c, err := admin.ReadCommand(line)
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			at = at.Add(time.Duration(step>>16&0xff) * 7 * time.Minute)
			next, made := carriedOut(t, s, actors[int(step>>8&0xff)%len(actors)], at, c)
			s, events = next, append(events, made...)
		}
		replayed, err := admin.Replay(start, events...)
		if diff := cmp.Diff(s.Office().Parts(), replayed.Office().Parts(), sameParts); diff != "" || err != nil {
			t.Fatalf("replayed with %v (-commands +events):\n%s", err, diff)
		}
	})
}
