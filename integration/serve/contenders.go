package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mandaat/mandaat/integration/internal/load"
)

// contender is a server with its row in the table.
type contender struct {
	name, label string
	start       func(b *bench) (*server, error)
}

// baseline is the server that the others are compared with, and least what answers
// without deciding anything.
const (
	baseline = "mandaat"
	least    = "floor"
)

// contenders is the servers in the order of the table.
var contenders = []contender{
	{"floor", "net/http alone: reads the question, answers a constant", startFloor},
	{"handler", "mandaat's handler alone", startHandler},
	{"mandaat", "mandaat serve", startMandaat},
	{"opa", "OPA 1.22.2", startOPA},
	{"openfga", "OpenFGA 1.22.1", startOpenFGA},
	{"openfga-grpc", "OpenFGA 1.22.1 over an indexed store, by gRPC", startOpenFGAByGRPC},
}

func names() (list []string) {
	for _, c := range contenders {
		list = append(list, c.name)
	}
	return list
}

// contendersFrom keeps the order of the table.
func contendersFrom(list string) (chosen []contender, err error) {
	asked := strings.Split(list, ",")
	for _, name := range asked {
		if !slices.Contains(names(), name) {
			return nil, fmt.Errorf("no server is called %q: choose from %s", name, strings.Join(names(), ", "))
		}
	}
	for _, c := range contenders {
		if slices.Contains(asked, c.name) {
			chosen = append(chosen, c)
		}
	}
	return chosen, nil
}

// server is a server that runs, and what it is asked.
type server struct {
	contender
	*process
	single, batch exam
}

// exam is requests, each with what it asks. All contenders are asked the same questions.
type exam struct {
	asks [][]int // of each request, the places of its questions
	// dial opens a connection.
	dial func() (connection, error)
	// read reads an answer: a decision for each question of request i.
	read func(i int, answer []byte) ([]bool, error)
	// yes stands in an answer once for each allowance, and nowhere else.
	yes string
	// constant is set where answers mean nothing.
	constant bool

	allowances []int // in the answer to each request, once it was found right
}

// connection sends a request of an exam, and waits for its answer, which is good until
// the next.
type connection interface {
	ask(i int) (answer []byte, err error)
	Close() error
}

// bench is what all contenders share.
type bench struct {
	settings
	w       load.Workload
	right   []bool     // the answer to each question
	module  string     // directory of the module
	dir     string     // for what servers are started with
	started []*process // all, whatever became of them
}

// one asks each question by itself, and chunks many at once.
func (b *bench) one() [][]int { return chunks(b.every(), 1) }

func (b *bench) every() []int {
	list := make([]int, len(b.w.Mixed))
	for i := range list {
		list[i] = i
	}
	return list
}

func chunks(list []int, size int) [][]int { return slices.Collect(slices.Chunk(list, size)) }
