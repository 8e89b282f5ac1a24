package main

import (
	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/adapters/authzen"
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
be asked.

Of what is allowed already it prints every rule that allows it, and every smallest
set of changes that would end that: those by which somebody has an end date, last.`,
		Example: `  mandaat why-not carla document.book document:inv-7 -f office.yaml
  mandaat why-not bob document.reject document:inv-1 -f office.yaml
  mandaat why-not yasmin user.change_company_access user:lisa \
    --with companies='[florist, bakery]' -f office.yaml
  mandaat why-not pieter user.delete user:rosa --json -f office.yaml`,
		Args: cobra.ExactArgs(3),
		RunE: func(_ *cobra.Command, args []string) error { return p.tellWhyNot(&flags, args) },
	}
	flags.addReview(c)
	return c
}

// tellWhyNot asks, prints what came of it and ends with its exit code.
func (p program) tellWhyNot(flags *canFlags, args []string) error {
	asked, at, err := flags.request(args, p.now())
	if err != nil {
		return err
	}
	o, err := p.reviewed(&flags.sourceFlags)
	if err != nil {
		return err
	}
	report := whyNotReport{explained: o.Evaluate(asked, at), in: o.Reader.Language}
	p.progress.during("looking for remedies", func() {
		report.Answer = review.WhyNot(o.State, o.Request(asked, at))
		report.standing = review.WhyCan(o.State, o.Request(asked, at))
	})
	text := report.text()
	if flags.json {
		text, err = report.json()
	}
	return p.printed(text, err, len(report.Remedies) > 0)
}

// whyNotReport is what there is to print of an answer.
type whyNotReport struct {
	review.Answer
	standing  review.Standing
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
		Decision bool          `json:"decision"`
		Code     policy.Code   `json:"code,omitempty"`
		Reason   string        `json:"reason"`
		Remedies []remedyJSON  `json:"remedies"`
		Barred   []barredJSON  `json:"barred"`
		Fixed    []string      `json:"fixed"`
		Cut      bool          `json:"cut"`
		Standing *standingJSON `json:"standing,omitempty"`
	}{
		r.Allowed(), r.Code(), r.explained.Context.Reason, []remedyJSON{}, r.barred(r.Barred), r.fixed(), r.Cut, r.standingJSON(),
	}
	for _, m := range r.Remedies {
		out.Remedies = append(out.Remedies, asJSON(m))
	}
	return oneLine(out)
}

func asJSON(m review.Remedy) remedyJSON {
	return remedyJSON{texts(m.Changes), append([]users.ID{}, m.By...), m.ByOffice}
}

func (r *whyNotReport) barred(list []review.Barred) []barredJSON {
	barred := []barredJSON{}
	for _, b := range list {
		barred = append(barred, barredJSON{texts(b.Changes), b.Code, b.Reason(r.in)})
	}
	return barred
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
