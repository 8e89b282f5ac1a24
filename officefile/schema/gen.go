//go:build ignore

// Gen writes the schemas from the shapes that the files are read by.
package main

import (
	"errors"
	"log"
	"os"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/officefile/scenarios"
)

func main() {
	err := errors.Join(
		write("office.schema.json", officefile.Schema()),
		write("scenarios.schema.json", scenarios.Schema()),
	)
	if err != nil {
		log.Fatal(err)
	}
}

func write(name string, s strict.Schema) error {
	text, err := s.JSON(name)
	if err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o644)
}
