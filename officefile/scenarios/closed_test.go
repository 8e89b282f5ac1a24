package scenarios_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/workflow"
)

// The lists by which the reader refuses what could never be are those of what is.

func TestFindingsAreAboutWhatTheReaderSays(t *testing.T) {
	seen := make(map[string]int)
	look := func(list []review.Finding) {
		for _, f := range list {
			seen[f.ID]++
			if nobody := f.User == "" && len(f.Users) == 0; nobody != slices.Contains(scenarios.OfNobody, f.ID) {
				t.Fatalf("%s is about %q and %v", f.ID, f.User, f.Users)
			}
			if (f.Company != "") != slices.Contains(scenarios.OfCompany, f.ID) {
				t.Fatalf("%s is about the company %q", f.ID, f.Company)
			}
		}
	}
	neglected, err := os.ReadFile("../../testdata/office-neglected.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{
		"neglected": neglected,
		"empty":     []byte("version: 1\noffice: {code: o, name: Office, time_zone: Europe/Amsterdam}\n"),
	} {
		file, err := officefile.Parse(name, text)
		if err != nil {
			t.Fatal(err)
		}
		look(review.Findings(admin.Open(file.Office), file.Documents, moment))
	}
	for rule := range review.Rules() {
		if seen[rule.ID] == 0 {
			t.Errorf("%s was never found", rule.ID)
		}
	}
	t.Logf("%v", seen)
}

// Commands that the software gives are those that it alone may, and the reader asks for
// a user of every other.
func TestOnlyTheSoftwareRecords(t *testing.T) {
	_, file := exampleOffice(t)
	bySoftware := []admin.Command{admin.MarkUsed{User: "lisa"}, admin.RecordDisconnection{System: "exact"}}
	var names []string
	for _, c := range bySoftware {
		names = append(names, c.Name())
		if _, _, err := admin.Apply(admin.Open(file.Office), admin.Software, moment, c); err != nil {
			t.Errorf("%s by the software: %v", c.Name(), err)
		}
		_, _, err := admin.Apply(admin.Open(file.Office), "rosa", moment, c)
		if list := changes.Refusals(err); len(list) != 1 || list[0].Code != changes.CodeSoftwareOnly {
			t.Errorf("%s by rosa: %v", c.Name(), err)
		}
	}
	if !slices.Equal(names, scenarios.BySoftware) {
		t.Errorf("the reader takes %v of the software", scenarios.BySoftware)
	}
	asked := 0
	for _, name := range slices.Concat(admin.CommandNames(), workflow.CommandNames()) {
		text := "office: office.yaml\nscenarios: [{name: x, given: [[" + name + ", {}]], findings: [{level: error}]}]\n"
		office, _ := exampleOffice(t)
		_, err := scenarios.Load(files{"office.yaml": string(office), "s": text}.read, moment, "s")
		if err == nil || strings.Contains(err.Error(), "without the user who gives it") == slices.Contains(names, name) {
			t.Errorf("%s by nobody: %v", name, err)
		}
		asked++
	}
	t.Logf("%d commands", asked)
	if asked < 40 {
		t.Error("too few")
	}
}
