// Package logfile is a file that lines are added to, which can be opened again after
// something else moved it away, and which says whether it takes what is written.
package logfile

import (
	"errors"
	"io"
	"os"
	"sync"
)

// File is a log file. It may be written by many at once; what one Write is given
// stands together.
type File struct {
	name string // empty for what cannot be opened again

	writing sync.Mutex // over what follows
	to      io.Writer
	torn    bool  // whether the last line was written in part
	failed  error // why the last Write failed
}

// Open opens a file to add to, and makes it where there is none, for its owner alone
// to read: a decision log says who works on what.
func Open(name string) (*File, error) {
	to, err := open(name)
	if err != nil {
		return nil, err
	}
	return &File{name: name, to: to}, nil
}

// To is a File that is a stream, such as standard output.
func To(stream io.Writer) *File { return &File{to: stream} }

func open(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
}

// Write adds a whole line. After a line that could be written only in part it begins a
// new one.
func (f *File) Write(line []byte) (int, error) {
	f.writing.Lock()
	defer f.writing.Unlock()
	if f.torn {
		if _, f.failed = io.WriteString(f.to, "\n"); f.failed != nil {
			return 0, f.failed
		}
		f.torn = false
	}
	var n int
	n, f.failed = f.to.Write(line)
	f.torn = f.failed != nil && n > 0
	return n, f.failed
}

// Failed is why the last line could not be written; nil where it was.
func (f *File) Failed() error {
	f.writing.Lock()
	defer f.writing.Unlock()
	return f.failed
}

// Reopen opens the file of that name, which may be another one by now. Where that
// fails, lines still go where they went.
func (f *File) Reopen() error {
	if f.name == "" {
		return nil
	}
	to, err := open(f.name)
	if err != nil {
		return err
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	old := f.to
	f.to, f.torn = to, false
	return shut(old)
}

// Close puts what was written onto the disk.
func (f *File) Close() error {
	f.writing.Lock()
	defer f.writing.Unlock()
	if f.name == "" {
		return nil
	}
	return shut(f.to)
}

func shut(w io.Writer) error {
	file, ok := w.(*os.File)
	if !ok {
		return nil
	}
	err := file.Sync()
	if info, e := file.Stat(); e == nil && !info.Mode().IsRegular() {
		err = nil // a pipe or a device has no disk
	}
	return errors.Join(err, file.Close())
}
