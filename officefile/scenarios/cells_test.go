package scenarios_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// Every cell of a table is asked, once: a table in which nobody can fails for each cell
// in which somebody can, and one in which all can for each other.
func TestEachCellOfATableIsAsked(t *testing.T) {
	office, file := exampleOffice(t)
	cells, differ := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		d := directly(file)
		first := d.action(rt)
		var same []string
		for a := range policy.AllActions() {
			if a.On() == first.On() {
				same = append(same, a.String())
			}
		}
		actions := rapid.SliceOfNDistinct(rapid.SampledFrom(same), 1, 4, rapid.ID[string]).Draw(rt, "actions")
		who := rapid.SliceOfNDistinct(rapid.SampledFrom(drawnUsers), 1, 4, rapid.ID[string]).Draw(rt, "users")
		on := rapid.SliceOfNDistinct(rapid.SampledFrom(drawnOn[first.On()]), 1, 4, rapid.ID[string]).Draw(rt, "resources")
		can := rapid.SampledFrom([]string{"all", "none"}).Draw(rt, "can")
		var resources, want []string
		for _, id := range on {
			resources = append(resources, "'"+first.On().String()+":"+id+"'")
		}
		for _, user := range who {
			for _, action := range actions {
				for _, id := range on {
					cells++
					cell := fmt.Sprintf("%s %s %s:%s", user, action, first.On(), id)
					if answer := d.could(user, action, first.On().String()+":"+id); answer.Allowed() == (can == "none") {
						want = append(want, cell)
					}
				}
			}
		}
		text := fmt.Sprintf("office: office.yaml\nscenarios: [{name: x, tables: [{users: [%s], actions: [%s], resources: [%s], can: %s}]}]\n",
			strings.Join(who, ", "), strings.Join(actions, ", "), strings.Join(resources, ", "), can)
		var got []string
		result := scenarios.Run(files{"office.yaml": string(office), "s": text}.load(rt, "s"), scenarios.Options{})[0]
		for i := range result.Failures {
			cell, _, _ := strings.Cut(result.Failures[i].Message(words.English), ": ")
			got = append(got, cell)
		}
		differ += len(want)
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatalf("%s(-want +got):\n%s", text, diff)
		}
	})
	t.Logf("%d cells, of which %d are otherwise than the table has them", cells, differ)
	if cells < 500 || differ < 200 {
		t.Error("too few")
	}
}

func (d *direct) could(who, action, on string) policy.Decision {
	request := d.request(who, action, on, nil)
	subject := d.state.Snapshot().Subject(users.ID(who), moment)
	answer, _ := subject.Could(request.Action, request.Resource, nil)
	return answer
}
