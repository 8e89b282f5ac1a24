package logfile_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/cmd/mandaat/internal/logfile"
)

// disk is full from time to time: it then takes so many bytes of what is written.
type disk struct {
	bytes.Buffer
	room int // -1 is enough
}

var errFull = errors.New("no space left")

func (d *disk) Write(p []byte) (int, error) {
	if d.room < 0 || d.room >= len(p) {
		return d.Buffer.Write(p)
	}
	n, _ := d.Buffer.Write(p[:d.room])
	d.room = 0
	return n, errFull
}

// Whatever the disk does, a line that was written stands alone and whole, and one that
// was not is told.
func TestALineIsWholeOrToldToBeLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &disk{room: -1}
		f := logfile.To(d)
		var written []string
		for i := range rapid.IntRange(1, 12).Draw(t, "lines") {
			d.room = rapid.SampledFrom([]int{-1, -1, 0, 1, 4}).Draw(t, "room")
			line := strings.Repeat(string(rune('a'+i)), 6)
			_, err := f.Write([]byte(line + "\n"))
			if err == nil {
				written = append(written, line)
			}
			if !errors.Is(f.Failed(), err) {
				t.Fatalf("wrote with %v, failed %v", err, f.Failed())
			}
		}
		var whole []string
		for line := range strings.Lines(d.String()) {
			if len(line) == len("aaaaaa\n") {
				whole = append(whole, strings.TrimSuffix(line, "\n"))
			}
		}
		if strings.Join(whole, " ") != strings.Join(written, " ") {
			t.Fatalf("written %q, whole %q", written, whole)
		}
	})
}

// A file that was moved away gets nothing more once it was opened again, and nothing
// is lost.
func TestAFileThatIsMovedAway(t *testing.T) {
	name := filepath.Join(t.TempDir(), "log")
	f, err := logfile.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	say := func(line string) {
		if _, err := f.Write([]byte(line + "\n")); err != nil {
			t.Fatal(err)
		}
	}
	say("one")
	if err := os.Rename(name, name+".1"); err != nil {
		t.Fatal(err)
	}
	say("two")
	if err := f.Reopen(); err != nil {
		t.Fatal(err)
	}
	say("three")
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{name + ".1": "one\ntwo\n", name: "three\n"} {
		if text, err := os.ReadFile(file); err != nil || string(text) != want {
			t.Errorf("%s: %q, %v; expected %q", file, text, err, want)
		}
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
}

// Where the file cannot be opened again, lines go where they went.
func TestAFileThatCannotBeOpenedAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "logs")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	f, err := logfile.Open(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(dir, dir+".gone"); err != nil {
		t.Fatal(err)
	}
	if err := f.Reopen(); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("opened again: %v", err)
	}
	if _, err := f.Write([]byte("line\n")); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(filepath.Join(dir+".gone", "log")); err != nil || string(text) != "line\n" {
		t.Errorf("%q, %v", text, err)
	}
}
