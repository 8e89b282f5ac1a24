// Package lattice holds no code. Its tests hold the house in order: who may
// import whom, what the pure packages may touch, and what no file may say.
package lattice

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// table says who may import whom of ours: a package may import what its row
// names, and nothing else of ours. Its tests may also import the package itself.
// A row names only what stands above it, so imports only point up. A word in
// capitals stands for all that its row names. Outside the root module, and in
// adapters/, packages may do I/O; all others are pure.
//
// The table is a statement of policy. Do not change it to make a build pass.
const table = `
	problems           :
	internal/ident     : problems
	internal/enum      : problems
	BASE               = problems internal/ident internal/enum

	internal/persistent :
	internal/pieces    :
	words              : internal/enum problems
	roles              : internal/enum problems words
	companies          : BASE
	users              : BASE internal/pieces roles companies
	sync               : BASE users companies
	documents          : BASE users companies
	offices            : BASE internal/persistent internal/pieces roles companies users sync
	OFFICE             = BASE words roles companies users sync offices

	policy             : OFFICE internal/persistent internal/pieces documents
	ENGINE             = OFFICE documents policy

	internal/strictjson : problems
	internal/fields    : problems internal/ident internal/strictjson
	changes            : ENGINE internal/fields
	CHANGE             = BASE internal/fields changes

	admin              : ENGINE CHANGE
	workflow           : ENGINE CHANGE

	review             : ENGINE CHANGE admin workflow

	adapters/authzen   : ENGINE internal/fields internal/strictjson
	adapters/guard     : ENGINE

	officefile/internal/strict : problems
	officefile/internal/spell :
	officefile/internal/edit : officefile/internal/spell officefile/internal/strict
	officefile/internal/layout : officefile/internal/spell officefile/internal/strict
	officefile/internal/texts : BASE roles companies users review officefile/internal/strict
	officefile/internal/schematest :
	FILES              = officefile/internal/strict officefile/internal/texts officefile/internal/schematest
	officefile         : ENGINE review FILES officefile/internal/edit officefile/internal/layout

	officefile/scenarios : ENGINE CHANGE admin workflow review adapters/authzen officefile FILES officefile/internal/edit
	officefile/policytest : ENGINE changes admin review officefile officefile/internal/strict officefile/scenarios
	officefile/schema  : FILES officefile officefile/scenarios

	cmd/mandaat/internal/hot :
	cmd/mandaat/internal/logfile :
	cmd/mandaat/internal/tokens : problems policy
	cmd/mandaat/internal/decisionlog : ENGINE adapters/authzen internal/strictjson officefile/policytest
	cmd/mandaat/internal/metrics : ENGINE adapters/authzen
	cmd/mandaat/internal/traces : ENGINE adapters/authzen
	SERVER             = cmd/mandaat/internal/hot cmd/mandaat/internal/logfile cmd/mandaat/internal/tokens cmd/mandaat/internal/decisionlog cmd/mandaat/internal/metrics cmd/mandaat/internal/traces
	cmd/mandaat/internal/server : ENGINE adapters/authzen SERVER
	cmd/mandaat        : ENGINE changes admin review adapters/authzen officefile officefile/scenarios officefile/schema SERVER cmd/mandaat/internal/server

	examples/ask       : ENGINE adapters/authzen officefile
	examples/day       : ENGINE changes admin officefile
	examples/guarded   : ENGINE adapters/guard officefile

	internal/lattice   :
	integration/internal/load :
	integration/internal/engines/plain : integration/internal/load
	integration/internal/engines/enginetest : integration/internal/load integration/internal/engines/plain
	PEER               = integration/internal/load integration/internal/engines/enginetest
	integration/internal/engines/floor : PEER
	integration/internal/engines/mandaat : ENGINE PEER
	integration/internal/engines/cedar : PEER
	integration/internal/engines/casbin : PEER
	integration/internal/engines/opa : PEER
	integration/internal/engines/openfga : PEER
	PEERS              = integration/internal/engines/plain integration/internal/engines/floor integration/internal/engines/mandaat
	OTHERS             = integration/internal/engines/cedar integration/internal/engines/casbin integration/internal/engines/opa integration/internal/engines/openfga
	integration/bench  : integration/internal/load PEERS OTHERS
	integration/serve  : integration/internal/load PEERS OTHERS adapters/authzen
	integration/authzen : ENGINE adapters/authzen
	tools/wrong        :
	tools/editor       :
`

// outside is what the root module may require directly, for its tests alone.
var outside = []string{"github.com/google/go-cmp", "golang.org/x/exp", "pgregory.net/rapid"}

// repository is the root of the repository.
func repository() fs.FS { return os.DirFS("../..") }

func TestTheHouseIsInOrder(t *testing.T) {
	for _, fault := range faults(t, repository(), table) {
		t.Error(fault)
	}
}

