package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/adapters/authzen"
)

func (p program) evaluate() *cobra.Command {
	var flags sourceFlags
	c := &cobra.Command{
		Use:   "evaluate -f OFFICE [FILE]",
		Short: "Answer AuthZEN requests, one a line",
		Long: `Reads one OpenID AuthZEN access evaluation request a line, from FILE or standard
input, and prints one answer a line, each before the next line is read. A line
that is not a request is answered with decision false and an error, and the run
then ends in 2.`,
		Example: `  mandaat evaluate -f office.yaml requests.jsonl
  tail -f requests.jsonl | mandaat evaluate -f office.yaml`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			requests := "-"
			if len(args) == 1 {
				requests = args[0]
			}
			if requests == "-" && flags.office == "-" {
				return errors.New("found - twice, expected the office or the requests on standard input, not both")
			}
			source, err := p.source(&flags)
			if err != nil {
				return err
			}
			return p.answerFile(source, requests)
		},
	}
	flags.add(c)
	return c
}

func (p program) answerFile(source authzen.Source, name string) error {
	in, closeFile, err := p.open(name)
	if err != nil {
		return fmt.Errorf("cannot read the requests: %w", err)
	}
	return errors.Join(p.answerAll(source, in), closeFile())
}

// answerAll answers line after line, to the end, and only then says whether one
// was no request.
func (p program) answerAll(source authzen.Source, in io.Reader) error {
	lines := bufio.NewReader(in)
	var result error
	for {
		line, err := readLine(lines, authzen.MaxBytes)
		if errors.Is(err, io.EOF) {
			return result
		}
		if err != nil {
			return err
		}
		answer, notRequest := source.Answer(line, p.now())
		if notRequest != nil {
			result = exit(exitUnusable)
		}
		text, err := answer.JSON()
		if err != nil {
			return err
		}
		if _, err := p.out.Write(append(text, '\n')); err != nil {
			return err
		}
	}
}

// readLine reads up to and without the next line feed, or the end. Of a line that
// is longer than a limit it keeps just enough to show that.
func readLine(in *bufio.Reader, limit int) ([]byte, error) {
	var line []byte
	for {
		piece, err := in.ReadSlice('\n')
		if room := limit + 2 - len(line); room > 0 {
			line = append(line, piece[:min(len(piece), room)]...)
		}
		switch {
		case err == nil:
			return bytes.TrimSuffix(line, []byte("\n")), nil
		case errors.Is(err, io.EOF) && len(line) > 0:
			return line, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		}
	}
}
