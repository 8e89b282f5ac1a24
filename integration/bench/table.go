package main

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"time"
)

// table is what was measured in an office of one size.
type table struct {
	size   size
	agreed int // how many decisions were the same
	rows   []row
}

// row is what was measured of one engine.
type row struct {
	contender
	load    report
	took    map[string][]report // by measurement, one for each round
	tooMany bool                // documents for the long list
	leftOut time.Duration       // what the long lists would take, where that is too long
}

// median is the median over the rounds; not a number where there were none.
func median(rounds []report, of func(r report) float64) float64 {
	if len(rounds) == 0 {
		return math.NaN()
	}
	list := make([]float64, len(rounds))
	for i, r := range rounds {
		list[i] = of(r)
	}
	slices.Sort(list)
	return list[len(list)/2]
}

// column is one column: its heading, the number of a row, and how it is written.
type column struct {
	heading string
	of      func(r *row) float64
	write   func(v float64) string
}

func timed(heading, of string) column {
	return column{heading, func(r *row) float64 {
		return median(r.took[of], func(r report) float64 { return r.NS })
	}, duration}
}

func allocated(of string) column {
	return column{of, func(r *row) float64 {
		return median(r.took[of], func(r report) float64 { return r.Allocs })
	}, func(v float64) string { return fmt.Sprintf("%.0f", v) }}
}

// String is the tables of one size, in Markdown.
func (t *table) String() string {
	w := new(strings.Builder)
	fmt.Fprintf(w, "## %s users, %s companies\n\n", thousands(t.size.users), thousands(t.size.companies))
	fmt.Fprintf(w, "%s, %d processors. Every engine gave the same %s decisions.\n",
		runtime.Version(), runtime.NumCPU(), thousands(t.agreed))
	fmt.Fprintf(w, "Medians; in brackets, how many times what %s takes.\n\n", t.labelOf(baseline))
	t.grid(w, []column{
		timed("view", "view"), timed("book", "book"), timed("mixed", "mixed"), timed("user.view", "user.view"),
		timed(viewAgain, viewAgain), timed(bookAgain, bookAgain),
		timed("list of 10,000", shortList), timed("list of 1,000,000", longList),
		{"load", func(r *row) float64 { return float64(r.load.Time) }, duration},
		{"memory", func(r *row) float64 { return float64(r.load.Heap) }, megabytes},
	}, true)
	t.writeLeftOut(w)
	fmt.Fprintf(w, "Allocations of one check:\n\n")
	t.grid(w, []column{allocated("view"), allocated("book"), allocated("mixed"), allocated("user.view")}, false)
	t.writeTogether(w)
	return w.String()
}

// writeLeftOut says why a list is not in the table.
func (t *table) writeLeftOut(w *strings.Builder) {
	for i := range t.rows {
		switch r := &t.rows[i]; {
		case r.tooMany:
			fmt.Fprintf(w, "%s cannot hold as many documents as the long list has.\n\n", r.label)
		case r.leftOut > 0:
			fmt.Fprintf(w, "%s has no long list: four would take some %s, which is more than the limit.\n\n",
				r.label, r.leftOut.Round(time.Second))
		}
	}
}

func (t *table) labelOf(name string) string {
	if c, err := find(name); err == nil {
		return c.label
	}
	return name
}

// grid writes a row for each engine, each number with its ratio to the baseline.
func (t *table) grid(w *strings.Builder, columns []column, ratios bool) {
	headings := make([]string, len(columns))
	for i, c := range columns {
		headings[i] = c.heading
	}
	fmt.Fprintf(w, "| engine | %s |\n|---%s|\n", strings.Join(headings, " | "), strings.Repeat("|---:", len(columns)))
	base := slices.IndexFunc(t.rows, func(r row) bool { return r.name == baseline })
	for i := range t.rows {
		cells := make([]string, len(columns))
		for j, c := range columns {
			v := c.of(&t.rows[i])
			cells[j] = cell(c, v)
			if ratios && base >= 0 && base != i && !math.IsNaN(v) {
				cells[j] += " (" + ratio(v/c.of(&t.rows[base])) + ")"
			}
		}
		fmt.Fprintf(w, "| %s | %s |\n", t.rows[i].label, strings.Join(cells, " | "))
	}
	fmt.Fprintln(w)
}

// cell is a number as its column writes it. What was not measured is a dash.
func cell(c column, v float64) string {
	if math.IsNaN(v) {
		return "-"
	}
	return c.write(v)
}

func (t *table) writeTogether(w *strings.Builder) {
	for i := range t.rows {
		rounds := t.rows[i].took["together"]
		if len(rounds) == 0 {
			continue
		}
		fmt.Fprintf(w, "Two goroutines at once: %s checks %.2f times what one does; two that only count, %.2f times.\n\n",
			t.rows[i].label, median(rounds, func(r report) float64 { return r.Ratio }),
			median(rounds, func(r report) float64 { return r.Control }))
	}
}

// duration writes nanoseconds with three digits that count.
func duration(ns float64) string {
	switch {
	case ns < 10:
		return fmt.Sprintf("%.1f ns", ns)
	case ns < 100_000:
		return thousands(int(math.Round(ns))) + " ns"
	case ns < 1e8:
		return fmt.Sprintf("%.3g ms", ns/1e6)
	}
	return fmt.Sprintf("%.2f s", time.Duration(ns).Seconds())
}

func megabytes(bytes float64) string {
	if bytes < 1e7 {
		return fmt.Sprintf("%.2f MB", bytes/1e6)
	}
	return fmt.Sprintf("%.0f MB", bytes/1e6)
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
