// Wrong makes mistakes on purpose, one at a time, in a scratch copy of the
// repository, and names the tests that catch each. From the repository's root:
//
//	GOWORK=off go -C tools run ./wrong [--head] [--with-all] [--only 3,7] [-v] [--list file]
//
// The mistakes are listed in mistakes.txt, beside this file. Wrong exits with 1
// where a mistake is caught by no test or does not compile, and with 2 where it
// could not begin: a mistake no longer fits the code, or the tests fail already.
package main

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

//go:embed mistakes.txt
var listed string

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx)
	stop()
	os.Exit(status)
}

// options are what the command line asks for.
type options struct {
	head, withAll, verbose bool
	only, list             string
}

func run(ctx context.Context) int {
	var o options
	flag.BoolVar(&o.head, "head", false, "copy the last commit instead of the working tree")
	flag.BoolVar(&o.withAll, "with-all", false, "run the slow tests too: those named Enumerat... and Plain...")
	flag.BoolVar(&o.verbose, "v", false, "name every test and case that caught a mistake")
	flag.StringVar(&o.only, "only", "", "make only these mistakes, by `number`: 3,7")
	flag.StringVar(&o.list, "list", "", "read the mistakes from a `file`")
	flag.Parse()
	caught, err := o.wrong(ctx)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "wrong:", err)
		return 2
	case !caught:
		return 1
	}
	return 0
}

// wrong makes the mistakes and prints what caught them. It says whether each was.
func (o options) wrong(ctx context.Context) (all bool, err error) {
	began := time.Now()
	list, err := o.mistakes()
	if err != nil {
		return false, err
	}
	dir, err := os.MkdirTemp("", "wrong-")
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	c := scratch{dir: dir, withAll: o.withAll}
	if err := c.fill(ctx, o.head); err != nil {
		return false, err
	}
	if err := c.ready(ctx, list); err != nil {
		return false, err
	}
	fmt.Printf("the tests pass as long as nothing is wrong (%s)\n", seconds(time.Since(began)))

	caught, width := 0, widest(list)
	for i := range list {
		m := &list[i]
		if i == 0 || m.part != list[i-1].part {
			fmt.Printf("\n%s\n\n", m.part)
		}
		from := time.Now()
		by, err := c.try(ctx, m)
		if err := ctx.Err(); err != nil {
			return false, err
		}
		if len(by) > 0 {
			caught++
		}
		fmt.Printf("%2d  %-*s  %5s  %s\n", m.number, width, m.words, seconds(time.Since(from)), told(by, err))
		if o.verbose {
			for _, t := range by {
				fmt.Printf("        %s\n", strings.Join(append([]string{t.name}, t.cases...), "\n          "))
			}
		}
	}
	fmt.Printf("\n%d mistakes, %d caught (%s, of which processors worked %s)\n",
		len(list), caught, seconds(time.Since(began)), seconds(c.busy))
	return caught == len(list), nil
}

// A mistake is lines of one file that are replaced by others.
type mistake struct {
	number      int
	part        string // the heading it stands under
	words       string // what goes wrong, in the office's words
	file        string
	right, slip []string
}

// mistakes reads the list. A line that begins with "=" is a heading, with "#" a
// remark, with "*" a mistake in words; then follow its file, and its lines, each
// after a sign: "-" stands in the right code only, "+" in the wrong, " " in both.
func (o options) mistakes() ([]mistake, error) {
	text := listed
	if o.list != "" {
		data, err := os.ReadFile(o.list)
		if err != nil {
			return nil, err
		}
		text = string(data)
	}
	var list []mistake
	part, at := "", 0
	for line := range strings.Lines(text) {
		at++
		line = strings.TrimSuffix(line, "\n")
		if line == "" {
			continue
		}
		sign, rest := line[0], line[1:]
		switch {
		case sign == '#':
		case sign == '=':
			part = strings.TrimSpace(rest)
		case sign == '*':
			list = append(list, mistake{number: len(list) + 1, part: part, words: strings.TrimSpace(rest)})
		case len(list) == 0:
			return nil, fmt.Errorf("line %d of the list: no mistake to belong to", at)
		default:
			if err := list[len(list)-1].add(sign, line); err != nil {
				return nil, fmt.Errorf("line %d of the list: %w", at, err)
			}
		}
	}
	return o.chosen(list)
}

