package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/policy"
)

// officeFlag gives a command its -f.
func officeFlag(c *cobra.Command, name *string) {
	c.Flags().StringVarP(name, "file", "f", "", "the office file; - is standard input")
	if err := c.MarkFlagRequired("file"); err != nil {
		panic(err) // the flag was just defined
	}
}

// open opens a file by name; - is standard input. close is never nil.
func (p program) open(name string) (in io.Reader, closeFile func() error, err error) {
	if name == "-" {
		return p.in, func() error { return nil }, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, func() error { return nil }, err
	}
	return f, f.Close, nil
}

// office reads an office file into what answers for it.
func (p program) office(name string) (authzen.Source, error) {
	in, closeFile, err := p.open(name)
	if err != nil {
		return authzen.Source{}, fmt.Errorf("cannot read the office file: %w", err)
	}
	file, err := officefile.Read(name, in)
	if err := errors.Join(err, closeFile()); err != nil {
		return authzen.Source{}, err
	}
	return authzen.Source{Snapshot: policy.Compile(file.Office), Documents: file.Document}, nil
}
