package admin_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/words"
)

// toldOnce is every example, told.
func toldOnce(t *testing.T) (all []*telling) {
	t.Helper()
	for _, e := range examples() {
		all = append(all, e.told(t))
	}
	return all
}

func TestEachExampleHasASentenceAndSourcesOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range examples() {
		if seen[e.rule] || strings.HasSuffix(e.rule, ".") || len(e.story) == 0 {
			t.Errorf("%q: twice, with a full stop, or without a story", e.rule)
		}
		seen[e.rule] = true
		for source := range strings.SplitSeq(e.source, ", ") {
			if !slices.Contains([]string{"ROLES", "SETTINGS", "TIPS", "ADD", "SYNC", "DERIVED"}, source) {
				t.Errorf("%q comes from %q, which is no article", e.rule, source)
			}
		}
	}
}

// Each command is carried out in some example, and refused in another.
func TestEveryCommandHasAnExample(t *testing.T) {
	done, refused := map[string]bool{}, map[string]bool{}
	for _, d := range toldOnce(t) {
		for _, a := range d.asked {
			switch {
			case a.err == nil:
				done[a.command.Name()] = true
			case errors.Is(a.err, changes.ErrRefused):
				refused[a.command.Name()] = true
			}
		}
	}
	for _, name := range admin.CommandNames() {
		if !done[name] {
			t.Errorf("%s is carried out in no example", name)
		}
		if !refused[name] {
			t.Errorf("%s is refused in no example", name)
		}
	}
}

func TestEveryChangeComesOutOfAnExample(t *testing.T) {
	made := map[string]bool{}
	for _, d := range toldOnce(t) {
		for _, e := range d.events {
			made[e.Change.Name()] = true
		}
	}
	for _, name := range everyChange(t) {
		if !made[name] {
			t.Errorf("%s comes out of no example", name)
		}
	}
}

// everyChange is the names of the changes there are, as an event says them that has
// none of them.
func everyChange(t *testing.T) []string {
	t.Helper()
	var e admin.Event
	err := e.UnmarshalJSON([]byte(`{"version":1,"at":"2026-11-23T09:00:00Z","command":"x","policy":"x","change":"?"}`))
	for _, p := range problems.All(err) {
		if names, ok := strings.CutPrefix(p.Expected, "one of "); ok && p.Path == "change" {
			return strings.Split(names, ", ")
		}
	}
	t.Fatalf("an event without a change: %v", err)
	return nil
}

// takes is how a refusal says what it would have taken, by its code: in one of these
// ways.
var takes = map[string][]string{
	"unknown_user":          {"in this office"},
	"unknown_resource":      {"is known here"},
	"missing_property":      {"needs the property"},
	"bad_property":          {"expected"},
	"inactive_user":         {"has been inactive since the end date, 2"},
	"no_company_access":     {"has no access to company"},
	"role_missing":          {" is for "},
	"right_missing":         {"takes the right"},
	"not_self":              {" alone", "and nobody else", "since then nobody else"},
	"not_manageable":        {"is not among the users on whom"},
	"not_linked":            {"has no link to"},
	"old_password_needed":   {"takes the old password"},
	"beyond_reach":          {"only", "nothing else", "not in the reach of", "Nobody but a Super user", "gives and takes no role that ranks above"},
	"candidate_unfit":       {"A synchronisation user is active without an end date"},
	"accounting_user_unfit": {"The link for a synchronisation user may", "A link is to", "Users are imported at or below"},
	"role_set_invalid":      {"would not be a valid set: "},
	"last_super_user":       {"stays active on every day"},
	"synchronisation_duty":  {"another must be chosen first", "choose another synchronisation user first", "while a company is left in it"},
	"office_changed":        {"look at what changed"},
	"password_link_invalid": {"ask for a new one"},
	"username_fixed":        {"is fixed from then on"},
	"software_only":         {"Only the software itself"},
}

// Every refusal that an example meets names the command, the target, who gave it,
// the code, what it would take, and the articles; in English and in Dutch.
func TestEveryRefusalSaysWhatItTakes(t *testing.T) {
	met := map[string]bool{}
	for _, d := range toldOnce(t) {
		for _, a := range d.asked {
			for _, r := range a.refusals {
				met[r.Code] = true
				saysWhatItTakes(t, a, r)
			}
		}
	}
	for code := range takes {
		if !met[code] {
			t.Errorf("no example is refused with %s", code)
		}
	}
}

