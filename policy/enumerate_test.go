package policy_test

import (
	"math/bits"
	"testing"

	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
)

// The enumeration. An action's decision hangs on the facts that its rules and
// guards mention, so to hold the engine against the plain evaluator on every
// combination of those is to hold it against it on everything. Which combinations
// can occur is stated (enumerate_possible_test.go), and each is made by a real
// office, user, resource and moment.

// word is the facts of one part of a question and, of a document, which of its
// parts were told.
type word = policy.Facts

// What was told of a document, in bits that no fact has.
const (
	companyTold word = 1 << (60 + iota)
	delivererTold
	stageTold
	assignedTold

	everyPartTold = companyTold | delivererTold | stageTold | assignedTold
)

// mentioned is what the words of an action are made of.
func mentioned(a policy.Action) word {
	if a.On() == policy.Document {
		return policy.Mentioned(a) | everyPartTold
	}
	return policy.Mentioned(a)
}

// combination is what decides a question: the word of its one part, or those of
// its two. Questions of more parts are asked too, and held to the same answer, but
// not counted as combinations.
type combination struct {
	parts         int
	first, second word
}

// inquiriesOf is the questions about an action.
func inquiriesOf(a policy.Action) []inquiry {
	switch a.On() {
	case policy.Document:
		return documentInquiries(a)
	case policy.Company:
		return companyInquiries(a)
	case policy.Office:
		return officeInquiries(a)
	case policy.Connection:
		return connectionInquiries(a)
	case policy.User:
		return userInquiries(a)
	}
	return nil
}

// enumeration is how far the enumeration of one action has come.
type enumeration struct {
	*testing.T
	action    policy.Action
	mentioned word
	made      map[combination]bool // each that is possible, and whether it was made
	questions int
	allowed   int
	wrong     int
	words     []policy.Facts
	snapshot  *policy.Snapshot
}

func TestThePlainEvaluatorSaysTheSame(t *testing.T) {
	done := make([]enumeration, 0, 64)
	for a := range policy.AllActions() {
		done = append(done, enumeration{action: a, mentioned: mentioned(a), made: possible(a)})
	}
	t.Run("of", func(t *testing.T) {
		for i := range done {
			t.Run(done[i].action.String(), func(t *testing.T) {
				t.Parallel()
				done[i].T = t
				done[i].run()
			})
		}
	})
	combinations, questions := 0, 0
	for i := range done {
		combinations += len(done[i].made)
		questions += done[i].questions
	}
	t.Logf("%d actions, %d combinations, %d questions", len(done), combinations, questions)
	if len(done) < 48 || combinations < 41_000 || questions < 4_500_000 {
		t.Error("the enumeration has shrunk")
	}
}

func (e *enumeration) run() {
	for _, in := range inquiriesOf(e.action) {
		for office := range in.offices() {
			e.snapshot = policy.Compile(office)
			for _, r := range in.requests {
				e.ask(office, r)
			}
			if e.wrong > 5 {
				e.Fatal("and so on")
			}
		}
	}
	e.report()
}

// ask holds the engine against the plain evaluator on one question.
func (e *enumeration) ask(office offices.Office, r policy.Request) {
	e.questions++
	d := e.snapshot.Check(r)
	if d.Allowed() {
		e.allowed++
	}
	got, want := "no "+d.Code().String(), plainAnswer(office, r)
	if d.Allowed() {
		got = "yes"
	}
	if got != want {
		e.complain(office, r, got+" and not "+want)
	}
	e.askOtherwise(office, r)
	if c, ok := e.combinationOf(r); ok {
		if _, known := e.made[c]; !known {
			e.complain(office, r, "this cannot occur")
		}
		e.made[c] = true
	}
}

