package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// tellNeed tells what a record shows that a user never needed.
func (p program) tellNeed(f *rolesFlags, user string) error {
	if f.record == "-" && f.office == "-" {
		return errors.New("found - twice, expected the office or the record on standard input, not both")
	}
	at, err := momentOf(f.at, p.now())
	if err != nil {
		return err
	}
	o, err := p.reviewed(&f.sourceFlags)
	if err != nil {
		return err
	}
	record, err := p.recorded(f.record, o, at)
	if err != nil {
		return err
	}
	var need review.Need
	p.progress.during("looking at "+f.record, func() { need, err = review.NeverNeeded(o.State, users.ID(user), record, at) })
	if err != nil {
		return fmt.Errorf("USER: %w", err)
	}
	if need.Allowed == 0 { // which shows no need, and no lack of it either
		need.Never, need.Enough, need.Change = review.Holding{}, nil, nil
	}
	text := needSheet(need, o.Reader.Language)
	if f.json {
		text, err = needJSON(need)
	}
	return p.printed(text, err, !need.Never.IsZero())
}

// recorded reads the requests of a record. A line that is none makes it unusable:
// what it asked for might have been needed.
func (p program) recorded(name string, o reviewedOffice, at time.Time) (record []policy.Request, err error) {
	in, closeFile, err := p.open(name)
	if err != nil {
		return nil, fmt.Errorf("cannot read the record: %w", err)
	}
	p.progress.during("reading "+name, func() { record, err = readRecord(name, in, o, at) })
	return record, errors.Join(err, closeFile())
}

func readRecord(name string, in io.Reader, o reviewedOffice, at time.Time) (record []policy.Request, err error) {
	lines := bufio.NewReader(in)
	for n := 1; ; n++ {
		line, end := readLine(lines, authzen.MaxBytes)
		if errors.Is(end, io.EOF) {
			return record, err
		}
		if end != nil {
			return nil, fmt.Errorf("cannot read the record: %w", end)
		}
		r, wrong := authzen.Parse(line)
		if wrong != nil {
			err = errors.Join(err, fmt.Errorf("%s:%d: %w", name, n, wrong))
			continue
		}
		record = append(record, o.Request(r, at))
	}
}

type holdingJSON struct {
	Roles     []string             `json:"roles"`
	Rights    []string             `json:"rights"`
	Companies []companies.ID       `json:"companies"`
	Links     []companies.SystemID `json:"links"`
}

func holdingAsJSON(h review.Holding) holdingJSON {
	return holdingJSON{
		roleList(h.Grant), rightList(h.Grant),
		append([]companies.ID{}, slices.Collect(h.Companies.All())...), append([]companies.SystemID{}, h.Links...),
	}
}

func needJSON(n review.Need) (string, error) {
	enough, list := []holdingJSON{}, []string{}
	for _, h := range n.Enough {
		enough = append(enough, holdingAsJSON(h))
	}
	for _, c := range n.Change {
		list = append(list, c.String())
	}
	return oneLine(struct {
		User    users.ID      `json:"user"`
		Asked   int           `json:"asked"`
		Allowed int           `json:"allowed"`
		Others  int           `json:"others"`
		Kept    holdingJSON   `json:"kept"`
		Never   holdingJSON   `json:"never"`
		Changes []string      `json:"changes"`
		Enough  []holdingJSON `json:"enough"`
		More    bool          `json:"more"`
	}{n.User, n.Asked, n.Allowed, n.Others, holdingAsJSON(n.Kept), holdingAsJSON(n.Never), list, enough, n.More})
}

// mostEnough is how many smallest holdings are printed for people.
const mostEnough = 5

// needSheet is what was never needed, for people: first how much that rests on.
func needSheet(n review.Need, in words.Language) string {
	var s sheet
	number := func(name string, n int) words.Blank {
		return words.Blank{Name: name, With: words.Plain(strconv.Itoa(n))}
	}
	user := words.Blank{Name: "user", With: words.Plain(n.User)}
	s.write("", words.Say("Of the requests of {user}, {allowed} of {asked} are allowed as the office is now; {others} are of others.",
		user, number("allowed", n.Allowed), number("asked", n.Asked), number("others", n.Others)).In(in))
	switch {
	case n.Allowed == 0:
		s.write("", words.Say("So the record does not tell what was needed.").In(in))
		return s.String()
	case n.Never.IsZero():
		s.write("", words.Say("Everything that {user} holds could be needed for them.", user).In(in))
	default:
		s.write("", words.Say("Never needed for them:").In(in))
		holdingLines(&s, n.Never, in)
		s.write("", words.Say("To take that away:").In(in))
		for _, c := range n.Change {
			s.write("- ", c.In(in))
		}
	}
	if !n.Kept.IsZero() {
		s.write("", words.Say("Kept, since the office cannot do without:").In(in))
		holdingLines(&s, n.Kept, in)
	}
	enoughLines(&s, n, in)
	return s.String()
}

// holdingLines writes what is in a holding, a line for each kind.
func holdingLines(s *sheet, h review.Holding, in words.Language) {
	line := func(label words.Sentence, list words.Said, n int) {
		if n > 0 {
			s.write("- ", label.In(in)+": "+list.In(in))
		}
	}
	line(words.Say("roles"), review.Grant{Roles: h.Roles}, h.Roles.Len())
	line(words.Say("rights"), review.Grant{Rights: h.Rights}, h.Len()-h.Roles.Len())
	line(words.Say("companies"), plainList(slices.Collect(h.Companies.All())), h.Companies.Len())
	line(words.Say("links"), plainList(h.Links), len(h.Links))
}

// enoughLines writes the smallest holdings, where there is a choice of them.
func enoughLines(s *sheet, n review.Need, in words.Language) {
	if len(n.Enough) < 2 {
		return
	}
	s.write("", words.Say("Any of these would have been enough:").In(in))
	for i, h := range n.Enough {
		if i == mostEnough {
			s.write("   ", words.Say("And more; --json has them.").In(in))
			return
		}
		parts := []string{h.In(in)}
		if h.Companies.Len() > 0 {
			parts = append(parts, words.Say("companies").In(in)+" "+plainList(slices.Collect(h.Companies.All())).In(in))
		}
		if len(h.Links) > 0 {
			parts = append(parts, words.Say("links").In(in)+" "+plainList(h.Links).In(in))
		}
		s.write(strconv.Itoa(i+1)+". ", strings.Join(parts, "; "))
	}
}
