package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/integration/internal/engines/mandaat"
	"github.com/mandaat/mandaat/integration/internal/load"
)

// drawn is the seed of every run.
const drawn = 20261102

// workload draws what is asked; a child needs no questions.
func workload(of size, questions int) load.Workload {
	return load.New(drawn, of.users, of.companies, load.Asked, questions)
}

// listen is one of the servers of this program, until it is stopped.
func listen(name, addr string, of size) error {
	if name == "openfga-grpc" {
		return listenOpenFGA(addr, of)
	}
	handler, err := handlerOf(name, of)
	if err != nil {
		return err
	}
	server := http.Server{Addr: addr, Handler: handler, ReadHeaderTimeout: time.Minute}
	return server.ListenAndServe()
}

func handlerOf(name string, of size) (http.Handler, error) {
	switch name {
	case "floor":
		return http.HandlerFunc(constant), nil
	case "handler":
		return deciding(of)
	}
	return nil, fmt.Errorf("no server of this program is called %q", name)
}

// constant reads the question and answers what a denial looks like.
func constant(w http.ResponseWriter, r *http.Request) {
	if _, err := io.ReadAll(r.Body); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"decision":false,"context":{"code":"role_missing","reason":"","rules":[],"source":"","warnings":[],`+
		`"policy":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}}`)
}

// deciding is the handler on the workload's office, with nothing around it.
func deciding(of size) (http.Handler, error) {
	w := workload(of, 1)
	e := new(mandaat.Engine)
	if err := e.Load(&w); err != nil {
		return nil, err
	}
	find, err := mandaat.Documents(&w)
	if err != nil {
		return nil, err
	}
	source := authzen.Source{Snapshot: e.Snapshot(), Documents: find, Version: "bench"}
	return authzen.Handler{Current: func() authzen.Source { return source }}, nil
}

// startSelf starts a server of this program.
func (b *bench) startSelf(name string) (addr string, p *process, err error) {
	self, err := os.Executable()
	if err != nil {
		return "", nil, err
	}
	if addr, err = freeAddr(); err != nil {
		return "", nil, err
	}
	p, err = b.start(name, addr, self, "-server", name, "-addr", addr,
		"-users", strconv.Itoa(b.users), "-companies", strconv.Itoa(b.companies))
	return addr, p, err
}

// askedAsAuthZEN is a server that speaks AuthZEN at an address.
func (b *bench) askedAsAuthZEN(addr string, p *process) (s *server, err error) {
	s = &server{process: p}
	s.single, s.batch, err = b.authzen(addr)
	return s, err
}

func startHandler(b *bench) (*server, error) {
	addr, p, err := b.startSelf("handler")
	if err != nil {
		return nil, err
	}
	return b.askedAsAuthZEN(addr, p)
}

func startFloor(b *bench) (*server, error) {
	addr, p, err := b.startSelf("floor")
	if err != nil {
		return nil, err
	}
	s, err := b.askedAsAuthZEN(addr, p)
	if err == nil {
		s.single.constant, s.batch.constant = true, true
	}
	return s, err
}

// startMandaat starts the command itself, as it is built from this repository.
func startMandaat(b *bench) (*server, error) {
	program, err := b.build("mandaat", "../cmd/mandaat", ".")
	if err != nil {
		return nil, err
	}
	office, err := b.writeOffice()
	if err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	p, err := b.start("mandaat", addr, program, "serve", "-f", office, "--listen", addr)
	if err != nil {
		return nil, err
	}
	return b.askedAsAuthZEN(addr, p)
}
