package policy

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// documented is the rows of the tables in docs/rules.md that name rules: rule id
// to source. A row without an action goes on with the one above it.
func documented(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../docs/rules.md")
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile("`([a-z_.-]+)`")
	rows, actions := map[string]string{}, []string(nil)
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) < 4 || !strings.HasPrefix(line, "|") {
			continue
		}
		if named := code.FindAllStringSubmatch(cells[0], -1); named != nil {
			actions = nil
			for _, n := range named {
				actions = append(actions, n[1])
			}
		}
		if slug := code.FindStringSubmatch(cells[1]); slug != nil {
			for _, action := range actions {
				rows[action+"/"+slug[1]] = strings.TrimSpace(cells[len(cells)-1])
			}
		}
	}
	return rows
}

func TestTheDocsHaveEveryRuleAndNoOther(t *testing.T) {
	rows := documented(t)
	for rule := range AllRules() {
		if source, ok := rows[rule.String()]; !ok || source != rule.Rule().Source {
			t.Errorf("docs/rules.md has %s with the source %q, want %q", rule, source, rule.Rule().Source)
		}
		delete(rows, rule.String())
	}
	for id := range rows {
		if action, _, _ := strings.Cut(id, "/"); strings.Contains(action, ".") {
			t.Errorf("docs/rules.md has a rule %s, which there is not", id)
		}
	}
}

func TestTheDocsHaveEveryCodeInOrder(t *testing.T) {
	text, err := os.ReadFile("../docs/format.md")
	if err != nil {
		t.Fatal(err)
	}
	rest := string(text)
	for code := range AllCodes() {
		_, after, ok := strings.Cut(rest, "\n| `"+code.String()+"` |")
		if !ok {
			t.Fatalf("docs/format.md does not have %s after the codes before it", code)
		}
		rest = after
	}
}
