package scenarios

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/problems"
)

// Suite is the scenarios of one file. The zero Suite has none.
type Suite struct {
	// File is the name that the file was read under.
	File      string
	Scenarios []*Scenario
}

// Scenario is what is expected of an office at a moment. It is immutable, and safe
// for any number of goroutines.
type Scenario struct {
	// File, Line and Column are where it stands; Line and Column count from 1.
	File         string
	Line, Column int
	// Name says it in the office's words.
	Name string
	// At is the moment of asking.
	At time.Time

	world   *world
	refused []Failure // what is given, and may not be
	asks    []ask
	tables  []grid
	finds   []pattern
	lacks   []pattern
}

// Load reads scenario files, and the offices they name, all with read; an office that
// several name is read once. now is the moment of scenarios that have none of their
// own. What is wrong with any of the files is told in one error that joins an
// *officefile.Error for each thing, and then there are no suites.
func Load(read func(name string) ([]byte, error), now time.Time, files ...string) ([]*Suite, error) {
	l := loader{read: read, now: now, offices: make(map[string]*shared)}
	suites := make([]*Suite, 0, len(files))
	var all []error
	for _, name := range files {
		suite, err := l.suite(name)
		suites, all = append(suites, suite), append(all, err)
	}
	if err := errors.Join(all...); err != nil {
		return nil, err
	}
	return suites, nil
}

// loader reads files.
type loader struct {
	read    func(string) ([]byte, error)
	now     time.Time
	offices map[string]*shared // by the name of their file
}

// shared is an office that scenarios share.
type shared struct {
	file    *officefile.File
	state   admin.State
	surveys surveys

	compared int   // names, with unknown ones
	err      error // why it could not be read, told once
}

func sharing(file *officefile.File) *shared {
	return &shared{file: file, state: admin.Open(file.Office)}
}

func (s *shared) office() offices.Office { return s.state.Office() }

func (l *loader) suite(name string) (*Suite, error) {
	data, err := l.read(name)
	if err != nil {
		return nil, fmt.Errorf("cannot read the scenario file: %w", err)
	}
	d := officefile.Load(data)
	if d.Root() == nil {
		return nil, officefile.ErrorsOf(name, d)
	}
	c := fileShape.Read(d, d.Root())
	office, err := l.office(d, &c, name)
	suite := &Suite{File: name}
	if office != nil {
		r := reader{d, name, office, l.now}
		if c.at != nil {
			r.at = *c.at
		}
		for i := range c.scenarios {
			suite.Scenarios = append(suite.Scenarios, r.scenario(&c.scenarios[i]))
		}
	}
	return suite, errors.Join(err, officefile.ErrorsOf(name, d))
}

// office is the office of a file; nil where there is none. The error is one of
// another file, which is told once.
func (l *loader) office(d *strict.Document, c *content, suite string) (*shared, error) {
	if c.office == nil {
		return nil, nil
	}
	if strict.Follow(c.office).Kind == yaml.MappingNode {
		if file := officefile.Inline(d, c.office); file != nil {
			return sharing(file), nil
		}
		return nil, nil
	}
	written := strict.Follow(c.office).Value
	office, told := l.officeFile(beside(suite, written))
	switch {
	case office.err == nil:
		return office, nil
	case told:
		d.Fault(c.office, problems.Quote(written)+", which cannot be used, as was told above", "an office file that can")
	case len(officefile.Errors(office.err)) == 0: // it is not about the content
		d.Fault(c.office, problems.Quote(written)+" ("+office.err.Error()+")", "an office file")
	default:
		return nil, office.err
	}
	return nil, nil
}

// beside is the name of a file that another names. It is that of a file, whatever it
// looks like: - is not standard input here, which has been read.
func beside(suite, name string) string {
	if !filepath.IsAbs(name) {
		name = filepath.Join(filepath.Dir(suite), name)
	}
	if name == "-" {
		return "." + string(filepath.Separator) + name
	}
	return name
}

// officeFile reads an office file, once; told says whether it was read before.
func (l *loader) officeFile(name string) (office *shared, told bool) {
	if known, ok := l.offices[name]; ok {
		return known, true
	}
	office = new(shared)
	data, err := l.read(name)
	if err != nil {
		office.err = err
	} else if file, err := officefile.Parse(name, data); err != nil {
		office.err = err
	} else {
		office = sharing(file)
	}
	l.offices[name] = office
	return office, false
}