func saysWhatItTakes(t *testing.T, a heard, r *changes.Refusal) {
	t.Helper()
	text := r.Error()
	who := string(a.who)
	if a.who == admin.Software {
		who = "the software"
	}
	if begin := a.command.Name() + " on " + r.Target + " by " + who + " refused: " + r.Code + ": "; !strings.HasPrefix(text, begin) {
		t.Errorf("does not begin with %q: %s", begin, text)
	}
	kind, id, _ := strings.Cut(r.Target, ":")
	if _, err := policy.ParseResourceType(kind); err != nil || id == "" {
		t.Errorf("the target is %q: %s", r.Target, text)
	}
	for _, l := range []words.Language{words.English, words.Dutch} {
		staff := r.Reason(policy.Reader{Audience: policy.Staff, Language: l})
		asker := r.Reason(policy.Reader{Audience: policy.Asker, Language: l})
		for _, reason := range []string{staff, asker} {
			if !strings.HasSuffix(reason, ".") || strings.ContainsAny(reason, "{}") || strings.Contains(reason, "  ") {
				t.Errorf("reads badly: %q in %s", reason, text)
			}
		}
	}
	reason := r.Reason(policy.Reader{Audience: policy.Staff})
	if !slices.ContainsFunc(takes[r.Code], func(says string) bool { return strings.Contains(reason, says) }) {
		t.Errorf("does not say what it takes, one of %q: %s", takes[r.Code], text)
	}
	if r.Source == "" && !slices.Contains(fault, r.Code) {
		t.Errorf("names no article: %s", text)
	}
}

// fault is the codes of what could not be asked at all, for which no article is named.
var fault = []string{"unknown_user", "unknown_resource", "missing_property", "bad_property"}

// Whatever the examples do, somebody unknown is refused, and so is whoever does it
// on the day of their end date. Source: SETTINGS.
func TestNobodyUnknownOrInactiveDoesAnyOfIt(t *testing.T) {
	for _, d := range toldOnce(t) {
		for _, a := range d.asked {
			if a.err != nil || a.who == admin.Software {
				continue
			}
			o := a.state.Office()
			u, _ := o.User(a.who)
			u.EndDate = o.Day(a.now)
			ended, err := o.WithUser(u)
			if err != nil {
				t.Fatal(err)
			}
			_, _, err = admin.Apply(admin.Open(ended), a.who, a.now, a.command)
			if codes := codesOf(err); len(codes) == 0 || slices.ContainsFunc(codes, func(c string) bool { return c != "inactive_user" }) {
				t.Errorf("%s is inactive and does %s: %v", a.who, asText(a.command), err)
			}
			if _, _, err := admin.Apply(a.state, "mallory", a.now, a.command); !errors.Is(err, changes.ErrRefused) {
				t.Errorf("nobody knows mallory, who does %s: %v", asText(a.command), err)
			}
			if _, _, err := admin.Apply(a.state, admin.Software, a.now, a.command); !errors.Is(err, changes.ErrRefused) {
				t.Errorf("the software does %s: %v", asText(a.command), err)
			}
		}
	}
}

func codesOf(err error) (codes []string) {
	for _, r := range changes.Refusals(err) {
		codes = append(codes, r.Code)
	}
	return codes
}

// An example is written down and read back: the command, and each event.
func TestEveryExampleCanBeWrittenDown(t *testing.T) {
	for _, d := range toldOnce(t) {
		for _, a := range d.asked {
			if errors.Is(a.err, problems.ErrInvalid) {
				continue
			}
			if read, err := admin.ReadCommand([]byte(asText(a.command))); err != nil || read != a.command {
				t.Errorf("%s is read as %+v (%v)", asText(a.command), read, err)
			}
		}
		for _, e := range d.events {
			text, err := e.MarshalJSON()
			var read admin.Event
			if err == nil {
				err = read.UnmarshalJSON(text)
			}
			if err != nil || read != e {
				t.Errorf("%s is read as %s (%v)", text, fmt.Sprint(read), err)
			}
		}
	}
}
