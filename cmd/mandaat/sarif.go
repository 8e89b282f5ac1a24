package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/words"
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	sarifHome   = "https://github.com/mandaat/mandaat"
	// sarifBase is the directory in which the command was run, by the name that
	// readers have for the root of what was looked at.
	sarifBase = "%SRCROOT%"
	// sarifUnreadable is the rule that a file can be read.
	sarifUnreadable = "unreadable"
)

// sarifLevels is what SARIF calls the levels.
var sarifLevels = map[roles.Level]string{roles.Error: "error", roles.Warning: "warning", roles.Advice: "note"}

// sarif writes the report in SARIF 2.1.0. An error of a file is a result too:
// readers show those.
func (r auditReport) sarif(w io.Writer) error {
	s := sarifWriter{report: r, rules: map[string]int{}, seen: map[string]int{}}
	run := sarifRun{
		Tool:     sarifTool{sarifDriver{Name: "mandaat", Version: policy.Hash(), InformationURI: sarifHome, Rules: s.allRules()}},
		Language: r.language.String(), ColumnKind: "unicodeCodePoints",
		Invocations: []sarifInvocation{s.invocation()},
		Results:     []sarifResult{},
	}
	return writeAround(w, sarifLog{sarifSchema, "2.1.0", []sarifRun{run}}, "results", s.results())
}

// sarifWriter is what results are written with.
type sarifWriter struct {
	report auditReport
	rules  map[string]int // where each stands, by id
	seen   map[string]int // how often each fingerprint was given
}

// allRules is what is looked for, also where nothing is found.
func (s *sarifWriter) allRules() []sarifRule {
	var all []sarifRule
	add := func(id string, level roles.Level, title, help string) {
		s.rules[id] = len(all)
		all = append(all, sarifRule{id, sarifText(title), sarifText(title), sarifText(help), sarifDefault{sarifLevels[level]}})
	}
	for rule := range s.report.by.rules() {
		add(rule.ID, rule.Level, rule.In(s.report.language), s.say(words.Say("Source: {source}.", plainBlank("source", rule.Source))))
	}
	title := s.say(words.Say("The file cannot be read as an office."))
	add(sarifUnreadable, roles.Error, title, title)
	return all
}

func (s *sarifWriter) say(what words.Said) string { return what.In(s.report.language) }

func plainBlank(name, text string) words.Blank {
	return words.Blank{Name: name, With: words.Plain(text)}
}

// sarifEscapes is what SARIF has for what it would take for a placeholder or a link.
var sarifEscapes = strings.NewReplacer("{", "{{", "}", "}}", "](", `\](`)

func sarifText(text string) sarifMessage { return sarifMessage{sarifEscapes.Replace(text)} }

// invocation is how the run went. Acknowledgements that change nothing are told here.
func (s *sarifWriter) invocation() sarifInvocation {
	run := sarifInvocation{Successful: true, Notifications: []sarifNotification{}}
	for _, file := range s.report.files {
		of := sarifArtifactOf(file.name)
		note := func(a auditedAcknowledgement, said words.Said) {
			at := []sarifLocation{sarifLocationOf(of, a.Place)}
			run.Notifications = append(run.Notifications, sarifNotification{"note", sarifText(s.say(said)), at})
		}
		run.Successful = run.Successful && len(file.errors) == 0
		for _, a := range file.unmet {
			note(a, a.unmet())
		}
		for _, a := range file.expired {
			note(a, a.expired())
		}
	}
	return run
}

// results goes through the results, file by file.
func (s *sarifWriter) results() iter.Seq[sarifResult] {
	return func(yield func(sarifResult) bool) {
		for _, file := range s.report.files {
			of := sarifArtifactOf(file.name)
			for _, e := range file.errors {
				at := sarifLocationOf(of, officefile.Place{Line: e.Line, Column: e.Column})
				if !yield(s.result(sarifUnreadable, roles.Error, e.Message, at, e.Message)) {
					return
				}
			}
			for _, f := range file.findings {
				if !yield(s.finding(of, file.where, f)) {
					return
				}
			}
		}
	}
}

// finding tells with the message how to mend it, which has no place of its own.
func (s *sarifWriter) finding(of sarifArtifact, where officefile.Places, f auditedFinding) sarifResult {
	at, also := f.places(where)
	r := s.result(f.ID, f.Level, s.message(f), sarifLocationOf(of, at), f.User, f.Users, f.Company, f.System, f.Document)
	for _, p := range also {
		l := sarifLocationOf(of, p.Place)
		l.Message = new(sarifText(p.name))
		r.Related = append(r.Related, l)
	}
	if a := f.Acknowledged; a != nil {
		r.Suppressions = []sarifSuppression{{"external", "accepted", a.Reason, sarifUntil{a.Until}}}
	}
	return r
}

func (s *sarifWriter) message(f auditedFinding) string {
	text := f.said.Message(s.report.language)
	var mends []string
	for _, c := range f.said.mends(s.report.language) {
		mends = append(mends, c.said)
	}
	if mends != nil {
		text += "\n" + s.say(words.Say("To mend it: {changes}", plainBlank("changes", strings.Join(mends, " "))))
	}
	return text
}

// result is a result. What it is about makes its fingerprint, with the rule.
func (s *sarifWriter) result(rule string, level roles.Level, text string, at sarifLocation, about ...any) sarifResult {
	index, ok := s.rules[rule]
	if !ok {
		index = -1
	}
	return sarifResult{
		RuleID: rule, RuleIndex: index, Level: sarifLevels[level], Message: sarifText(text), Locations: []sarifLocation{at},
		Fingerprints: s.fingerprint(append(about, rule, at.Physical.Artifact.URI)), Suppressions: []sarifSuppression{},
	}
}

// fingerprint is the same for as long as a finding is about the same, wherever that
// stands. A number tells apart what could not be told apart otherwise.
func (s *sarifWriter) fingerprint(about []any) sarifFingerprints {
	text, err := json.Marshal(about)
	if err != nil {
		panic(err) // texts and lists of texts
	}
	hash := fmt.Sprintf("%x", sha256.Sum256(text))[:32]
	s.seen[hash]++
	return sarifFingerprints{fmt.Sprintf("%s:%d", hash, s.seen[hash])}
}

func sarifLocationOf(of sarifArtifact, at officefile.Place) sarifLocation {
	l := sarifLocation{Physical: sarifPhysical{Artifact: of}}
	if at.Line > 0 {
		l.Physical.Region = &sarifRegion{at.Line, at.Column}
	}
	return l
}

// sarifArtifactOf is a file as SARIF names it: relative to where the command was
// run, or by its whole path where it is not below that.
func sarifArtifactOf(name string) sarifArtifact {
	if name == "-" {
		return sarifArtifact{URI: "-"}
	}
	path, err := filepath.Abs(name)
	if err != nil {
		return sarifArtifact{sarifPath(filepath.Clean(name)), sarifBase}
	}
	here, err := filepath.Abs(".")
	if err == nil {
		if below, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(below) {
			return sarifArtifact{sarifPath(below), sarifBase}
		}
	}
	return sarifArtifact{URI: "file://" + sarifPath(path)}
}

// sarifPath is a path as the path of a URI. A colon could be taken for the end of a
// scheme.
func sarifPath(path string) string {
	parts := strings.Split(filepath.ToSlash(path), "/")
	for i := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(parts[i]), ":", "%3A")
	}
	return strings.Join(parts, "/")
}
