package main

import (
	"bytes"
	"regexp"
	"testing"
	"time"
)

func TestATerminalIsToldWhatTakesItsTime(t *testing.T) {
	var terminal bytes.Buffer
	progress{&terminal, time.Millisecond}.during("reading office.yaml", func() { time.Sleep(50 * time.Millisecond) })
	if !regexp.MustCompile(`^(\rreading office.yaml, \d+\.\d s)+\r {20,}\r$`).MatchString(terminal.String()) {
		t.Errorf("the terminal shows %q", terminal.String())
	}
}

func TestWhatIsQuickIsNotTold(t *testing.T) {
	var terminal bytes.Buffer
	ran := false
	progress{&terminal, time.Hour}.during("reading office.yaml", func() { ran = true })
	if !ran || terminal.Len() > 0 {
		t.Errorf("ran %t, and the terminal shows %q", ran, terminal.String())
	}
}

func TestWhatIsNoTerminalIsToldNothing(t *testing.T) {
	ran := false
	progress{every: time.Nanosecond}.during("reading office.yaml", func() { ran = true })
	if !ran {
		t.Error("the work was not done")
	}
	got := runWith("", "can", "bram", "document.book", "document:inv-7", "-f", devries)
	if got.errors != "" {
		t.Errorf("stderr has %q", got.errors)
	}
}
