package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

func (p program) whyNot() *cobra.Command {
	var flags canFlags
	c := &cobra.Command{
		Use:   "why-not USER ACTION RESOURCE -f OFFICE",
		Short: "Tell what would allow something, and who can change that",
		Long: `Prints every smallest set of changes after which a user may do what they may not
now: the fewest changes first, then those that would allow the least else. Each
was tried: the changes were made, and the question asked again. With each stands
who may make all of it. What would help and may not be, since a rule that holds
for everybody refuses it, stands apart.

RESOURCE is type:id, as for can. The exit code is 0 where there is a remedy, 1
where there is none or it is allowed already, and 2 where the question could not
be asked.`,
		Example: `  mandaat why-not carla document.book document:inv-7 -f office.yaml
  mandaat why-not bob document.reject document:inv-1 -f office.yaml
  mandaat why-not yasmin user.change_company_access user:lisa --with companies='[florist, bakery]' -f office.yaml
  mandaat why-not pieter user.delete user:rosa --json -f office.yaml`,
		Args: cobra.ExactArgs(3),
		RunE: func(_ *cobra.Command, args []string) error { return p.tellWhyNot(&flags, args) },
	}
	flags.audience = policy.Staff.String()
	c.Flags().StringVarP(&flags.office, "file", "f", "", "the office file; - is standard input")
	if err := c.MarkFlagRequired("file"); err != nil {
		panic(err) // the flag was just defined
	}
	c.Flags().StringVar(&flags.lang, "lang", "", "the language of sentences, `en or nl` (default that of LANG)")
	c.Flags().StringVar(&flags.at, "at", "", "the moment of asking, such as 2026-11-22T09:00:00Z (default now)")
	c.Flags().StringArrayVar(&flags.with, "with", nil, "a property of the action, as `KEY=VALUE`; VALUE is read as YAML")
	c.Flags().BoolVar(&flags.json, "json", false, "print one line of JSON")
	return c
}

