package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/mandaat/mandaat/integration/internal/engines/mandaat"
	"github.com/mandaat/mandaat/integration/internal/engines/plain"
	"github.com/mandaat/mandaat/integration/internal/load"
)

// inBatches is how many connections ask batches: one server answers while another
// answer is read.
const inBatches = 2

// row is what was measured of one server.
type row struct {
	contender
	single map[int][]result // by connections, one for each round
	batch  []result
	most   int // questions in one request of a batch
}

// measure starts the servers, has them answer alike, and measures them.
func measure(s settings) (t table, err error) {
	b := &bench{settings: s, w: workload(s.size, s.questions)}
	if b.dir, err = os.MkdirTemp("", "mandaat-serve"); err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	if b.module, err = module(); err != nil {
		return t, err
	}
	if b.right, err = decided(new(plain.Engine), &b.w); err != nil {
		return t, err
	}
	defer func() {
		for _, p := range b.started {
			err = errors.Join(err, p.stop())
		}
	}()
	all, err := b.startAll()
	if err != nil {
		return t, err
	}
	t = table{settings: s, agreed: len(b.right)}
	if t.engine, err = b.engine(); err != nil {
		return t, err
	}
	t.rows, err = b.measureAll(all)
	return t, err
}

// startAll starts every server and has it answer every question, by itself and in
// batches.
func (b *bench) startAll() (all []*server, err error) {
	for _, c := range b.contenders {
		s, err := c.start(b)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
		s.contender = c
		all = append(all, s)
		for _, x := range []*exam{&s.single, &s.batch} {
			if err := x.agree(b.right); err != nil {
				return nil, fmt.Errorf("%s: %w\n%s", c.name, err, s.said())
			}
		}
	}
	return all, nil
}

// measureAll gives each server a round of each measurement before any has the next.
func (b *bench) measureAll(all []*server) ([]row, error) {
	rows := make([]row, len(all))
	for i, s := range all {
		rows[i] = row{contender: s.contender, single: make(map[int][]result), most: len(s.batch.asks[0])}
	}
	for range b.rounds {
		for _, n := range b.connections {
			for i, s := range all {
				r, err := s.round(&s.single, n, b.duration)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", s.name, err)
				}
				rows[i].single[n] = append(rows[i].single[n], r)
			}
		}
		for i, s := range all {
			r, err := s.round(&s.batch, inBatches, b.duration)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.name, err)
			}
			rows[i].batch = append(rows[i].batch, r)
		}
	}
	return rows, nil
}

// decided is an engine's decisions, in process.
func decided(e load.Engine, w *load.Workload) ([]bool, error) {
	if err := e.Load(w); err != nil {
		return nil, err
	}
	check, err := e.Prepare(w, w.Mixed)
	if err != nil {
		return nil, err
	}
	list := make([]bool, len(w.Mixed))
	for i := range list {
		list[i] = check(i)
	}
	return list, e.Close()
}

// engine is what one check of the library takes by itself, on the same questions, in
// seconds: the best of the rounds.
func (b *bench) engine() (best float64, err error) {
	e := &mandaat.Engine{ByIDs: true}
	if err := e.Load(&b.w); err != nil {
		return 0, err
	}
	check, err := e.Prepare(&b.w, b.w.Mixed)
	if err != nil {
		return 0, err
	}
	for range max(b.rounds, 3) {
		checks, start := 0, time.Now()
		for time.Since(start) < b.duration/10 {
			for i := range b.right {
				if check(i) != b.right[i] {
					return 0, fmt.Errorf("question %d was answered otherwise before", i)
				}
			}
			checks += len(b.right)
		}
		if took := time.Since(start).Seconds() / float64(checks); best == 0 || took < best {
			best = took
		}
	}
	return best, nil
}
