// Command bench measures the library beside a check written by hand, the least that
// a check can cost, and the engines of others, all on one workload. Before it
// measures, every engine must have given the same decisions.
//
//	GOWORK=off go -C integration run ./bench
//
// Each engine runs in a process of its own, which this program starts from itself.
// Rounds are interleaved: each engine has had a round before any has the next. What
// is printed is medians of the rounds, as tables in Markdown.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// settings is what a run is asked to do.
type settings struct {
	engines   []contender
	sizes     []size
	rounds    int
	duration  time.Duration // how long a round of one measurement takes at least
	limit     time.Duration // a list that would take longer is left out
	questions int
	documents int // of the long list
}

// size is how large an office is.
type size struct{ users, companies int }

func main() {
	engine := flag.String("engine", "", "be the process of one engine (the program starts itself so)")
	engines := flag.String("engines", strings.Join(names(), ","), "the engines to measure")
	sizes := flag.String("sizes", "1000/100,100000/10000", "users/companies of the offices")
	rounds := flag.Int("rounds", 7, "rounds of each measurement")
	limit := flag.Duration("limit", time.Minute, "leave out a list that would take longer")
	short := flag.Bool("short", false, "three short rounds in a small office, without the long list")
	flag.Parse()
	err := run(*engine, *engines, *sizes, *short, settings{
		rounds: *rounds, duration: 150 * time.Millisecond, limit: *limit, questions: 10_000, documents: 1_000_000,
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(engine, engines, sizes string, short bool, s settings) error {
	if engine != "" {
		return serve(engine)
	}
	if short {
		sizes, s.rounds, s.duration, s.documents = "1000/100", 3, 20*time.Millisecond, 0
	}
	var err error
	if s.engines, err = enginesFrom(engines); err != nil {
		return err
	}
	if s.sizes, err = sizesFrom(sizes); err != nil {
		return err
	}
	for _, of := range s.sizes {
		t, err := measure(s, of)
		if err != nil {
			return err
		}
		fmt.Print(t.String())
	}
	return nil
}

// enginesFrom keeps the order of the table.
func enginesFrom(list string) (chosen []contender, err error) {
	asked := strings.Split(list, ",")
	for _, name := range asked {
		if _, err := find(name); err != nil {
			return nil, err
		}
	}
	for _, c := range contenders {
		if slices.Contains(asked, c.name) {
			chosen = append(chosen, c)
		}
	}
	return chosen, nil
}

var errSize = errors.New("a size is users/companies, at least 200/10")

func sizesFrom(list string) (sizes []size, err error) {
	for s := range strings.SplitSeq(list, ",") {
		left, right, _ := strings.Cut(s, "/")
		users, err := strconv.Atoi(left)
		if err != nil {
			return nil, errSize
		}
		companies, err := strconv.Atoi(right)
		if err != nil || users < 200 || companies < 10 {
			return nil, errSize
		}
		sizes = append(sizes, size{users, companies})
	}
	return sizes, nil
}
