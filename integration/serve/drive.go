package main

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// result is a round of one exam.
type result struct {
	decisions  float64 // a second
	rate       float64 // requests a second
	p50        float64 // seconds, of a request; likewise below
	p99        float64
	p999       float64
	processing float64 // seconds of the server's processor time, for each decision
}

// agree asks everything, and holds the answers to those that are right.
func (x *exam) agree(right []bool) error {
	c, err := x.dial()
	if err != nil {
		return err
	}
	x.allowances = make([]int, len(x.asks))
	wrong := 0
	for i := range x.asks {
		answer, err := c.ask(i)
		if err != nil {
			return errors.Join(err, c.Close())
		}
		differing, err := x.compare(i, answer, right)
		if err != nil {
			return errors.Join(err, c.Close())
		}
		wrong += differing
		x.allowances[i] = bytes.Count(answer, []byte(x.yes))
	}
	if wrong > 0 {
		err = fmt.Errorf("%d decisions are not those of the check written by hand", wrong)
	}
	return errors.Join(err, c.Close())
}

// compare counts the wrong decisions in an answer.
func (x *exam) compare(i int, answer []byte, right []bool) (wrong int, err error) {
	if x.constant {
		return 0, nil
	}
	got, err := x.read(i, answer)
	if err != nil {
		return 0, err
	}
	if len(got) != len(x.asks[i]) {
		return 0, fmt.Errorf("%d decisions on %d questions", len(got), len(x.asks[i]))
	}
	for n, at := range x.asks[i] {
		if got[n] != right[at] {
			wrong++
		}
	}
	return wrong, nil
}

// round has so many connections ask for a while, each the next as soon as it is answered.
func (s *server) round(x *exam, connections int, d time.Duration) (r result, err error) {
	open := make([]connection, connections)
	defer func() {
		for _, c := range open {
			if c != nil {
				err = errors.Join(err, c.Close())
			}
		}
	}()
	for i := range open {
		if open[i], err = x.dial(); err != nil {
			return r, err
		}
		if _, err = open[i].ask(0); err != nil { // what it costs to start is not the question's
			return r, err
		}
	}
	asked := make([]asking, connections)
	before, start := s.used(), time.Now()
	var all sync.WaitGroup
	for i, c := range open {
		asked[i] = asking{exam: x, next: i * len(x.asks) / connections}
		all.Go(func() { asked[i].until(c, start.Add(d)) })
	}
	all.Wait()
	took, used := time.Since(start), s.used()-before
	var each []time.Duration
	decisions := 0
	for i := range asked {
		each = append(each, asked[i].took...)
		decisions += asked[i].decisions
		err = errors.Join(err, asked[i].err)
	}
	return resultOf(each, decisions, took, used), err
}

// asking is what one connection asks in a round.
type asking struct {
	*exam
	next      int
	took      []time.Duration // of each request
	decisions int
	err       error
}

// until asks until it is late. An answer with other allowances than the one that was
// found right ends it.
func (a *asking) until(c connection, late time.Time) {
	yes := []byte(a.yes)
	for start := time.Now(); start.Before(late); {
		answer, err := c.ask(a.next)
		now := time.Now()
		if err == nil && bytes.Count(answer, yes) != a.allowances[a.next] {
			err = fmt.Errorf("request %d was answered otherwise before: %.300s", a.next, answer)
		}
		if err != nil {
			a.err = err
			return
		}
		a.took = append(a.took, now.Sub(start))
		a.decisions += len(a.asks[a.next])
		if a.next++; a.next == len(a.asks) {
			a.next = 0
		}
		start = time.Now()
	}
}

// resultOf sums a round up. Every request counts in the quantiles, by its own time.
func resultOf(each []time.Duration, decisions int, took time.Duration, used float64) result {
	slices.Sort(each)
	return result{
		decisions: float64(decisions) / took.Seconds(), rate: float64(len(each)) / took.Seconds(),
		p50: quantile(each, 500), p99: quantile(each, 990), p999: quantile(each, 999),
		processing: used / float64(decisions),
	}
}

// quantile is the time, in seconds, that so many of a thousand did not exceed; 0 of none.
func quantile(sorted []time.Duration, of int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)*of+999)/1000-1].Seconds()
}
