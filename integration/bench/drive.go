package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"time"

	"github.com/mandaat/mandaat/integration/internal/engines/plain"
	"github.com/mandaat/mandaat/integration/internal/load"
)

// process is the process of one engine, as its parent sees it.
type process struct {
	contender
	command *exec.Cmd
	orders  *json.Encoder
	input   io.Closer
	answers *json.Decoder
}

func start(c contender) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	command := exec.Command(self, "-engine", c.name) //nolint:noctx,gosec // it is this program, and ends when its input does
	command.Stderr = os.Stderr
	input, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &process{c, command, json.NewEncoder(input), input, json.NewDecoder(output)}, command.Start()
}

func (p *process) obey(o order) (r report, err error) {
	if err := p.orders.Encode(o); err != nil {
		return r, err
	}
	if err := p.answers.Decode(&r); err != nil {
		return r, fmt.Errorf("%s: %w", p.name, err)
	}
	if r.Error != "" {
		return r, errors.New(r.Error)
	}
	return r, nil
}

func (p *process) stop() error { return errors.Join(p.input.Close(), p.command.Wait()) }

// measure starts the engines, has them decide alike, and measures them.
func measure(s settings, of size) (t table, err error) {
	t = table{size: of, rows: make([]row, len(s.engines))}
	var all []*process
	defer func() {
		for _, p := range all {
			err = errors.Join(err, p.stop())
		}
	}()
	for _, c := range s.engines {
		p, err := start(c)
		if err != nil {
			return t, err
		}
		all = append(all, p)
	}
	for i, p := range all {
		t.rows[i] = row{contender: p.contender, took: make(map[string][]report)}
		if t.rows[i].load, err = p.obey(s.loading(of)); err != nil {
			return t, err
		}
	}
	if t.agreed, err = agree(s, of, all); err != nil {
		return t, err
	}
	return t, s.measureAll(&t, all)
}

func (s *settings) loading(of size) order {
	return order{Do: "load", Users: of.users, Companies: of.companies, Documents: s.documents, Questions: s.questions}
}

// agree has every engine answer every question as the check written by hand does,
// and says how many there were.
func agree(s settings, of size, all []*process) (int, error) {
	o := s.loading(of)
	reference := &server{contender: contender{"plain", "", func() load.Engine { return new(plain.Engine) }}}
	if _, err := reference.load(o); err != nil {
		return 0, err
	}
	want, err := reference.decide()
	if err != nil {
		return 0, err
	}
	for _, p := range all {
		got, err := p.obey(order{Do: "decide"})
		if err != nil {
			return 0, err
		}
		if err := alike(want, got); err != nil {
			return 0, fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return len(want.Decisions), nil
}

// alike says how an engine decides otherwise than the check written by hand.
func alike(want, got report) error {
	if slices.Equal(want.Decisions, got.Decisions) && slices.Equal(want.Counts, got.Counts) {
		return nil
	}
	wrong := max(len(want.Decisions)-len(got.Decisions), 0)
	for i, d := range got.Decisions {
		if i >= len(want.Decisions) || want.Decisions[i] != d {
			wrong++
		}
	}
	return fmt.Errorf("%d of %d decisions are not those of the check written by hand; it lists %v documents, not %v",
		wrong, len(want.Decisions), got.Counts, want.Counts)
}

// The lists are measured by name too, beside the single checks.
const (
	shortList = "list"
	longList  = "long list"
)

// measureAll gives each engine a round of each measurement before any has the next.
func (s *settings) measureAll(t *table, all []*process) error {
	for range s.rounds {
		for _, of := range append(slices.Clone(single), shortList) {
			for i, p := range all {
				if err := s.round(&t.rows[i], p, of); err != nil {
					return err
				}
			}
		}
	}
	if err := s.longLists(t, all); err != nil {
		return err
	}
	for i, p := range all {
		if p.name == baseline {
			return s.together(&t.rows[i], p)
		}
	}
	return nil
}

func (s *settings) round(r *row, p *process, of string) error {
	o := order{Do: of, Round: s.duration}
	if of == shortList {
		o.Documents = load.Asked
	}
	got, err := p.obey(o)
	r.took[of] = append(r.took[of], got)
	return err
}

// longLists measures the long list, once where it takes long, and not at all where
// the short one foretells that it would take longer than the limit.
func (s *settings) longLists(t *table, all []*process) error {
	if s.documents == 0 {
		return nil
	}
	for round := range s.rounds {
		for i, p := range all {
			if err := s.longList(&t.rows[i], p, round); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *settings) longList(r *row, p *process, round int) error {
	foretold := r.foretold(s.documents)
	if foretold > s.limit {
		r.leftOut = foretold
	}
	if r.tooMany || r.leftOut > 0 || round > 0 && foretold > s.limit/20 {
		return nil
	}
	got, err := p.obey(order{Do: "list", Documents: s.documents, Once: true})
	if r.tooMany = got.TooMany; err == nil && !r.tooMany {
		r.took[longList] = append(r.took[longList], got)
	}
	return err
}

// foretold is how long the long lists of all who list would take together.
func (r *row) foretold(documents int) time.Duration {
	short := median(r.took[shortList], func(r report) float64 { return r.NS })
	return time.Duration(short * float64(documents) / load.Asked * 4)
}

// together measures two at once.
func (s *settings) together(r *row, p *process) error {
	for range s.rounds {
		got, err := p.obey(order{Do: "together", Round: s.duration})
		if err != nil {
			return err
		}
		r.took["together"] = append(r.took["together"], got)
	}
	return nil
}
