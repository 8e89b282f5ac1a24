package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mandaat/mandaat/officefile"
)

// A completer says which words could stand where one is being typed.
type completer func(*typing) offer

// typing is a command line of which one word is being typed.
type typing struct {
	command string
	args    []string // those before the word, without flags
	word    string
	given   []string // what --with has so far
	office  func() *officefile.File
}

// offer is words to choose from. A shell takes what goes on with what was typed.
type offer struct {
	choices []choice
	hangs   bool     // something must follow each at once, so no blank does
	files   []string // the ends of the names of files to choose from instead; any file for one that is empty
}

// choice is a word, and what a shell may show beside it.
type choice struct {
	text, about string
	said        bool // it is a word of YAML, and no id
}

// addCompletion lets shells complete the arguments and flags of every command.
func (p program) addCompletion(root *cobra.Command) {
	for _, c := range root.Commands() {
		if arguments := argumentsOf[c.Name()]; arguments != nil {
			c.ValidArgsFunction = p.completing(arguments)
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			values := flagValues[c.Name()+" --"+f.Name]
			if values == nil {
				values = flagValues["--"+f.Name]
			}
			if values == nil {
				return
			}
			if err := c.RegisterFlagCompletionFunc(f.Name, p.completing(values)); err != nil {
				panic(err) // the flag is there, and is given a completion once
			}
		})
	}
}

// completing is a completer as cobra calls it. Of what is offered only what goes on
// with the word is handed over: an office may have very many users.
func (p program) completing(f completer) cobra.CompletionFunc {
	return func(c *cobra.Command, args []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
		with, _ := c.Flags().GetStringArray("with") // none where there is no such flag
		o := f(&typing{c.Name(), args, word, with, func() *officefile.File { return p.typedOffice(c, args) }})
		if len(o.files) > 0 {
			return o.files, cobra.ShellCompDirectiveFilterFileExt
		}
		directive := cobra.ShellCompDirectiveNoFileComp
		if o.hangs {
			directive |= cobra.ShellCompDirectiveNoSpace
		}
		var list []cobra.Completion
		for _, one := range o.choices {
			if one.text != "" && strings.HasPrefix(one.text, word) {
				list = append(list, cobra.CompletionWithDesc(one.text, one.about))
			}
		}
		return list, directive
	}
}

// argumentsOf completes the arguments of each command that has some.
var argumentsOf = map[string]completer{
	"can":     inOrder(userChoices, actionChoices, resourceChoices),
	"why-not": inOrder(userChoices, actionChoices, resourceChoices),
	"who":     inOrder(actionChoices, resourceChoices),
	"what":    inOrder(userChoices, resourceChoices),
	"roles":   inOrder(userChoices),
	"matrix":  nothing,
	"do":      doChoices,
	"diff":    officeFiles,
	"fmt":     officeFiles,
	"test":    officeFiles,

	"validate": officeFiles,

	"explain-log": anyFile,
	"serve":       nothing,
}

// flagValues completes the values of flags, of one command or of all.
var flagValues = map[string]completer{
	"--file":            officeFiles,
	"--now":             officeFiles,
	"--id":              nothing,
	"--lang":            oneOf("en", "nl"),
	"--audience":        oneOf("staff", "asker", "nobody"),
	"--fail-on":         oneOf("error", "warning", "advice"),
	"--at":              nothing,
	"--if-version":      nothing,
	"--run":             nothing,
	"--parallel":        nothing,
	"--fail-under":      nothing,
	"--as":              userChoices,
	"--user":            userChoices,
	"--on":              resourceChoices,
	"--with":            withChoices,
	"--do":              commandChoices,
	"--can":             abilityChoices,
	"--cannot":          abilityChoices,
	"validate --format": oneOf("text", "json", "sarif"),
	"matrix --format":   oneOf("text", "markdown"),
	"test --format":     oneOf("text", "json", "junit", "tap"),
	"--tls-cert":        anyFile,
	"--tls-key":         anyFile,
	"--tokens":          anyFile,
	"--log":             anyFile,
	"--decision-log":    anyFile,
	"--log-level":       oneOf("debug", "info", "warn", "error"),
	"--listen":          nothing,
	"--base-url":        nothing,
	"--max-body":        nothing,
	"--max-batch":       nothing,
	"--max-held":        nothing,
	"--max-connections": nothing,
	"--max-requests":    nothing,
	"--header-timeout":  nothing,
	"--read-timeout":    nothing,
	"--write-timeout":   nothing,
	"--idle-timeout":    nothing,
	"--reload-every":    nothing,
	"--drain":           nothing,
	"--drain-notice":    nothing,
}

func nothing(*typing) offer { return offer{} }

func officeFiles(*typing) offer { return offer{files: []string{"yaml", "yml", "json"}} }

func anyFile(*typing) offer { return offer{files: []string{""}} }

// oneOf offers words of a closed list.
func oneOf(words ...string) completer {
	var o offer
	for _, w := range words {
		o.choices = append(o.choices, choice{text: w})
	}
	return func(*typing) offer { return o }
}

// inOrder completes one argument after another.
func inOrder(each ...completer) completer {
	return func(t *typing) offer {
		if len(t.args) >= len(each) {
			return offer{}
		}
		return each[len(t.args)](t)
	}
}
