package main

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/hot"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/logfile"
	"github.com/mandaat/mandaat/documents"
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
		Snapshot: policy.Compile(file.Office), Documents: file.Document, AllDocuments: sorted(file), Version: c.Hash,
	}, nil
}

// sorted goes through the documents of a file by id.
func sorted(file *officefile.File) func(after documents.ID) iter.Seq[*documents.Document] {
	list := make([]*documents.Document, len(file.Documents))
	for i := range file.Documents {
		list[i] = &file.Documents[i]
	}
	slices.SortFunc(list, func(a, b *documents.Document) int { return cmp.Compare(a.ID(), b.ID()) })
	return func(after documents.ID) iter.Seq[*documents.Document] {
		from, found := slices.BinarySearchFunc(list, after, func(d *documents.Document, id documents.ID) int { return cmp.Compare(d.ID(), id) })
		if found {
			from++
		}
		return slices.Values(list[from:])
	}
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
