package main

import (
	"maps"
	"slices"
	"strconv"

	"github.com/mandaat/mandaat/words"
)

// mostVersions is how many versions of the office are counted apart.
const mostVersions = 20

// logTally counts the lines of a log.
type logTally struct {
	status     map[logStatus]int
	versions   map[string]int // lines of other versions of the office, of the first few
	unreadable int
}

func (t *logTally) count(x explainedLine) {
	if t.status == nil {
		t.status, t.versions = make(map[logStatus]int), make(map[string]int)
	}
	t.status[x.status]++
	if _, known := t.versions[x.Version]; x.status == otherVersion && (known || len(t.versions) < mostVersions) {
		t.versions[x.Version]++
	}
}

// exit is how the run ends.
func (t *logTally) exit() error {
	explained := 0
	for _, n := range t.status {
		explained += n
	}
	switch {
	case t.unreadable > 0:
		return exit(exitUnusable)
	case explained > t.status[asLogged]:
		return exit(exitNo)
	}
	return nil
}

// text is the counts for people, those that are 0 left out but for the first.
func (t *logTally) text(in words.Language) string {
	var b sheet
	row := func(n int, said words.Sentence) {
		if n > 0 {
			b.row(strconv.Itoa(n), tallyColumn, said.In(in))
		}
	}
	b.row(strconv.Itoa(t.status[asLogged]), tallyColumn, words.Say("as logged").In(in))
	row(t.status[differs], words.Say("not as logged"))
	row(t.status[notWhole], words.Say("could not be asked again: the line does not hold the whole question"))
	row(t.status[notASearch], words.Say("could not be asked again: there is no such search"))
	row(t.unreadable, words.Say("could not be read"))
	row(t.status[otherVersion], words.Say("of another version of the office"))
	t.others(&b, in)
	return b.String()
}

const tallyColumn = 8

// others names the versions of which lines were not explained.
func (t *logTally) others(b *sheet, in words.Language) {
	named := 0
	for _, version := range slices.Sorted(maps.Keys(t.versions)) {
		named += t.versions[version]
		b.row("  "+strconv.Itoa(t.versions[version]), tallyColumn, plainly(version))
	}
	if more := t.status[otherVersion] - named; more > 0 {
		b.row("  "+strconv.Itoa(more), tallyColumn, words.Say("of others").In(in))
	}
}