func TestNoFileNamesAMachine(t *testing.T) {
	for _, fault := range machinePaths(t, repository()) {
		t.Error(fault)
	}
}

// fixture is a small house in order, which each case below spoils.
var fixture = map[string]string{
	"go.mod":                 "module github.com/mandaat/mandaat\n\nrequire pgregory.net/rapid v1.3.0\n",
	"go.work":                "use (\n\t.\n\t./officefile\n)\n",
	"roles/roles.go":         "package roles\nimport _ \"fmt\"",
	"roles/roles_test.go":    "package roles_test\nimport (_ \"os\"; _ \"pgregory.net/rapid\"; _ \"github.com/mandaat/mandaat/roles\")\nfunc f() { go f() }",
	"roles/gen.go":           "//go:build ignore\n\npackage main\nimport _ \"os\"",
	"roles/testdata/x.go":    "package x\nimport _ \"os\"",
	"sync/sync.go":           "package sync\nimport (_ \"github.com/mandaat/mandaat/roles\"; \"time\")\nvar ok = zone == time.Local\nvar d = time.Hour",
	"adapters/http/http.go":  "package http\nimport (_ \"net/http\"; _ \"github.com/mandaat/mandaat/sync\"; \"time\")\nvar now = time.Now\nfunc f() { go f() }",
	"officefile/go.mod":      "module github.com/mandaat/mandaat/officefile\n\nrequire example.com/yaml v1.0.0\n",
	"officefile/file.go":     "package officefile\nimport (_ \"os\"; _ \"example.com/yaml\"; _ \"github.com/mandaat/mandaat/sync\")",
	"tools/go.mod":           "module github.com/mandaat/mandaat/tools\n\nrequire example.com/lint v1.0.0\n",
	"bin/leftover/broken.go": "package",
}

const fixtureTable = `
	roles         :
	sync          : roles
	ALL           = roles sync
	adapters/http : ALL
	officefile    : ALL
`

