package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/mandaat/mandaat/officefile"
)

// lockPatience is how long a file that another process changes is waited for, and
// lockRetry how often it is tried again.
const (
	lockPatience = 10 * time.Second
	lockRetry    = 50 * time.Millisecond
)

// read reads a file whole, up to the limit of an office file, and gives it to use.
func (p program) read(name string, use func([]byte) ([]byte, error)) error {
	in, closeFile, err := p.open(name)
	if err != nil {
		return fmt.Errorf("cannot read the office file: %w", err)
	}
	data, err := officefile.ReadAll(in)
	if err := errors.Join(err, closeFile()); err != nil {
		return fmt.Errorf("cannot read the office file: %w", err)
	}
	_, err = use(data)
	return err
}

// rewrite replaces a file by what change makes of it: as a whole, under a lock, and
// only if nobody else replaced it meanwhile. Where change fails, or changes nothing,
// the file is not touched.
func (p program) rewrite(name string, change func([]byte) ([]byte, error)) error {
	return p.rewriteWithin(lockPatience, name, change)
}

// rewriteWithin is rewrite with as much patience for a lock.
func (program) rewriteWithin(patience time.Duration, name string, change func([]byte) ([]byte, error)) error {
	if name == "-" {
		return errors.New("--file: found -, expected a file that can be changed; --plan takes standard input too")
	}
	path, err := filepath.EvalSymlinks(name)
	if err != nil {
		return fmt.Errorf("cannot read the office file: %w", err)
	}
	lock, err := locked(path, patience)
	if err != nil {
		return err
	}
	defer func() { _ = lock.Unlock() }() // the lock ends with the process in any case
	return rewriting(path, change)
}

// rewriteTidily is rewrite for a file that is seldom changed by a program: a lock that
// was not there before is gone afterwards.
func (program) rewriteTidily(name string, change func([]byte) ([]byte, error)) error {
	path, err := filepath.EvalSymlinks(name)
	if err != nil {
		return err
	}
	_, before := os.Stat(path + lockSuffix)
	lock, err := locked(path, lockPatience)
	if err != nil {
		return err
	}
	defer func() {
		if errors.Is(before, os.ErrNotExist) {
			_ = os.Remove(lock.Path()) // whoever waits for it sees that it is gone, and begins anew
		}
		_ = lock.Unlock()
	}()
	return rewriting(path, change)
}

// rewriting replaces a file that is locked.
func rewriting(path string, change func([]byte) ([]byte, error)) error {
	before, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("cannot read the office file: %w", err)
	}
	after, err := change(before)
	if err != nil || bytes.Equal(before, after) {
		return err
	}
	if err := replace(path, before, after); err != nil {
		return fmt.Errorf("cannot write the office file, which is as it was: %w", err)
	}
	if err := synced(filepath.Dir(path)); err != nil {
		return fmt.Errorf("the office file was written, and may be as it was after a power failure: %w", err)
	}
	return nil
}

// lockSuffix is behind the name of a file in that of its lock.
const lockSuffix = ".lock"

// locked keeps others from changing a file. The lock is on a file beside it, since the
// file itself is replaced. That file mostly stays; where it was removed meanwhile,
// there is another by now, or none, and the lock on it is worth nothing.
func locked(path string, patience time.Duration) (*flock.Flock, error) {
	lock := flock.New(path + lockSuffix)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		ok, err := lock.TryLockContext(ctx, lockRetry)
		switch {
		case errors.Is(err, context.DeadlineExceeded) || err == nil && !ok:
			return nil, fmt.Errorf("%s: another process has been changing it for %s", path, patience)
		case err != nil:
			return nil, fmt.Errorf("cannot lock the office file: %w", err)
		case isThere(lock):
			return lock, nil
		}
		_ = lock.Unlock()
	}
}

// isThere says whether a lock is still on the file of its name.
func isThere(lock *flock.Flock) bool {
	held, err := lock.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(lock.Path())
	return err == nil && os.SameFile(held, there)
}

// replace writes a file anew beside itself and puts it in its place, if it is still
// as it was before.
func replace(path string, before, after []byte) (err error) {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(temp.Name()))
		}
	}()
	_, err = temp.Write(after)
	err = errors.Join(err, temp.Chmod(info.Mode().Perm()), temp.Sync(), temp.Close())
	if err != nil {
		return err
	}
	now, err := os.ReadFile(path)
	switch {
	case err != nil:
		return err
	case !bytes.Equal(now, before):
		return errors.New("somebody else changed it meanwhile")
	}
	return os.Rename(temp.Name(), path)
}

// synced makes a change of names in a directory last through a power failure.
func synced(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
