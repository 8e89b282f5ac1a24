package documents_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/users"
)

// A position is a stage and a route, written short: each step is its authoriser
// and "?" (pending), "+" (approved) or "-" (rejected).
type position struct {
	stage documents.Stage
	route string
}

func (p position) paper() paper {
	model := paper{ID: "doc", Company: "garage", By: "carla", Stage: p.stage, Assigned: documents.NeverAssigned, Steps: []documents.Step{}}
	for word := range strings.FieldsSeq(p.route) {
		name, mark := word[:len(word)-1], word[len(word)-1]
		step := documents.Step{Authoriser: users.ID(name), Outcome: outcomeOf[rune(mark)]}
		if step.Outcome == documents.Rejected {
			step.Comment = "wrong amount"
		}
		model.Steps, model.Assigned = append(model.Steps, step), documents.EverAssigned
	}
	return model
}

var outcomeOf = map[rune]documents.Outcome{
	'?': documents.Pending, '+': documents.Approved, '-': documents.Rejected,
}

// positionOf is the position of a document, or of none.
func positionOf(d documents.Document) string {
	text := d.Stage().String()
	for _, s := range d.Route().Steps() {
		text += " " + string(s.Authoriser) + string("?+-"[s.Outcome])
	}
	return text
}

func other(t *testing.T) documents.Document {
	t.Helper()
	p := position{documents.Tagging, ""}.paper()
	p.ID = "other"
	return told(t, p)
}

// The moves, each as one that would be granted wherever the document can move so.
func moves(t *testing.T) map[string]func(d documents.Document) (documents.Document, error) {
	t.Helper()
	return map[string]func(d documents.Document) (documents.Document, error){
		"tag":         func(d documents.Document) (documents.Document, error) { return d.Tag() },
		"assign":      func(d documents.Document) (documents.Document, error) { return d.Assign("cor", "dirk") },
		"start_route": func(d documents.Document) (documents.Document, error) { return d.StartRoute("cor", "dirk") },
		"approve":     func(d documents.Document) (documents.Document, error) { return d.Approve("ann") },
		"reject":      func(d documents.Document) (documents.Document, error) { return d.Reject("ann", "not ours") },
		"reassign":    func(d documents.Document) (documents.Document, error) { return d.Reassign("cor", "dirk") },
		"withdraw":    func(d documents.Document) (documents.Document, error) { return d.Withdraw() },
		"return":      func(d documents.Document) (documents.Document, error) { return d.Return() },
		"book":        func(d documents.Document) (documents.Document, error) { return d.Book() },
		"split":       func(d documents.Document) (documents.Document, error) { return firstPart(d.Split("page-1", "page-2")) },
		"merge":       func(d documents.Document) (documents.Document, error) { return d.Merge(other(t)) },
	}
}

func firstPart(parts []documents.Document, err error) (documents.Document, error) {
	if err != nil {
		return documents.Document{}, err
	}
	return parts[0], nil
}

// Where each move leads from each position; a move that is not named is refused.
var leads = []struct {
	name string
	from position
	to   map[string]string
}{
	{"ready for tagging", position{documents.Tagging, ""}, map[string]string{
		"tag": "booking", "assign": "authorisation cor? dirk?", "split": "tagging", "merge": "tagging",
	}},
	{"back from a rejection", position{documents.Tagging, "ann- ben?"}, map[string]string{
		"tag": "booking ann- ben?", "assign": "authorisation cor? dirk?", "split": "tagging ann- ben?", "merge": "tagging ann- ben?",
	}},
	{"returned after an approval", position{documents.Tagging, "ann+"}, map[string]string{
		"tag": "booking ann+", "assign": "authorisation cor? dirk?", "split": "tagging ann+", "merge": "tagging ann+",
	}},
	{"past its first of two authorisers", position{documents.Authorisation, "ann? ben?"}, map[string]string{
		"approve": "authorisation ann+ ben?", "reject": "tagging ann- ben?", "withdraw": "tagging",
		"reassign": "authorisation cor? dirk? ben?",
	}},
	{"past its last authoriser", position{documents.Authorisation, "ben+ ann?"}, map[string]string{
		"approve": "booking ben+ ann+", "reject": "tagging ben+ ann-", "withdraw": "tagging",
		"reassign": "authorisation ben+ cor? dirk?",
	}},
	{"past another authoriser", position{documents.Authorisation, "ben? ann?"}, map[string]string{
		"withdraw": "tagging", "reassign": "authorisation cor? dirk? ann?",
	}},
	{"past one who takes over from themselves", position{documents.Authorisation, "ann? dirk?"}, map[string]string{
		"approve": "authorisation ann+ dirk?", "reject": "tagging ann- dirk?", "withdraw": "tagging",
		"reassign": "authorisation cor? dirk?",
	}},
	{"ready to be booked", position{documents.Booking, ""}, map[string]string{"return": "tagging", "book": "archived"}},
	{"approved and ready to be booked", position{documents.Booking, "ann+"}, map[string]string{
		"return": "tagging ann+", "book": "archived ann+",
	}},
	{"in the archive", position{documents.Archived, ""}, map[string]string{"start_route": "archived cor? dirk?"}},
	{"in the archive, approved", position{documents.Archived, "ann+"}, map[string]string{"start_route": "archived cor? dirk?"}},
	{"in the archive, rejected", position{documents.Archived, "ann-"}, map[string]string{"start_route": "archived cor? dirk?"}},
	{"authorised after booking", position{documents.Archived, "ann?"}, map[string]string{
		"approve": "archived ann+", "reject": "archived ann-", "withdraw": "archived",
		"reassign": "archived cor? dirk?",
	}},
	{"of an unknown stage", position{0, ""}, nil},
	{"of an unknown stage, past its authoriser", position{0, "ann?"}, map[string]string{
		"approve": "Stage(0) ann+", "reject": "Stage(0) ann-", "withdraw": "Stage(0)", "reassign": "Stage(0) cor? dirk?",
	}},
}