// tellWhyNot asks, prints what came of it and ends with its exit code.
func (p program) tellWhyNot(flags *canFlags, args []string) error {
	asked, at, err := flags.request(args, p.now())
	if err != nil {
		return err
	}
	state, source, err := p.officeAsked(&flags.sourceFlags)
	if err != nil {
		return err
	}
	report := whyNotReport{explained: source.Evaluate(asked, at), in: source.Reader.Language}
	p.progress.during("looking for remedies", func() {
		report.Answer = review.WhyNot(state, source.Request(asked, at))
	})
	text := report.text()
	if flags.json {
		if text, err = report.json(); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprint(p.out, text); err != nil {
		return err
	}
	if len(report.Remedies) == 0 {
		return exit(exitNo)
	}
	return nil
}

// officeAsked reads the office file into an office that can be supposed to change,
// and what answers for it.
func (p program) officeAsked(f *sourceFlags) (state admin.State, source authzen.Source, err error) {
	if source.Reader, err = f.reader(p.locale); err != nil {
		return state, source, err
	}
	in, closeFile, err := p.open(f.office)
	if err != nil {
		return state, source, fmt.Errorf("cannot read the office file: %w", err)
	}
	p.progress.during("reading "+f.office, func() {
		var file *officefile.File
		if file, err = officefile.Read(f.office, in); err == nil {
			state = admin.Open(file.Office)
			source.Snapshot, source.Documents = state.Snapshot(), file.Document
		}
	})
	return state, source, errors.Join(err, closeFile())
}

// whyNotReport is what there is to print of an answer.
type whyNotReport struct {
	review.Answer
	explained authzen.Answer
	in        words.Language
}

// remedyJSON is a remedy as --json has it.
type remedyJSON struct {
	Changes  []string   `json:"changes"`
	By       []users.ID `json:"by"`
	ByOffice bool       `json:"by_office"`
}

// barredJSON is the same of what may not be.
type barredJSON struct {
	Changes []string    `json:"changes"`
	Code    policy.Code `json:"code"`
	Reason  string      `json:"reason"`
}

// json is the answer on one line.
func (r *whyNotReport) json() (string, error) {
	out := struct {
		Decision bool         `json:"decision"`
		Code     policy.Code  `json:"code,omitempty"`
		Reason   string       `json:"reason"`
		Remedies []remedyJSON `json:"remedies"`
		Barred   []barredJSON `json:"barred"`
		Fixed    []string     `json:"fixed"`
		Cut      bool         `json:"cut"`
	}{
		r.Allowed(), r.Code(), r.explained.Context.Reason, []remedyJSON{}, []barredJSON{}, r.fixed(), r.Cut,
	}
	for _, m := range r.Remedies {
		out.Remedies = append(out.Remedies, remedyJSON{texts(m.Changes), append([]users.ID{}, m.By...), m.ByOffice})
	}
	for _, b := range r.Barred {
		out.Barred = append(out.Barred, barredJSON{texts(b.Changes), b.Code, b.Reason(r.in)})
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(out)
	return b.String(), err
}

func texts(list []review.Change) []string {
	var texts []string
	for _, c := range list {
		texts = append(texts, c.String())
	}
	return texts
}

// fixed is what nobody can change, each once.
func (r *whyNotReport) fixed() []string {
	said := []string{}
	var last policy.Code
	for f := range r.Fixed.Each() {
		if f.Code() != last {
			last = f.Code()
			said = append(said, last.In(r.in))
		}
	}
	return said
}

// shown is how many remedies are printed for people, and mostNamed how many users.
const (
	shown     = 12
	mostNamed = 5
)

// text is the answer for people, in 80 columns.
func (r *whyNotReport) text() string {
	var b page
	b.line("", sayDecision(r.Allowed())+": "+r.explained.Context.Reason)
	switch {
	case r.Allowed():
		b.line("", words.Say("It is allowed already: there is nothing to change.").In(r.in))
		return b.String()
	case len(r.Remedies) == 0:
		b.line("", words.Say("No change would allow it.").In(r.in))
		for _, said := range r.fixed() {
			b.line("- ", said)
		}
	}
	for i, m := range r.Remedies {
		if i == shown {
			b.line("", r.more(len(r.Remedies)-shown))
			break
		}
		r.remedy(&b, i, m)
	}
	r.forbidden(&b)
	if r.Cut {
		b.line("", words.Say("There is more that was not looked for.").In(r.in))
	}
	return b.String()
}

// sayDecision is the same in every language, for whatever reads the first line.
func sayDecision(allowed bool) string {
	if allowed {
		return "yes"
	}
	return "no"
}

func (r *whyNotReport) more(n int) string {
	return words.Say("And {count} more; --json has all.",
		words.Blank{Name: "count", With: words.Plain(strconv.Itoa(n))}).In(r.in)
}

// remedy prints a remedy with its number: what to change, and who may.
func (r *whyNotReport) remedy(b *page, i int, m review.Remedy) {
	b.line("", "")
	label := fmt.Sprintf("%d. ", i+1)
	blank := strings.Repeat(" ", len(label))
	for j, c := range m.Changes {
		b.line([...]string{label, blank}[min(j, 1)], c.In(r.in))
	}
	b.line(blank, r.by(m))
}

// by is who may make the changes of a remedy, and whether it is the office that
// they change.
func (r *whyNotReport) by(m review.Remedy) string {
	said := words.Say("Nobody may do all of this alone.")
	if len(m.By) > 0 {
		said = words.Say("By {users}.", words.Blank{Name: "users", With: r.names(m.By)})
	}
	switch {
	case m.ByOffice:
		return said.In(r.in)
	case slices.ContainsFunc(m.Changes, func(c review.Change) bool { return c.Command() != nil }):
		return said.In(r.in) + " " + words.Say("Not all of it is a change of the office.").In(r.in)
	}
	return said.In(r.in) + " " + words.Say("This is no change of the office.").In(r.in)
}

// names is users, of whom only the first are named where they are many.
func (r *whyNotReport) names(list []users.ID) words.Said {
	var said []words.Said
	for i, id := range list {
		if i == mostNamed && len(list) > mostNamed+1 {
			said = append(said, words.Say("{count} more", words.Blank{Name: "count", With: words.Plain(strconv.Itoa(len(list) - i))}))
			break
		}
		said = append(said, words.Plain(id))
	}
	return words.And(said...)
}

// forbidden prints what would help and may not be.
func (r *whyNotReport) forbidden(b *page) {
	if len(r.Barred) == 0 {
		return
	}
	b.line("", "")
	b.line("", words.Say("These would help and may not be, whoever makes them:").In(r.in))
	for i, m := range r.Barred {
		if i == shown {
			b.line("", r.more(len(r.Barred)-shown))
			return
		}
		var said []string
		for _, c := range m.Changes {
			said = append(said, c.In(r.in))
		}
		b.line("- ", strings.Join(said, " "))
		b.line("  ", m.Reason(r.in)+" ("+m.Code.String()+")")
	}
}

// page is text in 80 columns.
type page struct{ strings.Builder }

// line writes text behind a label, and goes on below itself where it is long.
func (p *page) line(label, text string) {
	rest := strings.Repeat(" ", len(label))
	at := label
	width := len([]rune(at))
	first := true
	for word := range strings.FieldsSeq(text) {
		if n := len([]rune(word)); !first && width+1+n > 80 {
			p.WriteString(at + "\n")
			at, width, first = rest, len(rest), true
		}
		if !first {
			at, width = at+" ", width+1
		}
		at, width, first = at+word, width+len([]rune(word)), false
	}
	p.WriteString(strings.TrimRight(at, " ") + "\n")
}
