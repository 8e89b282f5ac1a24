package workflow_test

import (
	"testing"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/workflow"
)

// The second walk: a scan of three invoices that Carla delivers.
var secondWalk = []walked{
	{
		what: "Carla delivers a scan", who: "carla", does: workflow.Upload{Document: "scan", Company: "bakery"},
		stage: "tagging",
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -    -   -   -    -   -   yes    -    -    -    -    -
		manage      -    -   -   -    -   -   yes    -    -    -    -    -
		authorise   -    -   -   -    -   -     -    -    -    -    -    -
		intervene   -    -   -   -    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Carla splits it in three, and looks at the second", who: "carla", becomes: "page-2",
		does:  workflow.Split{Document: "scan", Into: ids("page-1", "page-2", "page-3")},
		stage: "tagging",
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -    -   -   -    -   -   yes    -    -    -    -    -
		manage      -    -   -   -    -   -   yes    -    -    -    -    -
		authorise   -    -   -   -    -   -     -    -    -    -    -    -
		intervene   -    -   -   -    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Carla tags the second: never assigned, so she still sees it", who: "carla",
		does: workflow.Tag{Document: "page-2"}, stage: "booking",
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -  yes yes   -    -   -   yes    -    -    -    -    -
		manage      -    -   -   -    -   -     -    -    -    -    -    -
		authorise   -    -   -   -    -   -     -    -    -    -    -    -
		intervene   -    -   -   -    -   -     -    -    -    -    -    -
		return      -  yes yes   -    -   -     -    -    -    -    -    -
		book        -  yes yes   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Sam returns it: it was to be one with the others", who: "sam",
		does: workflow.Return{Document: "page-2"}, stage: "tagging",
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -    -   -   -    -   -   yes    -    -    -    -    -
		manage      -    -   -   -    -   -   yes    -    -    -    -    -
		authorise   -    -   -   -    -   -     -    -    -    -    -    -
		intervene   -    -   -   -    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Carla merges it with the others", who: "carla",
		does:  workflow.Merge{Document: "page-2", With: ids("page-3", "page-1")},
		stage: "tagging",
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -    -   -   -    -   -   yes    -    -    -    -    -
		manage      -    -   -   -    -   -   yes    -    -    -    -    -
		authorise   -    -   -   -    -   -     -    -    -    -    -    -
		intervene   -    -   -   -    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Carla assigns it to Anna and then Bob", who: "carla",
		does:  workflow.Assign{Document: "page-2", Authorisers: people("anna", "bob")},
		stage: "authorisation", route: "anna bob", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -    -   - yes  yes   -     -    -    -    -    -    -
		manage      -    -   -   -    -   -     -    -    -    -    -    -
		authorise   -    -   -   -  yes   -     -    -    -    -    -    -
		intervene   -    -   - yes    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Anna is ill: Ada has Bob take over", who: "ada",
		does:  workflow.Reassign{Document: "page-2", Authorisers: people("bob")},
		stage: "authorisation", route: "bob", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -    -   - yes    - yes     -    -    -    -    -    -
		manage      -    -   -   -    -   -     -    -    -    -    -    -
		authorise   -    -   -   -    - yes     -    -    -    -    -    -
		intervene   -    -   - yes    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Bob is ill too: Ada withdraws it", who: "ada", does: workflow.Withdraw{Document: "page-2"},
		stage: "tagging", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -    -   -   -    -   -   yes    -    -    -    -    -
		manage      -    -   -   -    -   -   yes    -    -    -    -    -
		authorise   -    -   -   -    -   -     -    -    -    -    -    -
		intervene   -    -   -   -    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Carla tags it: once assigned, so she does not see it any more", who: "carla",
		does: workflow.Tag{Document: "page-2"}, stage: "booking", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -  yes yes   -    -   -     -    -    -    -    -    -
		manage      -    -   -   -    -   -     -    -    -    -    -    -
		authorise   -    -   -   -    -   -     -    -    -    -    -    -
		intervene   -    -   -   -    -   -     -    -    -    -    -    -
		return      -  yes yes   -    -   -     -    -    -    -    -    -
		book        -  yes yes   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Bram returns it to be tagged anew", who: "bram", does: workflow.Return{Document: "page-2"},
		stage: "tagging", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -    -   -   -    -   -   yes    -    -    -    -    -
		manage      -    -   -   -    -   -   yes    -    -    -    -    -
		authorise   -    -   -   -    -   -     -    -    -    -    -    -
		intervene   -    -   -   -    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Carla tags it again", who: "carla", does: workflow.Tag{Document: "page-2"},
		stage: "booking", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -  yes yes   -    -   -     -    -    -    -    -    -
		manage      -    -   -   -    -   -     -    -    -    -    -    -
		authorise   -    -   -   -    -   -     -    -    -    -    -    -
		intervene   -    -   -   -    -   -     -    -    -    -    -    -
		return      -  yes yes   -    -   -     -    -    -    -    -    -
		book        -  yes yes   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Sam books it", who: "sam", does: workflow.Book{Document: "page-2"},
		stage: "archived", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -  yes yes   -    -   -     -    -    -  yes    -    -
		manage      -    -   -   -    -   -     -    -    -    -    -    -
		authorise   -    -   -   -    -   -     -    -    -    -    -    -
		intervene   -    -   -   -    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
}

// The events of a walk tell it again, up to what the accounting software did by
// itself.
func TestTheEventsOfAWalkTellItAgain(t *testing.T) {
	for name, steps := range map[string][]walked{"first": firstWalk[:7], "second": secondWalk} {
		w := walker{T: t, office: compiled(t), shelf: map[documents.ID]documents.Document{}}
		for _, step := range steps {
			w.step(step)
		}
		again, err := workflow.Replay(nil, w.told...)
		if err != nil {
			t.Fatal(err)
		}
		sameShelf(t, name, w.shelf, again)
	}
}
