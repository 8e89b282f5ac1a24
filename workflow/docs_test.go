package workflow_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/workflow"
)

func TestTheDocsShowWhatTheGoldenFilesHold(t *testing.T) {
	read := func(name string) string {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	docs := read("../docs/documents.md")
	golden := read("testdata/commands.golden") + read("testdata/events.golden")
	golden = regexp.MustCompile(`sha256:[0-9a-f]{64}`).ReplaceAllString(golden, "sha256:of-the-rules")
	shown := regexp.MustCompile(`(?m)^\{.*\}$`).FindAllString(docs, -1)
	for _, line := range shown {
		if !strings.Contains(golden, line) {
			t.Errorf("the docs show what no golden file holds: %s", line)
		}
	}
	if len(shown) < 2 {
		t.Errorf("the docs show %d commands and events", len(shown))
	}
}

func TestTheDocsHaveEveryCommandWithItsFields(t *testing.T) {
	docs, err := os.ReadFile("../docs/documents.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range workflow.CommandNames() {
		var fields []string
		for _, f := range workflow.CommandFields(name) {
			fields = append(fields, "`"+f.Key+"`")
		}
		if row := "| `" + name + "` | " + strings.Join(fields, ", ") + " |"; !strings.Contains(string(docs), row) {
			t.Errorf("the docs do not have the row %s", row)
		}
	}
}
