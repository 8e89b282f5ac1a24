// Package hot keeps what was made of files in step with them while the program
// runs.
//
// It looks at the files from time to time, and asks no operating system to tell:
// looking works on network mounts, through symbolic links that are swapped as
// Kubernetes does, and where a file is replaced by renaming another over it. What
// is wrong is never taken; what was made last stays.
package hot

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// settle is how long a file is left alone after it was seen to have changed, to be
// read once more: whoever is still writing it changes it meanwhile.
const settle = 200 * time.Millisecond

// ErrUnsettled is why files were not taken that changed while they were read.
var ErrUnsettled = errors.New("found a file that was being written, expected one that is whole")

// Content is what stood in files.
type Content struct {
	Data [][]byte // of each file, in the order of their names
	Hash string   // of all of it, such as "sha256:..."
}

// Value is what was made of files. It may be read and looked at by many at once.
type Value[T any] struct {
	names   []string
	limit   int64 // bytes of each
	parse   func(Content) (T, error)
	settle  func() // waits between two readings; see settled
	current atomic.Pointer[taken[T]]
	stale   atomic.Pointer[error] // why the files are not what is current

	looking sync.Mutex    // over what follows: who looks
	seen    []os.FileInfo // of the files, when they were last read; nil is to read them again
	refused string        // hash of the content that was refused last
}

type taken[T any] struct {
	value T
	hash  string
	at    time.Time
}

// Open reads files, each of at most limit bytes, and makes a Value of them.
func Open[T any](limit int64, parse func(Content) (T, error), names ...string) (*Value[T], error) {
	v := &Value[T]{names: names, limit: limit, parse: parse, settle: func() { time.Sleep(settle) }}
	content, err := v.read()
	if err != nil {
		return nil, err
	}
	if err := v.take(content); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(v.seen, func(i os.FileInfo) bool { return !i.Mode().IsRegular() }) {
		v.names = nil // a pipe is read once
	}
	return v, nil
}

// Fixed makes a Value of text that no file holds, which never changes.
func Fixed[T any](data []byte, parse func(Content) (T, error)) (*Value[T], error) {
	v := &Value[T]{parse: parse}
	if err := v.take(ContentOf(data)); err != nil {
		return nil, err
	}
	return v, nil
}

func (v *Value[T]) take(content Content) (err error) {
	defer func() {
		if fault := recover(); fault != nil { // what was made last serves on
			err = fmt.Errorf("reading ended in a fault: %v", fault)
		}
	}()
	value, err := v.parse(content)
	if err != nil {
		return err
	}
	v.current.Store(&taken[T]{value, content.Hash, time.Now()})
	return nil
}

// Get is what was made of the files last.
func (v *Value[T]) Get() T { return v.current.Load().value }

// TakenAt is when that was.
func (v *Value[T]) TakenAt() time.Time { return v.current.Load().at }

// Stale is why the files, as they are now, are not what is current; nil where they
// are.
func (v *Value[T]) Stale() error {
	if err := v.stale.Load(); err != nil {
		return *err
	}
	return nil
}

// Look reads the files again where they changed, and takes what they hold once
// they are whole. It says whether it did. An error is told once for each content
// that is refused, and each time where the caller insists, which also reads files
// that look as they did.
func (v *Value[T]) Look(insist bool) (bool, error) {
	v.looking.Lock()
	defer v.looking.Unlock()
	if len(v.names) == 0 {
		return false, nil
	}
	if insist {
		v.refused = ""
	} else if v.asSeen() {
		return false, nil
	}
	content, err := v.settled()
	if errors.Is(err, ErrUnsettled) && !insist {
		return false, nil // the next look will tell
	}
	return v.consider(content, err)
}

// consider takes what was read, unless it is what is current or was refused.
func (v *Value[T]) consider(content Content, err error) (bool, error) {
	hash := content.Hash
	if err != nil {
		hash = err.Error()
	}
	switch hash {
	case v.current.Load().hash:
		v.stale.Store(nil)
		v.refused = ""
		return false, nil
	case v.refused:
		return false, nil
	}
	if err == nil {
		err = v.take(content)
	}
	if err != nil {
		v.refused = hash
		v.stale.Store(&err)
		return false, err
	}
	v.refused = ""
	v.stale.Store(nil)
	return true, nil
}

// settled is what the files hold, where that is the same twice.
func (v *Value[T]) settled() (Content, error) {
	first, err := v.read()
	if err != nil || first.Hash == v.current.Load().hash || first.Hash == v.refused {
		return first, err
	}
	v.settle()
	again, err := v.read()
	if err == nil && again.Hash != first.Hash {
		v.seen = nil
		return again, ErrUnsettled
	}
	return again, err
}

// read reads every file whole, and remembers how they looked.
func (v *Value[T]) read() (Content, error) {
	v.seen = nil
	data, seen := make([][]byte, len(v.names)), make([]os.FileInfo, len(v.names))
	for i, name := range v.names {
		var err error
		if data[i], seen[i], err = readFile(name, v.limit); err != nil {
			return Content{}, err
		}
	}
	v.seen = seen
	return ContentOf(data...), nil
}

// readFile reads a file that nobody wrote to meanwhile.
func readFile(name string, limit int64) (data []byte, info os.FileInfo, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if info, err = f.Stat(); err != nil {
		return nil, nil, err
	}
	if data, err = io.ReadAll(io.LimitReader(f, limit+1)); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	after, err := f.Stat()
	switch {
	case err != nil:
		return nil, nil, err
	case int64(len(data)) > limit:
		return nil, nil, fmt.Errorf("%s: found more than %d bytes, expected no more", name, limit)
	case info.Mode().IsRegular() && !sameStamp(info, after):
		return nil, nil, fmt.Errorf("%s: %w", name, ErrUnsettled)
	}
	return data, info, nil
}

// ContentOf is what files with the given bytes hold.
func ContentOf(data ...[]byte) Content {
	whole := sha256.New()
	for i, d := range data {
		if i > 0 {
			sum := sha256.Sum256(d) // where one file ends must count
			d = sum[:]
		}
		whole.Write(d)
	}
	return Content{data, "sha256:" + hex.EncodeToString(whole.Sum(nil))}
}
