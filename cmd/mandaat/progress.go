package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// patience is how long something may take before a terminal is told of it, and
// how often from then on.
const patience = 500 * time.Millisecond

// progress tells a terminal what is being done while that takes its time, on one
// line that is gone when it is done. The zero progress tells nobody.
type progress struct {
	terminal io.Writer // nil where problems do not go to a terminal
	every    time.Duration
}

// during runs work under a name, such as "reading office.yaml".
func (p progress) during(name string, work func()) {
	if p.terminal == nil {
		work()
		return
	}
	done, cleared := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(cleared)
		p.tell(name, done)
	}()
	work()
	close(done)
	<-cleared
}

// tell writes the line over itself until done, and then wipes it.
func (p progress) tell(name string, done <-chan struct{}) {
	began, tick := time.Now(), time.NewTicker(p.every)
	defer tick.Stop()
	width := 0
	for {
		select {
		case <-done:
			if width > 0 {
				p.write("\r" + strings.Repeat(" ", width) + "\r")
			}
			return
		case <-tick.C:
			line := fmt.Sprintf("%s, %.1f s", name, time.Since(began).Seconds())
			width = len(line)
			p.write("\r" + line)
		}
	}
}

// write ignores what cannot be written: it is for watching only.
func (p progress) write(s string) { _, _ = io.WriteString(p.terminal, s) }
