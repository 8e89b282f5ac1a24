//go:build ignore

// Gen writes the schemas from the shapes that the files are read by.
package main

import (
	"log"
	"os"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/internal/strict"
)

const at = "https://raw.githubusercontent.com/mandaat/mandaat/main/officefile/schema/"

func main() {
	for name, s := range map[string]strict.Schema{
		"office.schema.json": officefile.Schema(),
	} {
		text, err := s.JSON(at + name)
		if err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(name, text, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
