package main

import (
	"fmt"
	"io"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/hot"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/logfile"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/policy"
)

// served reads the office file into what answers for it, now and when it changes.
// Standard input is read once.
func (p program) served(name string) (office *hot.Value[authzen.Source], err error) {
	read := func(c hot.Content) (authzen.Source, error) { return answering(name, c) }
	p.progress.during("reading "+name, func() {
		if name != "-" {
			office, err = hot.Open(officefile.MaxBytes, read, name)
			return
		}
		var data []byte
		if data, err = officefile.ReadAll(p.in); err == nil {
			office, err = hot.Fixed(data, read)
		}
	})
	if err != nil && len(officefile.Errors(err)) == 0 {
		err = fmt.Errorf("cannot read the office file: %w", err)
	}
	return office, err
}

func answering(name string, c hot.Content) (authzen.Source, error) {
	file, err := officefile.Parse(name, c.Data[0])
	if err != nil {
		return authzen.Source{}, err
	}
	return authzen.Source{
		Snapshot: policy.Compile(file.Office), Documents: file.Document, AllDocuments: documentsAfter(file.Documents), Version: c.Hash,
	}, nil
}

// logTo opens a log by name; - is standard output, and no name what is given.
func (p program) logTo(name string, otherwise io.Writer) (*logfile.File, error) {
	switch name {
	case "":
		return logfile.To(otherwise), nil
	case "-":
		return logfile.To(p.out), nil
	}
	return logfile.Open(name)
}
