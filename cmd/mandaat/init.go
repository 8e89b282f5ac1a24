package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// The files that init writes.
var (
	//go:embed starter/office.yaml
	starterOffice string
	//go:embed starter/office.scenarios.yaml
	starterScenarios string
)

func (p program) initialise() *cobra.Command {
	return &cobra.Command{
		Use:   "init [DIRECTORY]",
		Short: "Write an office and scenarios to begin with",
		Long: `Writes office.yaml and office.scenarios.yaml, with comments that tell what is what,
into DIRECTORY, or else into the one where it runs. The scenarios pass. Nothing is
written over: where one of the files is there, neither is written.`,
		Example: `  mandaat init
  mandaat init access && mandaat test access`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			directory := "."
			if len(args) > 0 {
				directory = args[0]
			}
			return p.start(directory)
		},
	}
}

// start writes the files into a directory, which is made where it is not there.
func (p program) start(directory string) error {
	if err := os.MkdirAll(directory, 0o750); err != nil {
		return err
	}
	office, tests := filepath.Join(directory, "office.yaml"), filepath.Join(directory, "office.scenarios.yaml")
	for _, name := range [...]string{office, tests} {
		if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s: found a file, expected none: init writes nothing over", name)
		}
	}
	if err := writeNew(office, starterOffice); err != nil {
		return err
	}
	if err := writeNew(tests, starterScenarios); err != nil {
		return errors.Join(err, os.Remove(office))
	}
	return p.printed(fmt.Sprintf("wrote %s and %s; next: mandaat test %s\n", office, tests, directory), nil, true)
}

// writeNew writes a file that is not there yet.
func writeNew(name, text string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644) //nolint:gosec // for others to read, too
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}
