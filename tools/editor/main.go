// Editor tries the JSON Schemas of office and scenario files in yaml-language-server,
// which is what most editors ask about YAML, and prints what an editor would show:
// what can be typed, what a word means, and what is wrong. From the repository's root:
//
//	npm install --prefix "$DIR" yaml-language-server@1.25.0
//	GOWORK=off go -C tools run ./editor "$DIR/node_modules/.bin/yaml-language-server"
//
// It exits with 1 where something that is expected is not shown, where a file that is
// read is marked, or where one that the schema refuses is not; and with 2 where the
// server cannot be asked.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// patience is how long all of it may take.
const patience = 5 * time.Minute

func main() {
	ctx, stop := context.WithTimeout(context.Background(), patience)
	missing, err := try(ctx, os.Args[1:])
	stop()
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "editor:", err)
		os.Exit(2)
	case missing > 0:
		fmt.Printf("\n%d things are not as expected\n", missing)
		os.Exit(1)
	}
	fmt.Println("\nall is as expected")
}

// try starts the server and goes through everything; missing counts what is not as
// expected.
func try(ctx context.Context, args []string) (missing int, err error) {
	if len(args) != 1 {
		return 0, fmt.Errorf("expected one argument: where yaml-language-server is")
	}
	program, err := filepath.Abs(args[0])
	if err != nil {
		return 0, err
	}
	root, err := filepath.Abs("..")
	if err != nil {
		return 0, err
	}
	s, err := start(exec.CommandContext(ctx, program, "--stdio"), root) //nolint:gosec // the server that the caller names
	if err != nil {
		return 0, err
	}
	for _, look := range []func(*server) (int, error){warm, completions, hovers, mistakes, corpus} {
		n, err := look(s)
		if err != nil {
			return 0, err
		}
		missing += n
	}
	return missing, s.stop()
}

// caret is where the cursor stands in a case.
const caret = "‸"

// place takes the caret out of a text, and says where it stood.
func place(text string) (without string, at position) {
	before, after, _ := strings.Cut(text, caret)
	lines := strings.Split(before, "\n")
	return before + after, position{len(lines) - 1, len([]rune(lines[len(lines)-1]))}
}

// heading prints what is looked at.
func heading(of, text string) {
	fmt.Printf("\n%s\n", of)
	for line := range strings.Lines(strings.TrimSpace(text)) {
		fmt.Print("  | ", line)
	}
	fmt.Println()
}
