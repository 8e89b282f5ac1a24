package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// sarifSchemaOf is the schema of SARIF, with its formats asserted. A test may have
// left the directory by the time it is needed.
var sarifSchemaOf = func() func() (*jsonschema.Schema, error) {
	name, absErr := filepath.Abs("testdata/sarif/sarif-schema-2.1.0.json")
	return sync.OnceValues(func() (*jsonschema.Schema, error) {
		if absErr != nil {
			return nil, absErr
		}
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		return c.Compile(name)
	})
}()

// mustBeSARIF holds a report against the schema.
func mustBeSARIF(t rapid.TB, report string) {
	t.Helper()
	schema, err := sarifSchemaOf()
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(report))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Fatalf("%v\n%s", err, report)
	}
}

// The schema refuses what is not SARIF, so that a report that passes it has passed
// something.
func TestTheSchemaOfSARIFRefuses(t *testing.T) {
	schema, err := sarifSchemaOf()
	if err != nil {
		t.Fatal(err)
	}
	report := validateBy(t, madeUp(nil, objection(roles.Error, "bram", "", "m.")), "", devries, "--format", "sarif").out
	for from, to := range map[string]string{
		`"version":"2.1.0"`: `"version":"2.2"`, `"level":"error"`: `"level":"advice"`, `"startLine":`: `"startLine":-`,
		`"results"`: `"findings"`, `"message":{"text":"m."}`: `"message":"m."`, `"unicodeCodePoints"`: `"characters"`,
		`"informationUri":"`: `"informationUri":"no uri `,
	} {
		spoilt := strings.Replace(report, from, to, 1)
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(spoilt))
		if err != nil || spoilt == report || schema.Validate(value) == nil {
			t.Errorf("%s for %s passes, or was not there: %v", to, from, err)
		}
	}
}

// sarifOf is a report read back.
func sarifOf(t rapid.TB, text string) sarifRun {
	t.Helper()
	var log sarifLog
	if err := json.Unmarshal([]byte(text), &log); err != nil || len(log.Runs) != 1 {
		t.Fatalf("%v\n%s", err, text)
	}
	return log.Runs[0]
}

func TestRulesOfSARIF(t *testing.T) {
	run := sarifOf(t, validateBy(t, madeUp(nil, objection(roles.Advice, "bram", "", "m.")), "", devries, "--format", "sarif").out)
	var found []string
	for _, rule := range run.Tool.Driver.Rules {
		found = append(found, strings.Join([]string{rule.ID, rule.Default.Level, rule.ShortDescription.Text, rule.Help.Text}, "|"))
	}
	want := []string{
		"O2|warning|There is one.|Source: ISO/IEC 27001 A.8.2.",
		"S1|warning|Somebody does both.|Source: ISO/IEC 27001 A.5.3.",
		"S4|error|Somebody does all.|Source: ISO/IEC 27001 A.5.3.",
		"S6|note|Somebody is more.|Source: ROLES.",
		"unreadable|error|The file cannot be read as an office.|The file cannot be read as an office.",
	}
	if !slices.Equal(found, want) {
		t.Errorf("rules\n%s", strings.Join(found, "\n"))
	}
	if r := run.Results[0]; r.RuleID != "S6" || r.RuleIndex != 3 || r.Level != "note" {
		t.Errorf("result %+v", r)
	}
}

func TestWhatSARIFSaysOfUnreadableFiles(t *testing.T) {
	bad := validateFile(t, "bad.yaml", badOffice)
	run := sarifOf(t, validateBy(t, madeUp(nil), "", bad, "no-such.yaml", "--format", "sarif").out)
	if run.Invocations[0].Successful || len(run.Results) != 3 {
		t.Fatalf("%+v", run)
	}
	for i, want := range []struct {
		region sarifRegion
		text   string
	}{{sarifRegion{1, 10}, "found the number 2, expected the number 1"}, {sarifRegion{2, 9}, "found the number 7"}} {
		r := run.Results[i]
		if r.RuleID != "unreadable" || r.Level != "error" || *r.Locations[0].Physical.Region != want.region || !strings.Contains(r.Message.Text, want.text) {
			t.Errorf("%+v", r)
		}
	}
	missing := run.Results[2].Locations[0].Physical
	if missing.Region != nil || missing.Artifact != (sarifArtifact{"no-such.yaml", sarifBase}) {
		t.Errorf("%+v", missing)
	}
	if run := sarifOf(t, validateBy(t, madeUp(nil), "", devries, "--format", "sarif").out); !run.Invocations[0].Successful {
		t.Error("a readable file made the run fail")
	}
}

