// Command serve measures what it costs to ask over HTTP: `mandaat serve` beside the
// servers of OPA and OpenFGA and beside the least that a service can do, all asked the
// same questions about the same office. Before it measures, every one must have answered
// every question alike.
//
//	GOWORK=off go -C integration run ./serve
//
// Each server is a process of its own, started here on the loopback interface and bounded
// to one processor, as is this program, which asks. Each connection is kept, and asks its
// next question once the one before is answered. Rounds are interleaved: each server has
// had a round before any has the next. What is printed is medians of the rounds, as tables
// in Markdown.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
)

// settings is what a run is asked to do.
type settings struct {
	size
	contenders  []contender
	connections []int
	rounds      int
	duration    time.Duration // of one round
	questions   int
	together    int // questions in one request of a batch
}

// size is how large the office is.
type size struct{ users, companies int }

func main() {
	child := flag.String("server", "", "be one of the servers (the program starts itself so)")
	addr := flag.String("addr", "", "with -server: where to listen")
	s := settings{rounds: 5, questions: 10_000, together: 1000}
	flag.IntVar(&s.users, "users", 1000, "users of the office, at least 200")
	flag.IntVar(&s.companies, "companies", 100, "companies of the office, at least 10")
	names := flag.String("servers", strings.Join(names(), ","), "the servers to measure")
	connections := flag.String("connections", "1,16", "how many connections ask at once")
	seconds := flag.Float64("seconds", 2, "how long a round takes")
	short := flag.Bool("short", false, "one short round, of fewer questions")
	flag.Parse()
	if *short {
		*seconds, s.rounds, s.questions, s.together = 0.2, 1, 500, 100
	}
	s.duration = time.Duration(*seconds * float64(time.Second))
	if err := listenOrRun(*child, *addr, *names, *connections, s); err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
}

func listenOrRun(child, addr, names, connections string, s settings) error {
	if child != "" {
		return listen(child, addr, s.size)
	}
	return run(names, connections, s)
}

func run(names, connections string, s settings) (err error) {
	if s.users < 200 || s.companies < 10 {
		return errors.New("an office has at least 200 users and 10 companies")
	}
	if s.duration <= 0 {
		return errors.New("a round takes some time")
	}
	if s.contenders, err = contendersFrom(names); err != nil {
		return err
	}
	if s.connections, err = connectionsFrom(connections); err != nil {
		return err
	}
	runtime.GOMAXPROCS(1)
	debug.SetGCPercent(400) // who asks is not what is measured
	t, err := measure(s)
	if err != nil {
		return err
	}
	fmt.Print(t.String())
	return nil
}

func connectionsFrom(list string) (counts []int, err error) {
	for s := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > 1000 {
			return nil, fmt.Errorf("%q connections: expected 1 to 1000", s)
		}
		counts = append(counts, n)
	}
	return counts, nil
}
