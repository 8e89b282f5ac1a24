package policytest_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/mandaat/mandaat/officefile/policytest"
)

// recorder is a test that only notes how it fails.
type recorder struct {
	helped int
	said   string // what failed, a line behind each failure
	ended  bool
}

func (r *recorder) Helper() { r.helped++ }

func (r *recorder) Errorf(format string, args ...any) { r.said += fmt.Sprintf(format, args...) + "\n" }

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	r.ended = true
	runtime.Goexit()
}

// recorded is how assertions fail.
func recorded(assert func(t policytest.TB)) *recorder {
	var r recorder
	done := make(chan struct{})
	go func() {
		defer close(done)
		assert(&r)
	}()
	<-done
	return &r
}

// want holds what failed against what should: with "" nothing fails.
func (r *recorder) want(t *testing.T, said string, ended bool) {
	t.Helper()
	if r.said != said || r.ended != ended {
		t.Errorf("failed with\n%s(ended: %t)\nexpected\n%s(ended: %t)", r.said, r.ended, said, ended)
	}
	if r.helped == 0 {
		t.Error("the assertion does not mark itself as a helper")
	}
}