func (m *mistake) add(sign byte, line string) error {
	if m.file == "" {
		if !filepath.IsLocal(line) || !strings.HasSuffix(line, ".go") {
			return fmt.Errorf("%q: after the words of a mistake comes the file it is made in", line)
		}
		m.file = line
		return nil
	}
	if !strings.ContainsRune("-+ ", rune(sign)) {
		return fmt.Errorf("%q: not a line of code after -, + or a space", line)
	}
	if sign != '+' {
		m.right = append(m.right, line[1:])
	}
	if sign != '-' {
		m.slip = append(m.slip, line[1:])
	}
	return nil
}

func (o options) chosen(list []mistake) ([]mistake, error) {
	if o.only == "" {
		return list, nil
	}
	var some []mistake
	for word := range strings.SplitSeq(o.only, ",") {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > len(list) {
			return nil, fmt.Errorf("%q is no number of a mistake: there are %d", word, len(list))
		}
		some = append(some, list[n-1])
	}
	return some, nil
}

// in is the file's text with the mistake made in it. The right lines stand there
// exactly once, or the list is no longer current.
func (m *mistake) in(code string) (string, error) {
	text, right, slip := "\n"+code, block(m.right), block(m.slip)
	var fault string
	switch at := strings.Index(text, right); {
	case len(m.right) == 0 || right == slip:
		fault = "it changes nothing"
	case at < 0:
		fault = "its lines do not stand there"
	case at != strings.LastIndex(text, right):
		fault = "its lines stand there more than once"
	default:
		return text[1:at+1] + slip[1:] + text[at+len(right):], nil
	}
	return "", fmt.Errorf("mistake %d (%s) does not fit %s: %s", m.number, m.words, m.file, fault)
}

func block(lines []string) string { return "\n" + strings.Join(append(slices.Clip(lines), ""), "\n") }

// packages are those whose tests should catch the mistake: the rules', and its own.
func (m *mistake) packages() []string {
	own := "./" + filepath.ToSlash(filepath.Dir(m.file))
	if own == "./policy" {
		return []string{own}
	}
	return []string{"./policy", own}
}

// scratch is a copy of the repository that mistakes are made in.
type scratch struct {
	dir     string
	withAll bool
	busy    time.Duration // how long processors worked for it
}

// fill copies the last commit, or what would be in the next one.
func (c *scratch) fill(ctx context.Context, head bool) error {
	top, err := c.output(ctx, ".", "git", "rev-parse", "--show-toplevel")
	if err != nil {
		return err
	}
	root := strings.TrimSpace(string(top))
	if head {
		pack := filepath.Join(c.dir, "head.tar")
		if _, err := c.output(ctx, root, "git", "archive", "-o", pack, "HEAD"); err != nil {
			return err
		}
		_, err := c.output(ctx, c.dir, "tar", "-xf", pack)
		return errors.Join(err, os.Remove(pack))
	}
	names, err := c.output(ctx, root, "git", "ls-files", "-z", "-co", "--exclude-standard")
	if err != nil {
		return err
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(names), "\x00"), "\x00") {
		if err := c.copy(root, name); err != nil {
			return err
		}
	}
	return nil
}

func (c *scratch) copy(root, name string) error {
	data, err := os.ReadFile(filepath.Join(root, name)) //nolint:gosec // git names what is in the repository
	if errors.Is(err, os.ErrNotExist) {
		return nil // to be deleted by the next commit
	}
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(c.path(name)), 0o700); err != nil {
		return err
	}
	return os.WriteFile(c.path(name), data, 0o600) //nolint:gosec // the same
}

func (c *scratch) path(name string) string { return filepath.Join(c.dir, filepath.FromSlash(name)) }

// ready says whether the mistakes can be told by the tests: each fits the code,
// and no test fails without one.
func (c *scratch) ready(ctx context.Context, list []mistake) error {
	var stale []error
	var packages []string
	for i := range list {
		_, _, err := c.spoil(&list[i])
		stale = append(stale, err)
		packages = append(packages, list[i].packages()...)
	}
	if err := errors.Join(stale...); err != nil {
		return err
	}
	slices.Sort(packages)
	failed, err := c.test(ctx, slices.Compact(packages))
	if err != nil {
		return fmt.Errorf("the tests do not run before anything is wrong: %w", err)
	}
	if len(failed) > 0 {
		return fmt.Errorf("the tests fail before anything is wrong: %s", told(failed, nil))
	}
	return nil
}

