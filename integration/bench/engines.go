package main

import (
	"fmt"
	"strings"

	"github.com/mandaat/mandaat/integration/internal/engines/casbin"
	"github.com/mandaat/mandaat/integration/internal/engines/cedar"
	"github.com/mandaat/mandaat/integration/internal/engines/floor"
	"github.com/mandaat/mandaat/integration/internal/engines/mandaat"
	"github.com/mandaat/mandaat/integration/internal/engines/opa"
	"github.com/mandaat/mandaat/integration/internal/engines/openfga"
	"github.com/mandaat/mandaat/integration/internal/engines/plain"
	"github.com/mandaat/mandaat/integration/internal/load"
)

// contender is an engine with its row in the table.
type contender struct {
	name, label string
	make        func() load.Engine
}

// baseline is the engine that the others are compared with.
const baseline = "mandaat"

// contenders is the engines in the order of the table.
var contenders = []contender{
	{"floor", "a bare bit-test loop", func() load.Engine { return new(floor.Engine) }},
	{"floor-ids", "the same, after looking ids up in maps", func() load.Engine { return &floor.Engine{ByIDs: true} }},
	{"mandaat", "mandaat, by handle", func() load.Engine { return new(mandaat.Engine) }},
	{"mandaat-ids", "mandaat, by ids; lists by one scan", func() load.Engine { return &mandaat.Engine{ByIDs: true, Scan: true} }},
	{"plain", "Go structs and maps by hand", func() load.Engine { return new(plain.Engine) }},
	{"cedar", "cedar-go 1.9.0, documents made before", func() load.Engine { return new(cedar.Engine) }},
	{"cedar-per-call", "cedar-go 1.9.0, document made for each check", func() load.Engine { return &cedar.Engine{PerCall: true} }},
	{"casbin", "Casbin 3.10.0", func() load.Engine { return new(casbin.Engine) }},
	{"opa", "OPA 1.22.2, prepared query", func() load.Engine { return new(opa.Engine) }},
	{"openfga", "OpenFGA 1.22.1, in process", func() load.Engine { return new(openfga.Engine) }},
}

func find(name string) (contender, error) {
	for _, c := range contenders {
		if c.name == name {
			return c, nil
		}
	}
	return contender{}, fmt.Errorf("no engine is called %q: choose from %s", name, strings.Join(names(), ", "))
}

func names() (list []string) {
	for _, c := range contenders {
		list = append(list, c.name)
	}
	return list
}
