package main

import (
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/mandaat/mandaat/integration/internal/engines/opa"
)

// startOPA starts OPA's own server with the policy and the office, set up as its
// documentation advises for speed: a store that need not be converted when it is read,
// and no log of requests. Its server keeps the prepared query of each path.
func startOPA(b *bench) (*server, error) {
	program, err := b.build("opa", ".", "github.com/open-policy-agent/opa")
	if err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	arguments := []string{
		"run", "--server", "--addr", addr, "--log-level", "error", "--skip-version-check", "--optimize-store-for-read-speed",
	}
	files, err := opa.Files(&b.w.Office)
	if err != nil {
		return nil, err
	}
	for name, text := range files {
		name = filepath.Join(b.dir, name)
		if err := os.WriteFile(name, text, 0o600); err != nil {
			return nil, err
		}
		arguments = append(arguments, name)
	}
	p, err := b.start("opa", addr, program, arguments...)
	if err != nil {
		return nil, err
	}
	s := &server{process: p}
	s.single, s.batch, err = b.opa(addr)
	return s, err
}

func (b *bench) opa(addr string) (single, batch exam, err error) {
	single = exam{asks: b.one(), read: readResult, yes: "true"}
	batch = exam{asks: chunks(b.every(), b.together), read: readResults, yes: "true"}
	requests, err := written(single.asks, func(asks []int) ([]byte, error) {
		input, err := opa.Input(&b.w, &b.w.Mixed[asks[0]])
		return post(addr, "/v1/data/office/allow", wrapped("input", input)), err
	})
	if err != nil {
		return single, batch, err
	}
	single.dial = overHTTP(addr, requests)
	requests, err = written(batch.asks, func(asks []int) ([]byte, error) {
		list := make([]json.RawMessage, len(asks))
		for n, i := range asks {
			if list[n], err = opa.Input(&b.w, &b.w.Mixed[i]); err != nil {
				return nil, err
			}
		}
		questions, err := json.Marshal(list)
		return post(addr, "/v1/data/office/answers", wrapped("input", wrapped("questions", questions))), err
	})
	batch.dial = overHTTP(addr, requests)
	return single, batch, err
}

func wrapped(key string, value []byte) []byte {
	return append(append([]byte(`{"`+key+`":`), value...), '}')
}

func readResult(_ int, body []byte) ([]bool, error) {
	var a struct {
		Result bool `json:"result"`
	}
	err := json.Unmarshal(body, &a)
	return []bool{a.Result}, err
}

func readResults(_ int, body []byte) ([]bool, error) {
	var a struct {
		Result []bool `json:"result"`
	}
	err := json.Unmarshal(body, &a)
	return a.Result, err
}