func TestEveryMoveFromEveryPosition(t *testing.T) {
	all := moves(t)
	for _, row := range leads {
		for move := range row.to {
			if all[move] == nil {
				t.Errorf("%s: there is no move %s", row.name, move)
			}
		}
		for name, move := range all {
			t.Run(row.name+": "+name, func(t *testing.T) {
				checkMove(t, row.from.paper(), name, move, row.to[name])
			})
		}
	}
}

func checkMove(t *testing.T, from paper, name string, move func(documents.Document) (documents.Document, error), want string) {
	t.Helper()
	d := told(t, from)
	got, err := move(d)
	same(t, "the document that was moved", from, d)
	if want == "" {
		refused(t, name, err)
		return
	}
	if err != nil || positionOf(got) != want {
		t.Errorf("leads to %s, %v; want %s", positionOf(got), err, want)
	}
	ever := got.Assigned() == documents.EverAssigned
	if was := from.Assigned == documents.EverAssigned; ever != (was || len(got.Route().Steps()) > 0) {
		t.Errorf("was ever assigned: %v, and is now: %v", was, ever)
	}
}

func TestARefusedMoveSaysWhatStoodInTheWay(t *testing.T) {
	at := func(stage documents.Stage, route string) *documents.Document {
		d := told(t, position{stage, route}.paper())
		return &d
	}
	tagging, booking := at(documents.Tagging, ""), at(documents.Booking, "")
	stranger := position{documents.Tagging, ""}.paper()
	stranger.ID, stranger.By = "stranger", "chris"
	moved := func(_ documents.Document, err error) error { return err }
	split := func(_ []documents.Document, err error) error { return err }
	for want, err := range map[string]error{
		`tag "doc": found stage booking, expected stage tagging`:                                                    moved(booking.Tag()),
		`approve "doc": found "ben", expected the authoriser in turn, "ann"`:                                        moved(at(documents.Authorisation, "ann?").Approve("ben")),
		`reject "doc": found no comment, expected a comment: every rejection needs one`:                             moved(at(documents.Authorisation, "ann?").Reject("ann", " ")),
		`withdraw "doc": found no pending route, expected a pending route`:                                          moved(booking.Withdraw()),
		`start_route "doc": found a pending route, expected no pending route`:                                       moved(at(documents.Archived, "ann?").StartRoute("ben")),
		`split "doc": found 1 ids ["a"], expected two or more ids, each once`:                                       split(tagging.Split("a")),
		`split "doc": found "b\n", expected ` + anID:                                                                split(tagging.Split("a", "b\n")),
		`merge "doc": found nothing to merge with, expected at least one other document`:                            moved(tagging.Merge()),
		`merge "doc": found this document twice, expected each document once`:                                       moved(tagging.Merge(*tagging)),
		`merge "doc": found stage booking, expected stage tagging`:                                                  moved(tagging.Merge(*booking)),
		`merge "stranger": found another company or deliverer, expected documents of one company and one deliverer`: moved(tagging.Merge(told(t, stranger))),
		`assign "doc": found authorisers ["ann" "ann"], expected at least one authoriser, each named once by an id`: moved(tagging.Assign("ann", "ann")),
	} {
		if err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
	if got := documents.ErrMove.Error(); got != "the document cannot move so" {
		t.Errorf("every refusal is %q", got)
	}
}

func TestADeliveredDocumentIsReadyForTaggingAndNeverAssigned(t *testing.T) {
	d, err := documents.Deliver("doc", "garage", "carla")
	if err != nil {
		t.Fatal(err)
	}
	same(t, "delivered", position{documents.Tagging, ""}.paper(), d)
	if _, err := documents.Deliver("", "garage", "carla"); err == nil {
		t.Error("a document without an id was delivered")
	}
}

func TestAuthorisersAreNamedOnceAndByAnID(t *testing.T) {
	for _, c := range []struct {
		name string
		past []users.ID
	}{
		{"nobody", nil},
		{"one of them twice", []users.ID{"ann", "ben", "ann"}},
		{"nobody by an empty name", []users.ID{"ann", ""}},
		{"by what is no id: a control character", []users.ID{"ann\n"}},
		{"by what is no id: invalid UTF-8", []users.ID{"ann\xff"}},
		{"by what is no id: 129 bytes", []users.ID{users.ID(strings.Repeat("a", 129))}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tagging, archived := told(t, position{documents.Tagging, ""}.paper()), told(t, position{documents.Archived, ""}.paper())
			authorisation := told(t, position{documents.Authorisation, "ann?"}.paper())
			_, err := tagging.Assign(c.past...)
			refused(t, "assign", err)
			_, err = archived.StartRoute(c.past...)
			refused(t, "start_route", err)
			_, err = authorisation.Reassign(c.past...)
			refused(t, "reassign", err)
		})
	}
}

