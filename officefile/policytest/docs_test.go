package policytest_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

var (
	anExample = regexp.MustCompile(`(?ms)^func (Example\w+)\(\) \{\n\tvar t inATest\n(.*?)\t// Output:\n?(.*?)^\}`)
	aTest     = regexp.MustCompile(`(?ms)^func (Test\w+)\(t \*testing\.T\) \{\n(.*?)^\}`)
	aText     = regexp.MustCompile("(?s)```text\n(.*?)```")
)

// What the page shows is the examples, which run: each test on it is one of them, each
// of them is on it, and each text is what one prints.
func TestThePageShowsTheExamples(t *testing.T) {
	source := read(t, "example_test.go")
	page := read(t, "../../docs/policytest.md")
	examples, outputs := map[string]string{}, map[string]bool{}
	for _, m := range anExample.FindAllStringSubmatch(source, -1) {
		examples[m[2]] = m[1]
		outputs[strings.ReplaceAll(strings.ReplaceAll(m[3], "\t// ", ""), "\t//\n", "\n")] = true
	}
	if n := strings.Count(source, "\nfunc Example"); n != len(examples) || n < 5 {
		t.Fatalf("read %d of %d examples", len(examples), n)
	}
	for _, m := range aTest.FindAllStringSubmatch(page, -1) {
		if _, ok := examples[m[2]]; !ok {
			t.Errorf("%s of the page is no example:\n%s", m[1], m[2])
		}
		delete(examples, m[2])
	}
	for body, name := range examples {
		t.Errorf("%s is not on the page:\n%s", name, body)
	}
	texts := aText.FindAllStringSubmatch(page, -1)
	for _, m := range texts {
		if m[1] == "" || !outputs[m[1]] {
			t.Errorf("no example prints this of the page:\n%s", m[1])
		}
	}
	if len(texts) == 0 {
		t.Error("the page shows nothing that is printed")
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
