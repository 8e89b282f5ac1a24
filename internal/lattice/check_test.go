package lattice

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/mandaat/mandaat"

// checker gathers what is not in order. Packages and files go by their path from
// the root of the repository.
type checker struct {
	rows   map[string][]string // what each package may import of ours
	nested map[string]bool     // the directories of modules other than the root one
	met    map[string]bool     // the packages found
	faults []string
}

// faults is everything in a tree that is not in order.
func faults(t *testing.T, files fs.FS, table string) []string {
	t.Helper()
	c := checker{rows: map[string][]string{}, nested: map[string]bool{}, met: map[string]bool{}}
	c.readTable(table)
	walk(t, files, unbuilt, c.readModule)
	c.checkWorkspace(t, files)
	walk(t, files, unbuilt, c.readSource)
	for _, pkg := range slices.Sorted(maps.Keys(c.rows)) {
		if !c.met[pkg] {
			c.note(pkg, "a row, and no package")
		}
	}
	return c.faults
}

func (c *checker) note(where, format string, args ...any) {
	c.faults = append(c.faults, where+": "+fmt.Sprintf(format, args...))
}

// walk reads every file of a tree outside the directories to skip.
func walk(t *testing.T, files fs.FS, skip func(dir string) bool, read func(file string, data []byte)) {
	t.Helper()
	err := fs.WalkDir(files, ".", func(at string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && at != "." && skip(at):
			return fs.SkipDir
		case !entry.Type().IsRegular():
			return nil
		}
		data, err := fs.ReadFile(files, at)
		if err == nil {
			read(at, data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// unbuilt says whether a directory holds nothing that Go would build.
func unbuilt(dir string) bool {
	name := path.Base(dir)
	return dir == "bin" || name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

func (c *checker) readTable(table string) {
	known := map[string][]string{} // what each word above stands for
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0:
		case len(fields) == 1 || fields[1] != ":" && fields[1] != "=":
			c.note("the table", "not a row: %s", strings.TrimSpace(line))
		default:
			names := c.expand(fields[0], fields[2:], known)
			if fields[1] == ":" {
				c.addRow(fields[0], names)
				names = []string{fields[0]}
			}
			known[fields[0]] = names
		}
	}
}

func (c *checker) expand(word string, names []string, known map[string][]string) []string {
	var expanded []string
	for _, name := range names {
		if known[name] == nil {
			c.note(word, "its row names %s, which does not stand above it", name)
		}
		expanded = append(expanded, known[name]...)
	}
	return expanded
}

func (c *checker) addRow(pkg string, names []string) {
	if _, found := c.rows[pkg]; found {
		c.note(pkg, "two rows")
	}
	c.rows[pkg] = names
}

// readModule learns where modules are, and holds what the root one requires
// against what it may.
func (c *checker) readModule(file string, data []byte) {
	switch {
	case path.Base(file) != "go.mod":
	case file != "go.mod":
		c.nested[path.Dir(file)] = true
	default:
		for _, required := range requires(string(data)) {
			if !slices.Contains(outside, required) {
				c.note(file, "requires %s, which is not among %q", required, outside)
			}
		}
	}
}

// requires is the modules that a go.mod requires directly.
func requires(mod string) []string {
	var direct []string
	block := false
	for line := range strings.Lines(mod) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0:
			continue
		case fields[0] == "require":
			fields = fields[1:]
			block = slices.Contains(fields, "(")
		case fields[0] == ")":
			block = false
		case !block:
			continue
		}
		if len(fields) > 1 && !strings.HasSuffix(strings.TrimSpace(line), "// indirect") {
			direct = append(direct, fields[0])
		}
	}
	return direct
}

// checkWorkspace holds that no module is left out of what one pattern tests, but for
// the pinned tools and for the engines of others, whose dependencies would weigh on
// every module.
func (c *checker) checkWorkspace(t *testing.T, files fs.FS) {
	t.Helper()
	work, err := fs.ReadFile(files, "go.work")
	if err != nil {
		t.Fatal(err)
	}
	used := strings.Fields(string(work))
	for _, dir := range slices.Sorted(maps.Keys(c.nested)) {
		if dir != "tools" && dir != "integration" && !slices.Contains(used, "./"+dir) {
			c.note(dir, "a module that go.work does not use")
		}
	}
}

// inRoot says whether a package belongs to the root module.
func (c *checker) inRoot(pkg string) bool {
	for dir := range c.nested {
		if pkg == dir || strings.HasPrefix(pkg, dir+"/") {
			return false
		}
	}
	return true
}

func (c *checker) readSource(file string, data []byte) {
	if path.Ext(file) != ".go" {
		return
	}
	positions := token.NewFileSet()
	parsed, err := parser.ParseFile(positions, file, data, parser.ParseComments|parser.SkipObjectResolution)
	switch {
	case err != nil:
		c.note(file, "%v", err)
	case !ignored(parsed):
		s := source{
			checker: c, File: parsed, positions: positions,
			pkg: path.Dir(file), test: strings.HasSuffix(file, "_test.go"),
		}
		s.root = c.inRoot(s.pkg)
		s.check()
	}
}

// ignored says whether a file is none of its package's: a program that one runs by
// naming the file.
func ignored(file *ast.File) bool {
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if comment.Text == "//go:build ignore" && comment.Pos() < file.Package {
				return true
			}
		}
	}
	return false
}

// source is one Go file.
type source struct {
	*checker
	*ast.File
	positions *token.FileSet
	pkg       string
	root      bool // of the root module
	test      bool
}

func (s *source) noteAt(at token.Pos, format string, args ...any) {
	position := s.positions.Position(at)
	s.note(position.Filename+":"+strconv.Itoa(position.Line), format, args...)
}

func (s *source) check() {
	_, found := s.rows[s.pkg]
	if !found && !s.met[s.pkg] {
		s.note(s.pkg, "no row says what it may import")
	}
	s.met[s.pkg] = true
	for _, spec := range s.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			s.noteAt(spec.Pos(), "%v", err)
			continue
		}
		s.checkImport(spec, imported)
	}
	if s.pure() {
		s.checkPurity()
	}
}

func (s *source) checkImport(spec *ast.ImportSpec, imported string) {
	first, _, _ := strings.Cut(imported, "/")
	switch ours, found := strings.CutPrefix(imported, module+"/"); {
	case found:
		s.checkOurs(spec, ours)
	case !s.root || !strings.Contains(first, "."):
	case !s.test:
		s.noteAt(spec.Pos(), "%s: not the standard library", imported)
	case !slices.ContainsFunc(outside, func(m string) bool { return imported == m || strings.HasPrefix(imported, m+"/") }):
		s.noteAt(spec.Pos(), "%s: not among %q", imported, outside)
	}
}

func (s *source) checkOurs(spec *ast.ImportSpec, imported string) {
	row, found := s.rows[s.pkg]
	itself := s.test && imported == s.pkg
	if found && !itself && !slices.Contains(row, imported) {
		s.noteAt(spec.Pos(), "%s may not import %s", s.pkg, imported)
	}
}
