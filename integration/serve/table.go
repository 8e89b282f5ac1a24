package main

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
)

// table is what was measured.
type table struct {
	settings
	agreed int     // how many decisions were the same
	engine float64 // seconds of one check in process
	rows   []row
}

// median is the median over the rounds; not a number where there were none.
func median(rounds []result, of func(r *result) float64) float64 {
	if len(rounds) == 0 {
		return math.NaN()
	}
	list := make([]float64, len(rounds))
	for i := range rounds {
		list[i] = of(&rounds[i])
	}
	slices.Sort(list)
	return list[len(list)/2]
}

// column is one column: its heading, the number of a round, and how it is written.
type column struct {
	heading string
	of      func(r *result) float64
	write   func(v float64) string
}

// String is the tables, in Markdown.
func (t *table) String() string {
	w := new(strings.Builder)
	fmt.Fprintf(w, "%s users, %s companies; %s, %d processors, of which a server and who asks have one each.\n",
		thousands(t.users), thousands(t.companies), runtime.Version(), runtime.NumCPU())
	fmt.Fprintf(w, "Every server gave the same %s decisions, one by one and in batches. Medians (rounds: %d, each of %v)%s.\n\n",
		thousands(t.agreed), t.rounds, t.duration, t.brackets())
	for _, n := range t.connections {
		fmt.Fprintf(w, "%s, one question a request:\n\n", counted(n))
		t.grid(w, func(r *row) []result { return r.single[n] }, []column{
			{"requests a second", func(r *result) float64 { return r.rate }, whole},
			{"p50", func(r *result) float64 { return r.p50 }, duration},
			{"p99", func(r *result) float64 { return r.p99 }, duration},
			{"p99.9", func(r *result) float64 { return r.p999 }, duration},
			{"processor time", func(r *result) float64 { return r.processing }, duration},
		})
	}
	fmt.Fprintf(w, "%s, many questions a request:\n\n", counted(inBatches))
	t.grid(w, func(r *row) []result { return r.batch }, []column{
		{"decisions a second", func(r *result) float64 { return r.decisions }, whole},
		{"p50 of a request", func(r *result) float64 { return r.p50 }, duration},
		{"p99 of a request", func(r *result) float64 { return r.p99 }, duration},
		{"processor time of a decision", func(r *result) float64 { return r.processing }, duration},
	})
	t.writeBatches(w)
	t.writeOwn(w)
	return w.String()
}

// brackets says what stands in them, where anything does.
func (t *table) brackets() string {
	if t.row(baseline) == nil {
		return ""
	}
	return "; in brackets, how many times what " + labelOf(baseline) + " has"
}

func counted(connections int) string {
	if connections == 1 {
		return "One connection"
	}
	return fmt.Sprintf("%d connections", connections)
}

func labelOf(name string) string {
	for _, c := range contenders {
		if c.name == name {
			return c.label
		}
	}
	return name
}

// grid writes a row for each server, each number with its ratio to the baseline.
func (t *table) grid(w *strings.Builder, rounds func(r *row) []result, columns []column) {
	headings := make([]string, len(columns))
	for i, c := range columns {
		headings[i] = c.heading
	}
	fmt.Fprintf(w, "| server | %s |\n|---%s|\n", strings.Join(headings, " | "), strings.Repeat("|---:", len(columns)))
	base := t.row(baseline)
	for i := range t.rows {
		cells := make([]string, len(columns))
		for j, c := range columns {
			v := median(rounds(&t.rows[i]), c.of)
			cells[j] = c.write(v)
			if base != nil && base != &t.rows[i] && !math.IsNaN(v) {
				cells[j] += " (" + ratio(v/median(rounds(base), c.of)) + ")"
			}
		}
		fmt.Fprintf(w, "| %s | %s |\n", t.rows[i].label, strings.Join(cells, " | "))
	}
	fmt.Fprintln(w)
}

func (t *table) row(name string) *row {
	for i := range t.rows {
		if t.rows[i].name == name {
			return &t.rows[i]
		}
	}
	return nil
}

// writeBatches says how large the batches of each server are.
func (t *table) writeBatches(w *strings.Builder) {
	list := make([]string, len(t.rows))
	for i, r := range t.rows {
		list[i] = fmt.Sprintf("%s %s", thousands(r.most), r.name)
	}
	fmt.Fprintf(w, "Questions in a batch, at most: %s.\n\n", strings.Join(list, ", "))
}

// writeOwn says what each of ours adds to what the engine takes: to what net/http takes for
// the same bytes, on as many connections as there were.
func (t *table) writeOwn(w *strings.Builder) {
	fmt.Fprintf(w, "A check by itself, in process: %s.\n", duration(t.engine))
	floor := t.row(least)
	if floor == nil || len(t.connections) == 0 {
		return
	}
	n := slices.Max(t.connections)
	processing := func(r *result) float64 { return r.processing }
	for _, name := range []string{"handler", baseline} {
		served := t.row(name)
		if served == nil {
			continue
		}
		own := median(served.single[n], processing) - median(floor.single[n], processing)
		each := median(served.batch, processing) - median(floor.batch, processing)
		fmt.Fprintf(w, "What %s takes itself, over net/http and the system: %s of a request, the check included, on %d connections; "+
			"%s of a decision in a batch.\n", labelOf(name), duration(own), n, duration(each))
	}
}

// duration writes seconds with three digits that count.
func duration(seconds float64) string {
	switch {
	case math.IsNaN(seconds):
		return "-"
	case math.Abs(seconds) < 1e-6:
		return fmt.Sprintf("%.0f ns", seconds*1e9)
	case math.Abs(seconds) < 1e-3:
		return fmt.Sprintf("%.3g us", seconds*1e6)
	case math.Abs(seconds) < 1:
		return fmt.Sprintf("%.3g ms", seconds*1e3)
	}
	return fmt.Sprintf("%.3g s", seconds)
}

func whole(v float64) string {
	if math.IsNaN(v) {
		return "-"
	}
	return thousands(int(math.Round(v)))
}

func ratio(r float64) string {
	if r < 10 {
		return fmt.Sprintf("%.2g", r)
	}
	return thousands(int(math.Round(r)))
}

// thousands writes 1234567 as 1,234,567.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}