func TestARouteStartedOnAnArchivedDocumentLeavesItArchivedToItsEnd(t *testing.T) {
	archived := told(t, position{documents.Archived, ""}.paper())
	started, err := archived.StartRoute("ann", "ben")
	if err != nil {
		t.Fatal(err)
	}
	once, _ := started.Approve("ann")
	approved, errApprove := once.Approve("ben")
	rejected, errReject := once.Reject("ben", "not ours")
	withdrawn, errWithdraw := once.Withdraw()
	for want, d := range map[string]documents.Document{
		"archived ann? ben?": started, "archived ann+ ben?": once, "archived ann+ ben+": approved,
		"archived ann+ ben-": rejected, "archived": withdrawn,
	} {
		if positionOf(d) != want || d.Assigned() != documents.EverAssigned {
			t.Errorf("%s, %v; want %s", positionOf(d), d.Assigned(), want)
		}
	}
	if errApprove != nil || errReject != nil || errWithdraw != nil {
		t.Error(errApprove, errReject, errWithdraw)
	}
}

func TestReassigningKeepsWhoApprovedAndWhoFollows(t *testing.T) {
	for _, c := range []struct {
		name, route string
		to          []users.ID
		want        string
	}{
		{"one for one", "ann+ ben? cor?", []users.ID{"dirk"}, "authorisation ann+ dirk? cor?"},
		{"two for one", "ann+ ben? cor?", []users.ID{"dirk", "eva"}, "authorisation ann+ dirk? eva? cor?"},
		{"a follower takes over and has one turn", "ann+ ben? cor?", []users.ID{"cor"}, "authorisation ann+ cor?"},
		{"a follower after another", "ben? cor? dirk?", []users.ID{"eva", "dirk"}, "authorisation eva? dirk? cor?"},
		{"who approved before approves again", "ann+ ben?", []users.ID{"ann"}, "authorisation ann+ ann?"},
		{"the same one again", "ann+ ben? cor?", []users.ID{"ben"}, "authorisation ann+ ben? cor?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := told(t, position{documents.Authorisation, c.route}.paper())
			got, err := d.Reassign(c.to...)
			if err != nil || positionOf(got) != c.want {
				t.Errorf("leads to %s, %v; want %s", positionOf(got), err, c.want)
			}
		})
	}
}

func TestARejectionNeedsACommentAndKeepsIt(t *testing.T) {
	d := told(t, position{documents.Authorisation, "ann+ ben? cor?"}.paper())
	for _, blank := range []string{"", " ", "\t", "\n \r\n", "\u00a0"} {
		_, err := d.Reject("ben", blank)
		refused(t, "reject", err)
		if !documents.Blank(blank) {
			t.Errorf("%q says something", blank)
		}
	}
	got, err := d.Reject("ben", " wrong amount ")
	want := []documents.Step{
		{Authoriser: "ann", Outcome: documents.Approved},
		{Authoriser: "ben", Outcome: documents.Rejected, Comment: " wrong amount "},
		{Authoriser: "cor"},
	}
	if diff := cmp.Diff(want, got.Route().Steps()); err != nil || diff != "" {
		t.Errorf("%v, (-want +got):\n%s", err, diff)
	}
}

