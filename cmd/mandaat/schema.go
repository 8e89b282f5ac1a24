package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/officefile/schema"
)

// schemas is the JSON Schema of each kind of file.
var schemas = []struct {
	of   string
	text func() []byte
}{
	{"office", schema.Office},
	{"scenarios", schema.Scenarios},
}

func (p program) schema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema office|scenarios",
		Short: "Print the JSON Schema of a kind of file, for editors",
		Long: `Prints the JSON Schema (draft 2020-12) of an office file or of scenario files, from
which an editor completes keys and codes, tells what they mean, and marks mistakes
while one writes. A file looks for its schema where its first line says so:

  # yaml-language-server: $schema=office.schema.json`,
		Example: `  mandaat schema office > office.schema.json
  mandaat schema scenarios > scenarios.schema.json`,
		Args:                  cobra.ExactArgs(1),
		ValidArgs:             []string{"office", "scenarios"},
		DisableFlagsInUseLine: true,
		RunE:                  func(_ *cobra.Command, args []string) error { return p.tellSchema(args[0]) },
	}
}

func (p program) tellSchema(of string) error {
	var names []string
	for _, s := range schemas {
		if s.of == of {
			return p.printed(string(s.text()), nil, true)
		}
		names = append(names, s.of)
	}
	return fmt.Errorf("found %q, expected %s", of, strings.Join(names, " or "))
}