func TestTheCheckerFindsWhatItLooksFor(t *testing.T) {
	pure := func(imports, body string) map[string]string {
		return map[string]string{"roles/bad.go": "package roles\nimport " + imports + "\n" + body}
	}
	ours := func(file, imported string) map[string]string {
		return map[string]string{file: "package p\nimport _ \"github.com/mandaat/mandaat/" + imported + "\""}
	}
	tests := map[string]struct {
		files map[string]string
		table string
		want  string // what the only fault says; empty: there is none
	}{
		"in order": {},

		"import not in the row":         {files: ours("roles/bad.go", "sync"), want: "roles/bad.go:2: roles may not import sync"},
		"import not in the row, a test": {files: ours("roles/bad_test.go", "sync"), want: "roles/bad_test.go:2: roles may not import sync"},
		"import of itself, shipped":     {files: ours("roles/bad.go", "roles"), want: "roles may not import roles"},
		"import of an adapter":          {files: ours("officefile/bad.go", "adapters/http"), want: "officefile may not import adapters/http"},

		"package without a row": {files: map[string]string{"users/users.go": "package users"}, want: "users: no row"},
		"tests without a row":   {files: map[string]string{"users/u_test.go": "package users"}, want: "users: no row"},
		"row without a package": {table: "users :", want: "users: a row, and no package"},
		"row repeated":          {table: "roles :", want: "roles: two rows"},
		"row names what is not": {table: "SOME = nobody", want: "nobody, which does not stand above it"},
		"row names one below":   {table: "SOME = LATER ALL\nLATER = roles", want: "LATER, which does not stand above it"},
		"line without a row":    {table: "roles", want: "not a row"},
		"file that is no Go":    {files: map[string]string{"roles/bad.go": "pakcage roles"}, want: "expected 'package'"},

		"foreign import, shipped": {files: pure(`_ "pgregory.net/rapid"`, ""), want: "not the standard library"},
		"foreign import, adapter": {
			files: map[string]string{"adapters/http/bad.go": "package http\nimport _ \"example.com/x\""},
			want:  "example.com/x: not the standard library",
		},
		"foreign import, test": {
			files: map[string]string{"roles/bad_test.go": "package roles\nimport _ \"example.com/x\""},
			want:  "example.com/x: not among",
		},
		"a module that only looks like ours": {files: pure(`_ "github.com/mandaat/mandaatx"`, ""), want: "not the standard library"},

		"context":     {files: pure(`_ "context"`, ""), want: "a pure package may not import context"},
		"net":         {files: pure(`_ "net"`, ""), want: "may not import net"},
		"net/http":    {files: pure(`_ "net/http"`, ""), want: "may not import net/http"},
		"os":          {files: pure(`_ "os"`, ""), want: "may not import os"},
		"os/exec":     {files: pure(`_ "os/exec"`, ""), want: "may not import os/exec"},
		"log":         {files: pure(`_ "log"`, ""), want: "may not import log"},
		"log/slog":    {files: pure(`_ "log/slog"`, ""), want: "may not import log/slog"},
		"math/rand":   {files: pure(`_ "math/rand/v2"`, ""), want: "may not import math/rand/v2"},
		"sync":        {files: pure(`_ "sync"`, ""), want: "may not import sync"},
		"sync/atomic": {files: pure(`_ "sync/atomic"`, ""), want: "may not import sync/atomic"},
		"testing":     {files: pure(`_ "testing"`, ""), want: "may not import testing"},
		"unsafe":      {files: pure(`_ "unsafe"`, ""), want: "may not import unsafe"},
		"reflect":     {files: pure(`_ "reflect"`, ""), want: "may not import reflect"},
		"dot import":  {files: pure(`. "time"`, ""), want: "names of time without saying so"},
		"math/bits":   {files: pure(`_ "math/bits"`, "")},

		"clock":              {files: pure(`"time"`, "var now = time.Now()"), want: "roles/bad.go:3: time.Now"},
		"clock, as a value":  {files: pure(`"time"`, "var now = time.Now"), want: "time.Now"},
		"clock, renamed":     {files: pure(`clock "time"`, "var now = clock.Now()"), want: "time.Now"},
		"elapsed time":       {files: pure(`"time"`, "var d = time.Since(t)"), want: "time.Since"},
		"sleep":              {files: pure(`"time"`, "func f() { time.Sleep(1) }"), want: "time.Sleep"},
		"timer":              {files: pure(`"time"`, "var c = time.After(1)"), want: "time.After"},
		"machine's zone":     {files: pure(`"time"`, "var z = time.Local"), want: "time.Local"},
		"machine's zone, in": {files: pure(`"time"`, "func f(t time.Time) { t.Local() }"), want: "the machine's zone"},
		"zone from a file":   {files: pure(`"time"`, "var z, _ = time.LoadLocation(s)"), want: "time.LoadLocation"},
		"standard output":    {files: pure(`"fmt"`, "func f() { fmt.Println() }"), want: "fmt.Println"},
		"builtin output":     {files: pure(`"fmt"`, "func f() { println(1) }"), want: "println"},
		"goroutine":          {files: pure(`"fmt"`, "func f() { go f() }"), want: "roles/bad.go:3: a pure package starts no goroutine"},

		"requirement, block": {
			files: map[string]string{"go.mod": "module m\nrequire (\n\texample.com/x v1.0.0\n\texample.com/y v1.0.0 // indirect\n)\n"},
			want:  "go.mod: requires example.com/x",
		},
		"requirement, line": {
			files: map[string]string{"go.mod": "module m\nrequire example.com/x v1.0.0 // why\n"},
			want:  "go.mod: requires example.com/x",
		},
		"module outside the workspace": {
			files: map[string]string{"store/go.mod": "module x\n"},
			want:  "store: a module that go.work does not use",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := faults(t, spoilt(test.files), fixtureTable+test.table)
			expectFault(t, got, test.want)
		})
	}
}

func TestTheChecksOfWordsFindWhatTheyLookFor(t *testing.T) {
	tests := map[string]struct{ file, content, want string }{
		"in order":      {"README.md", "see go.work and ../docs", ""},
		"binary":        {"x.db", "\x00" + machines[0], ""},
		"in bin":        {"bin/x", machines[0], ""},
		"in text":       {"docs/a.md", "one\nsee " + machines[0] + "x", "docs/a.md:2: names a machine"},
		"in a dot file": {".ci/run", machines[0], ".ci/run:1: names a machine"},
		"in Go":         {"roles/doc.go", "package roles // " + machines[1], "roles/doc.go:1"},
	}
	for _, path := range machines {
		tests["path "+path] = struct{ file, content, want string }{"doc.md", path, "doc.md:1: names a machine"}
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := machinePaths(t, spoilt(map[string]string{test.file: test.content}))
			expectFault(t, got, test.want)
		})
	}
}

// spoilt is the fixture with files added or replaced.
func spoilt(files map[string]string) fs.FS {
	spoilt := fstest.MapFS{}
	for _, layer := range []map[string]string{fixture, files} {
		for path, content := range layer {
			spoilt[path] = &fstest.MapFile{Data: []byte(content)}
		}
	}
	return spoilt
}

func expectFault(t *testing.T, got []string, want string) {
	t.Helper()
	switch {
	case want == "" && len(got) != 0:
		t.Errorf("found %q, expected nothing", got)
	case want != "" && (len(got) != 1 || !strings.Contains(got[0], want)):
		t.Errorf("found %q, expected one fault that says %q", got, want)
	}
}