// A finding keeps its fingerprint for as long as it is about the same.
func TestFingerprintsOfSARIF(t *testing.T) {
	t.Chdir(t.TempDir())
	const office = emptyOffice + "users:\n  - {id: bram, username: b, email: b@x.example, roles: [], companies: []}\n"
	list := []auditedFinding{
		objection(roles.Error, "bram", "", "m."), objection(roles.Warning, "bram", "", "m."), objection(roles.Error, "carla", "", "m."),
		objection(roles.Error, "bram", "bakery", "m."), objection(roles.Error, "", "bakery", "m."), objection(roles.Error, "", "bram", "m."),
		objection(roles.Error, "bram", "", "m."), // the first again
	}
	of := func(name, text string, by auditor) (all []string) {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, r := range sarifOf(t, validateBy(t, by, "", name, "--format", "sarif").out).Results {
			all = append(all, r.Fingerprints.Primary)
		}
		return all
	}
	before := of("a.yaml", office, madeUp(nil, list...))
	if distinct := slices.Compact(slices.Sorted(slices.Values(before))); len(distinct) != len(list) {
		t.Errorf("%d findings have %d fingerprints", len(list), len(distinct))
	}
	for i := range list {
		list[i] = accepted(list[i], "known")
		list[i].said = saying{message: "in other words."}
	}
	after := of("a.yaml", "# one\n\n# two\n"+office, madeUp(nil, list...))
	if !slices.Equal(before, after) {
		t.Errorf("found %q before and %q after", before, after)
	}
	if other := of("b.yaml", office, madeUp(nil, list...)); slices.Equal(other, before) {
		t.Error("another file has the same")
	}
}

func TestWhereSARIFSaysFilesAre(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "in", "deep"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(dir, "in"))
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	up := filepath.Dir(here)
	for name, want := range map[string]sarifArtifact{
		"office.yaml":                      {"office.yaml", sarifBase},
		"./deep/../deep/a b#?%.yaml":       {"deep/a%20b%23%3F%25.yaml", sarifBase},
		filepath.Join(here, "office.yaml"): {"office.yaml", sarifBase},
		"a:b.yaml":                         {"a%3Ab.yaml", sarifBase},
		"http://x/y.yaml":                  {"http%3A/x/y.yaml", sarifBase},
		"bäckerei.yaml":                    {"b%C3%A4ckerei.yaml", sarifBase},
		"\xff.yaml":                        {"%FF.yaml", sarifBase},
		"..yaml":                           {"..yaml", sarifBase},
		"-":                                {URI: "-"},
		"../office.yaml":                   {URI: "file://" + up + "/office.yaml"},
	} {
		if found := sarifArtifactOf(name); found != want {
			t.Errorf("%q is %+v, expected %+v", name, found, want)
		}
	}
}

// Ids can be spelt like what means something to SARIF.
func TestHostileIDsInSARIF(t *testing.T) {
	for _, id := range []users.ID{"{0}", "[here](1)", "[x](javascript:alert(1))", `"\`, "𝄞 é", "%SRCROOT%", "</script>", "\u202e", "{{"} {
		f := accepted(objection(roles.Error, id, "bakery", string(id)+" does it."), string(id))
		f.said = saying{string(id) + " does it.", []auditedChange{{"t", string(id)}}}
		unmet := []review.Acknowledgement{}
		out := validateBy(t, madeUp(unmet, f), "", devries, "--format", "sarif").out
		r := sarifOf(t, out).Results[0]
		if strings.Contains(r.Message.Text, "](") && !strings.Contains(r.Message.Text, `\](`) {
			t.Errorf("%q makes a link of %q", id, r.Message.Text)
		}
		if want := string(id) + " does it.\nTo mend it: " + string(id); unescaped(r.Message.Text) != want || r.Suppressions[0].Justification != string(id) {
			t.Errorf("%q is told as %+v", id, r)
		}
	}
}

// unescaped is a message as its reader sees it.
func unescaped(text string) string {
	return strings.NewReplacer("{{", "{", "}}", "}", `\](`, "](").Replace(text)
}
