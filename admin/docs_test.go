package admin_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
)

// commandTable is the table of commands and their keys, as docs/changes.md has it.
func commandTable() string {
	var b strings.Builder
	b.WriteString("| command | keys |\n| --- | --- |\n")
	for _, name := range admin.CommandNames() {
		var keys []string
		for _, f := range admin.CommandFields(name) {
			key := "`" + f.Key + "`"
			if f.Optional {
				key = "(" + key + ")"
			}
			keys = append(keys, key)
		}
		b.WriteString("| `" + name + "` | " + strings.Join(keys, ", ") + " |\n")
	}
	return b.String()
}

func TestTheDocsHaveEveryCommandWithItsKeys(t *testing.T) {
	docs, err := os.ReadFile("../docs/changes.md")
	if err != nil {
		t.Fatal(err)
	}
	if table := commandTable(); !strings.Contains(string(docs), table) {
		t.Errorf("docs/changes.md does not have this table:\n%s", table)
	}
}

func TestTheDocsShowAnEvent(t *testing.T) {
	docs, err := os.ReadFile("../docs/changes.md")
	if err != nil {
		t.Fatal(err)
	}
	_, events, err := admin.Apply(admin.Open(largeOffice(t, 1000)), "user1", time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC),
		admin.GrantRole{User: "user501", Role: roles.Authoriser})
	if err != nil || len(events) != 1 {
		t.Fatal(events, err)
	}
	line, err := json.Marshal(events[0])
	if err != nil {
		t.Fatal(err)
	}
	shown := strings.NewReplacer("user1", "rosa", "user501", "carla", policy.Hash(), "sha256:of-the-rules").Replace(string(line))
	if !strings.Contains(string(docs), shown) {
		t.Errorf("docs/changes.md does not show this event:\n%s", shown)
	}
}