// askOtherwise holds the forms that speed made against the evaluator: Could and May,
// which build no question, and Among and AmongGroup, which go by the kind of a document.
func (e *enumeration) askOtherwise(office offices.Office, r policy.Request) {
	subject := e.snapshot.Subject(r.Subject, r.At)
	placed := e.snapshot.Place(r.Resource)
	could, _ := subject.Could(r.Action, r.Resource, nil)
	if by := subject.CouldGrounds(r.Action, r.Resource, nil).Decision(); by.Rule() != could.Rule() || by.Code() != could.Code() {
		e.complain(office, r, "Could says "+could.Code().String()+" and its grounds "+by.Code().String())
	}
	may := subject.May(r.Action, placed)
	if may != could {
		e.complain(office, r, "May says "+may.Code().String()+" and Could "+could.Code().String())
	}
	one := [1]policy.Placed{placed}
	among := false
	for range subject.Among(r.Action, one[:]) {
		among = true
	}
	grouped := false
	for range subject.AmongGroup(r.Action, policy.GroupOf(one[:]), 0) {
		grouped = true
	}
	if among != may.Allowed() || grouped != may.Allowed() {
		e.complain(office, r, "Among or AmongGroup goes otherwise than May")
	}
}

// combinationOf is what decides a question, unless it could not be asked, or has
// more than two parts.
func (e *enumeration) combinationOf(r policy.Request) (c combination, ok bool) {
	e.words = policy.WordsOf(e.words[:0], e.snapshot, r)
	for i := range e.words {
		e.words[i] = (e.words[i] | toldIn(r, i)) & e.mentioned
	}
	switch c.parts = len(e.words); c.parts {
	case 1:
		c.first = e.words[0]
	case 2:
		c.first, c.second = e.words[0], e.words[1]
		if r.Action == policy.UserChangeRoles { // of which the order means nothing
			c.first, c.second = min(c.first, c.second), max(c.first, c.second)
		}
	}
	return c, c.parts == 1 || c.parts == 2
}

// toldIn is what was told of the document that a part of a question is about.
func toldIn(r policy.Request, part int) (told word) {
	if r.Resource.Document == nil {
		return 0
	}
	d := r.Resource.Document
	if part > 0 {
		d = r.With.Documents[part-1]
	}
	for _, tells := range [...]struct {
		part word
		told bool
	}{
		{companyTold, d.Company() != ""},
		{delivererTold, d.DeliveredBy() != ""},
		{stageTold, d.Stage() != 0},
		{assignedTold, d.Assigned() != 0},
	} {
		if tells.told {
			told |= tells.part
		}
	}
	return told
}

func (e *enumeration) complain(office offices.Office, r policy.Request, what string) {
	e.Helper()
	c, _ := e.combinationOf(r)
	e.wrong++
	xeno, _ := office.User(r.Subject)
	e.Errorf("%s on %+v with %+v, asked by %+v: %s\n%s; %s", r.Action, told(r.Resource), r.With, xeno, what, c.first, c.second)
}

// told is the document asked about, or the resource.
func told(r policy.Resource) any {
	if r.Document == nil {
		return r
	}
	return r.Document.Parts()
}

// report says what was counted, and what was possible but was never made.
func (e *enumeration) report() {
	for c, made := range e.made {
		if !made && e.wrong < 20 {
			e.wrong++
			e.Errorf("never made, of %d parts: %s %x; %s %x", c.parts, c.first, uint64(c.first>>60), c.second, uint64(c.second>>60))
		}
	}
	e.Logf("%s: %d facts mentioned, %d combinations possible, %d questions, %d of them allowed", e.action,
		bits.OnesCount64(uint64(policy.Mentioned(e.action))), len(e.made), e.questions, e.allowed)
	if e.allowed == 0 || e.allowed == e.questions {
		e.Error("always the same answer")
	}
}

// A constraint that forbids nothing which the others let through says nothing.
func TestEveryConstraintIsNeeded(t *testing.T) {
	needed := map[string]bool{}
	for a := range policy.AllActions() {
		binding := bindingOn(a)
		eachWord(mentioned(a), func(w word) {
			broken := 0
			var only constraint
			for _, c := range binding {
				if !c.allows(w) {
					broken, only = broken+1, c
				}
			}
			if broken == 1 {
				needed[only.String()] = true
			}
		})
	}
	for _, c := range constraints {
		if !needed[c.String()] {
			t.Errorf("not needed: %s", c)
		}
	}
}
