package main

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/policy"
)

// completionPatience is how long a file may take to be read for a completion: whoever
// presses a key does not wait for more.
const completionPatience = 3 * time.Second

// lineVariable is where the scripts for shells put the whole command line: cobra is
// told of what stands before the word alone.
const lineVariable = "MANDAAT_COMPLETION_LINE"

// typedOffice is the office that a command line is about. One that is not there or
// cannot be read is an office of nobody, so that it completes to nothing.
func (p program) typedOffice(c *cobra.Command, args []string) *officefile.File {
	name := ""
	if f := c.Flags().Lookup("file"); f != nil {
		if name = f.Value.String(); name == "" {
			name = fileIn(p.line)
		}
	} else if len(args) > 0 { // of diff
		name = args[0]
	}
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() || info.Size() > officefile.MaxBytes {
		return &officefile.File{}
	}
	read := make(chan *officefile.File, 1)
	go func() {
		data, _ := os.ReadFile(name) // none is no office
		file, err := officefile.Parse(name, data)
		if err != nil {
			file = &officefile.File{}
		}
		read <- file
	}()
	select {
	case file := <-read:
		return file
	case <-time.After(cmp.Or(p.patience, completionPatience)):
		return &officefile.File{}
	}
}

// fileIn is the office file that a command line names, wherever on it.
func fileIn(line string) (name string) {
	all := shellWords(line)
	for i, word := range all {
		switch value, ok := strings.CutPrefix(word, "--file="); {
		case ok:
			name = value
		case (word == "-f" || word == "--file") && i+1 < len(all):
			name = all[i+1]
		case strings.HasPrefix(word, "-f") && word != "-f":
			name = strings.TrimPrefix(word[2:], "=")
		}
	}
	if rest, ok := strings.CutPrefix(name, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return name
}

// shellWords splits a command line into words, as shells mostly do.
func shellWords(line string) (all []string) {
	var word strings.Builder
	quote, begun, escaped := rune(0), false, false
	for _, r := range line + " " {
		switch {
		case escaped:
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'':
			begun, escaped = true, true
		case quote == r:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			begun, quote = true, r
		case quote == 0 && (r == ' ' || r == '\t' || r == '\n'):
			if begun {
				all = append(all, word.String())
			}
			word.Reset()
			begun = false
		default:
			begun = true
			word.WriteRune(r)
		}
	}
	return all
}

// resourcesOf are the ids of resources of each type.
var resourcesOf = map[policy.ResourceType]lister{
	policy.Document: documentsOf, policy.Company: companiesOf, policy.User: usersOf, policy.Connection: systemsOf, policy.Office: officeOf,
}

func usersOf(f *officefile.File) (all []choice) {
	for u := range f.Office.Users() {
		all = append(all, choice{text: string(u.ID), about: u.Roles.String()})
	}
	return all
}

func companiesOf(f *officefile.File) (all []choice) {
	for c := range f.Office.Companies() {
		all = append(all, choice{text: string(c.ID), about: c.Name})
	}
	return all
}

func systemsOf(f *officefile.File) (all []choice) {
	for s := range f.Office.Systems() {
		all = append(all, choice{text: string(s.ID), about: s.Name})
	}
	return all
}

func accountsOf(f *officefile.File) (all []choice) {
	for s := range f.Office.Systems() {
		for _, u := range s.Users {
			all = append(all, choice{text: string(u.ID), about: u.Name + " of " + string(s.ID)})
		}
	}
	return all
}

func documentsOf(f *officefile.File) (all []choice) {
	for i := range f.Documents {
		d := &f.Documents[i]
		all = append(all, choice{text: string(d.ID()), about: d.Stage().String() + ", " + string(d.Company())})
	}
	return all
}

func officeOf(f *officefile.File) []choice {
	return []choice{{text: f.Office.Code(), about: f.Office.Name()}}
}
