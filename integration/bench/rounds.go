package main

import (
	"runtime"
	"sync"
	"time"
)

// batch is how many checks are made between looks at the clock, where they are
// quick; a check that is not is timed by itself.
const batch = 256

// ask measures single checks for a round.
func (s *server) ask(o order) report {
	a := s.checks[o.Do]
	a.asked(1) // what it costs to start is not the check's
	size := batch
	if a.asked(8) > o.Round/32 {
		size = 1
	}
	return measured(o.Round, func() int {
		a.asked(size)
		return size
	})
}

// asked asks the next n questions, and says how long that took.
func (a *asking) asked(n int) time.Duration {
	check, next, yes := a.check, a.next, 0
	start := time.Now()
	for range n {
		if check(next) {
			yes++
		}
		if next++; next == a.n {
			next = 0
		}
	}
	took := time.Since(start)
	use(yes)
	a.next = next
	return took
}

// use keeps what leads to a number from being optimised away.
//
//go:noinline
func use(int) {}

// measured repeats what does some of something until the time has passed, and gives
// the time and allocations of one.
func measured(atLeast time.Duration, some func() int) report {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	done := some()
	for time.Since(start) < atLeast {
		done += some()
	}
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	n := float64(done)
	return report{NS: float64(took.Nanoseconds()) / n, Allocs: float64(after.Mallocs-before.Mallocs) / n}
}

// list measures the lists of all who list, as the mean of one.
func (s *server) list(o order) (report, error) {
	if err := s.ready(o.Documents); err != nil {
		return report{}, err
	}
	if o.Once {
		o.Round = 0
	}
	return measured(o.Round, func() int {
		for _, u := range s.w.Listers {
			use(s.count(u))
		}
		return len(s.w.Listers)
	}), nil
}

// together compares two goroutines that check with one, beside two and one that only
// count: what the machine gives to two at once.
func (s *server) together(o order) report {
	a := s.checks["view"]
	checking := func() func() {
		own := *a
		return func() { own.asked(batch) }
	}
	counting := func() func() {
		sum := 0
		return func() {
			for i := range batch * 32 {
				sum = sum*31 + i
			}
			use(sum)
		}
	}
	return report{Ratio: gain(o.Round, checking), Control: gain(o.Round, counting)}
}

// gain is how much more two do at once than one does. Each has work of its own.
func gain(round time.Duration, work func() func()) float64 {
	one := times(round, work())
	var done [2]float64
	var both sync.WaitGroup
	for i := range done {
		both.Go(func() { done[i] = times(round, work()) })
	}
	both.Wait()
	return (done[0] + done[1]) / one
}

// times is how often the work is done in a round.
func times(round time.Duration, work func()) (n float64) {
	for start := time.Now(); time.Since(start) < round; n++ {
		work()
	}
	return n
}
