package admin_test

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

// plotApply is admin.Apply, or what a test has in its place.
type plotApply func(admin.State, users.ID, time.Time, admin.Command) (admin.State, []admin.Event, error)

// plotSearch goes through every office that the colluders can make, the nearest
// first, so that the first way to a goal is a shortest one.
type plotSearch struct {
	team     plotTeam
	start    admin.State
	commands []plotCommand
	days     int // how many days can pass
	depth    int // how many steps
	states   int // how many offices at most
	// full is how many offices have every command carried out. Further on, what the
	// policy denies is carried out one time in plotSample only: it is slow to refuse.
	full  int
	apply plotApply

	goals       plotGoals
	seen        map[plotKey]bool
	steps       []plotStep
	found       map[string]string // by goal, the first way there
	carried     map[string]int    // by command, how often it was carried out or refused by admin
	accepted    map[string]int    // by command, how often it was carried out
	rights      map[plotRights]bool
	transitions int
	denied      int // by the policy, and not carried out
	reached     int // how deep it came
	fixpoint    bool
}

// plotSample is how often what the policy denies is carried out all the same.
const plotSample = 64

type plotCommand struct {
	admin.Command
	question plotQuestion
	asks     bool
}

// plotStep is how an office was made of another. No command is that a day passed.
type plotStep struct {
	from    int
	actor   users.ID
	command admin.Command
}

// plotPlace is an office of the search, on a day.
type plotPlace struct {
	admin.State
	day, step int
}

func (p plotPlace) at() time.Time { return plotMoment.AddDate(0, 0, p.day) }

func (s *plotSearch) run() {
	s.seen, s.found = make(map[plotKey]bool), make(map[string]string)
	s.carried, s.accepted = make(map[string]int), make(map[string]int)
	s.rights = make(map[plotRights]bool)
	s.goals = plotGoalsOf(s.team, s.start)
	frontier := []plotPlace{{State: s.start}}
	s.seen[plotKeyOf(s.start.Office(), 0)] = true
	s.steps = []plotStep{{}}
	s.look(frontier[0])
	for ; s.reached < s.depth && len(frontier) > 0; s.reached++ {
		var next []plotPlace
		for _, place := range frontier {
			if len(s.seen) >= s.states {
				return
			}
			next = append(next, s.expand(place)...)
		}
		frontier = next
	}
	s.fixpoint = len(frontier) == 0
}

// expand tries everything in one office.
func (s *plotSearch) expand(from plotPlace) (next []plotPlace) {
	if from.day < s.days {
		next, _ = s.arrive(next, plotPlace{from.State, from.day + 1, from.step}, "", nil)
	}
	for u := range from.Office().Users() {
		if !s.team.controls(u.ID) {
			continue
		}
		subject := from.Snapshot().Subject(u.ID, from.at())
		for i := range s.commands {
			next = s.try(next, from, u.ID, &subject, &s.commands[i])
		}
	}
	for i, c := range s.commands {
		switch c.Command.(type) {
		case admin.MarkUsed, admin.RecordDisconnection:
			next = s.try(next, from, admin.Software, nil, &s.commands[i])
		}
	}
	return next
}

// try has a user give one command.
func (s *plotSearch) try(next []plotPlace, from plotPlace, actor users.ID, subject *policy.Subject, c *plotCommand) []plotPlace {
	q := &c.question
	may := !c.asks || subject.Check(q.action, q.resource, q.with).Allowed()
	if !may && len(s.seen) > s.full {
		if s.denied++; s.denied%plotSample != 0 {
			return next
		}
	}
	s.carried[c.Name()]++
	state, events, err := s.apply(from.State, actor, from.at(), c.Command)
	switch {
	case errors.Is(err, changes.ErrRefused), errors.Is(err, problems.ErrInvalid):
		return next
	case err != nil:
		s.note("an error that is neither a refusal nor a problem", err.Error(), from.step, actor, c.Command)
		return next
	}
	if !may {
		s.note(goalUnasked, "the policy says no", from.step, actor, c.Command)
	}
	s.transitions++
	s.accepted[c.Name()]++
	for _, goal := range s.goals.ofEvents(from, actor, c.Name(), events) {
		s.note(goal.name, goal.detail, from.step, actor, c.Command)
	}
	next, arrived := s.arrive(next, plotPlace{state, from.day, from.step}, actor, c.Command)
	if arrived && !plotReplays(from, state, events) {
		s.note(goalReplay, "", from.step, actor, c.Command)
	}
	return next
}

// plotReplays says whether the events make the same office once more.
func plotReplays(from plotPlace, to admin.State, events []admin.Event) bool {
	replayed, err := admin.Replay(from.State, events...)
	return err == nil && plotKeyOf(replayed.Office(), 0) == plotKeyOf(to.Office(), 0)
}

// arrive notes an office that was made, unless it was seen before.
func (s *plotSearch) arrive(next []plotPlace, place plotPlace, actor users.ID, c admin.Command) ([]plotPlace, bool) {
	key := plotKeyOf(place.Office(), place.day)
	if s.seen[key] {
		return next, false
	}
	s.seen[key] = true
	s.steps = append(s.steps, plotStep{place.step, actor, c})
	place.step = len(s.steps) - 1
	s.look(place)
	return append(next, place), true
}

// look looks for the goals in an office.
func (s *plotSearch) look(place plotPlace) {
	for _, goal := range s.goals.ofOffice(place) {
		s.note(goal.name, goal.detail, place.step, "", nil)
	}
	for u := range place.Office().Users() {
		if s.team.controls(u.ID) {
			s.rights[plotRightsOf(u)] = true
		}
	}
}

// note notes a goal that was reached, and the first way to it.
func (s *plotSearch) note(goal, detail string, step int, actor users.ID, c admin.Command) {
	if _, known := s.found[goal]; known {
		return
	}
	var way strings.Builder
	s.way(&way, step)
	if c != nil {
		plotSay(&way, actor, c)
	}
	s.found[goal] = detail + way.String()
}

func (s *plotSearch) way(to *strings.Builder, step int) {
	if step == 0 {
		return
	}
	s.way(to, s.steps[step].from)
	plotSay(to, s.steps[step].actor, s.steps[step].command)
}

func plotSay(to *strings.Builder, actor users.ID, c admin.Command) {
	if c == nil {
		to.WriteString("\n\ta day passes")
		return
	}
	text, err := admin.WriteCommand(c)
	if err != nil {
		text = []byte(err.Error())
	}
	fmt.Fprintf(to, "\n\t%q: %s", actor, text)
}

// plotRights is what a user may do of themselves.
type plotRights struct{ roles, reach, later, ends string }

func plotRightsOf(u users.User) plotRights {
	var reach strings.Builder
	for id := range u.Access.All() {
		reach.WriteString(string(id) + " ")
	}
	later := fmt.Sprint(u.LaterCompanies, u.ChangeBankDetails, u.Archive)
	return plotRights{u.Roles.String(), reach.String(), later, u.EndDate.String()}
}