// spoil is a file before and after the mistake.
func (c *scratch) spoil(m *mistake) (before, after string, err error) {
	data, err := os.ReadFile(c.path(m.file))
	if err != nil {
		return "", "", fmt.Errorf("mistake %d (%s): %w", m.number, m.words, err)
	}
	after, err = m.in(string(data))
	return string(data), after, err
}

// try makes one mistake, asks the tests, and takes it back.
func (c *scratch) try(ctx context.Context, m *mistake) (by []caughtBy, err error) {
	before, after, err := c.spoil(m)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.WriteFile(c.path(m.file), []byte(before), 0o600)) }()
	if err := os.WriteFile(c.path(m.file), []byte(after), 0o600); err != nil {
		return nil, err
	}
	return c.test(ctx, m.packages())
}

// caughtBy is a test that failed, and its cases that did.
type caughtBy struct {
	name  string
	cases []string
}

// test runs the tests of packages that compile, and names those that fail: those
// with a named case first, for they say most.
func (c *scratch) test(ctx context.Context, packages []string) ([]caughtBy, error) {
	args := []string{"test", "-json", "-vet=off", "-count=1", "-timeout=5m"}
	if !c.withAll {
		args = append(args, "-skip=Enumerat|Plain")
	}
	out, err := c.output(ctx, c.dir, "go", append(args, packages...)...)
	failed, broken := failures(out)
	switch {
	case broken != "":
		return nil, fmt.Errorf("does not compile: %s", broken)
	case err != nil && len(failed) == 0:
		return nil, fmt.Errorf("no test fails by name: %w", err)
	}
	slices.SortStableFunc(failed, func(a, b caughtBy) int { return min(len(b.cases), 1) - min(len(a.cases), 1) })
	return failed, nil
}

// failures reads what go test -json tells: which tests failed, and what does not
// compile. A test ends after its cases, and a case after those within it, which
// name it too.
func failures(out []byte) (failed []caughtBy, broken string) {
	cases := map[string][]string{}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, len(out)+1)
	for lines.Scan() {
		var event struct {
			Action  string `json:"Action"`
			Package string `json:"Package"`
			Test    string `json:"Test"`
			Output  string `json:"Output"`
		}
		if json.Unmarshal(lines.Bytes(), &event) != nil {
			continue
		}
		if event.Action == "build-output" {
			broken += event.Output
		}
		if event.Action != "fail" || event.Test == "" {
			continue
		}
		name, part, isCase := strings.Cut(event.Test, "/")
		if in := event.Package[strings.LastIndexByte(event.Package, '/')+1:]; in != "policy" {
			name = in + "." + name
		}
		if isCase {
			part, so := strings.ReplaceAll(part, "_", " "), cases[name]
			if len(so) == 0 || !strings.HasPrefix(so[len(so)-1], part+"/") {
				cases[name] = append(so, part)
			}
			continue
		}
		failed = append(failed, caughtBy{name, cases[name]})
	}
	return failed, strings.TrimSpace(broken)
}

// output runs a command in a directory. Examples that the tests make up are the
// same each time, and are not simplified: that they fail is enough.
func (c *scratch) output(ctx context.Context, dir, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // git, go or tar, as written here
	cmd.Dir = dir
	cmd.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "GOWORK=") || strings.HasPrefix(v, "PWD=")
	}), "RAPID_SEED=1", "RAPID_SHRINKTIME=0s", "RAPID_NOFAILFILE=true")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if used := cmd.ProcessState; used != nil {
		c.busy += used.UserTime() + used.SystemTime()
	}
	if err != nil {
		err = fmt.Errorf("%s %s: %w\n%s", name, args[0], err, bytes.TrimSpace(said.Bytes()))
	}
	return out, err
}

// told is the first three tests that caught a mistake, and how many more there are.
func told(by []caughtBy, err error) string {
	switch {
	case err != nil:
		return "ERROR IN THE LIST: " + strings.ReplaceAll(err.Error(), "\n", "; ")
	case len(by) == 0:
		return "NOT CAUGHT"
	}
	var names []string
	for _, t := range by[:min(len(by), 3)] {
		names = append(names, t.name)
	}
	text := strings.Join(names, ", ")
	if more := len(by) - len(names); more > 0 {
		text += fmt.Sprintf(" +%d more", more)
	}
	return text
}

func widest(list []mistake) (width int) {
	for _, m := range list {
		width = max(width, len(m.words))
	}
	return width
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.0f s", d.Seconds()) }