func TestThePartsOfASplitKeepWhoDeliveredAndEverAssigned(t *testing.T) {
	for _, assigned := range []documents.Assigned{0, documents.NeverAssigned, documents.EverAssigned} {
		p := position{documents.Tagging, ""}.paper()
		p.Assigned = assigned
		d := told(t, p)
		parts, err := d.Split("page-1", "page-2", "doc")
		if err != nil || len(parts) != 3 {
			t.Fatalf("%d parts, %v", len(parts), err)
		}
		for i, id := range []documents.ID{"page-1", "page-2", "doc"} {
			p.ID = id
			same(t, "part", p, parts[i])
		}
	}
}

func TestASplitNeedsTwoOrMoreIDsEachOnce(t *testing.T) {
	for _, names := range [][]documents.ID{nil, {"a"}, {"a", "a"}, {"a", "b", "a"}, {"a", ""}, {"a", "b\n"}, {"a", "b\xff"}} {
		t.Run(fmt.Sprintf("%q", names), func(t *testing.T) {
			d := told(t, position{documents.Tagging, ""}.paper())
			parts, err := d.Split(names...)
			if refused(t, "split", err); parts != nil {
				t.Errorf("gave %d parts", len(parts))
			}
		})
	}
}

func TestDocumentsThatDoNotMerge(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(first, second *paper)
	}{
		{"of another company", func(_, p *paper) { p.Company = "bakery" }},
		{"of another deliverer", func(_, p *paper) { p.By = "chris" }},
		{"of a company that was not told", func(_, p *paper) { p.Company = "" }},
		{"both of a company that was not told", func(p, q *paper) { p.Company, q.Company = "", "" }},
		{"of a deliverer who was not told", func(p, _ *paper) { p.By = "" }},
		{"both of a deliverer who was not told", func(p, q *paper) { p.By, q.By = "", "" }},
		{"the same one twice", func(p, q *paper) { q.ID = p.ID }},
		{"the second past tagging", func(_, p *paper) { p.Stage = documents.Booking }},
		{"the first past tagging", func(p, _ *paper) { p.Stage = documents.Booking }},
		{"of an unknown stage", func(_, p *paper) { p.Stage = 0 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			first, second := position{documents.Tagging, ""}.paper(), position{documents.Tagging, ""}.paper()
			second.ID = "second"
			c.change(&first, &second)
			d := told(t, first)
			_, err := d.Merge(told(t, second))
			refused(t, "merge", err)
		})
	}
	alone := told(t, position{documents.Tagging, ""}.paper())
	_, err := alone.Merge()
	refused(t, "merge", err)
}

func TestAMergerWasEverAssignedWhenAPartWas(t *testing.T) {
	const never, ever, unknown = documents.NeverAssigned, documents.EverAssigned, documents.Assigned(0)
	for _, c := range []struct {
		name                string
		first, second, want documents.Assigned
	}{
		{"neither", never, never, never},
		{"the first", ever, never, ever},
		{"the second", never, ever, ever},
		{"both", ever, ever, ever},
		{"nobody told of the second", never, unknown, unknown},
		{"nobody told of the first", unknown, never, unknown},
		{"the first, and nobody told of the second", ever, unknown, ever},
		{"the second, and nobody told of the first", unknown, ever, ever},
		{"nobody told", unknown, unknown, unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, q := position{documents.Tagging, ""}.paper(), position{documents.Tagging, ""}.paper()
			q.ID, p.Assigned, q.Assigned = "second", c.first, c.second
			first, second := told(t, p), told(t, q)
			whole, err := first.Merge(second)
			if err != nil || whole.Assigned() != c.want || whole.ID() != "doc" {
				t.Errorf("%s %v, %v; want doc %v", whole.ID(), whole.Assigned(), err, c.want)
			}
		})
	}
}

func TestMergesWithIsTheSameEitherWay(t *testing.T) {
	names := []string{"", "garage", "bakery"}
	for _, a := range names {
		for _, b := range names {
			p := told(t, paper{ID: "a", Company: companies.ID(a), By: "carla"})
			q := told(t, paper{ID: "b", Company: companies.ID(b), By: "carla"})
			want := a == b && a != ""
			if p.MergesWith(&q) != want || q.MergesWith(&p) != want {
				t.Errorf("companies %q and %q: %v", a, b, p.MergesWith(&q))
			}
		}
	}
}
