package review

import (
	"encoding/binary"
	"slices"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// quest is one question for remedies.
type quest struct {
	toDeny   bool // whether a denial is looked for, and not an allowance
	asList   bool // whether properties that are not given are taken as well supplied
	start    admin.State
	office   offices.Office // at the start
	request  policy.Request
	docs     []*documents.Document // those asked about: the resource, and what it is merged with
	named    []users.ID            // who asks and whom the question names
	people   []users.ID            // those and the Super users
	managers []users.ID            // who manages others at all, sorted
	users    int                   // how many there are in the office
	ids      map[atom]uint32
	states   map[string]admin.State // that were supposed, as far as they are kept
	tries    map[try]bool           // what users could do in the office at the start
	left     int                    // how many more offices may be supposed
	mixed    bool                   // whether mixtures of companies given and taken were left out
}

// managingRoles is the roles that manage others, or book. Without one a user does
// nothing to an office that would be a remedy: their own password is entered to book.
var managingRoles = roles.SetOf(roles.SuperUser, roles.Accountant, roles.SMEAccountant, roles.AuthorisationAdministrator)

func newQuest(s admin.State, r policy.Request) *quest {
	if r.With == nil {
		r.With = new(policy.With)
	}
	q := &quest{
		start: s, office: s.Office(), request: r,
		ids: make(map[atom]uint32), states: make(map[string]admin.State), tries: make(map[try]bool), left: mostSupposed,
	}
	if r.Resource.Type == policy.Document {
		q.docs = append([]*documents.Document{r.Resource.Document}, r.With.Documents...)
	}
	q.people = append([]users.ID{r.Subject, r.With.SynchronisationUser}, r.With.Authorisers...)
	if r.Resource.Type == policy.User {
		q.people = append(q.people, users.ID(r.Resource.ID))
	}
	q.named = slices.Clone(q.people)
	for u := range q.office.Users() {
		q.users++
		if u.Roles.Has(roles.SuperUser) {
			q.people = append(q.people, u.ID)
		}
		if u.Roles.HasAny(managingRoles) {
			q.managers = append(q.managers, u.ID)
		}
	}
	q.people = slices.DeleteFunc(q.people, func(id users.ID) bool { _, ok := q.office.User(id); return !ok })
	slices.Sort(q.people)
	q.people = slices.Compact(q.people)
	return q
}

// asked is a question as it stands after some atoms were made.
type asked struct {
	*quest
	state   admin.State
	made    []atom
	request policy.Request
	docs    []*documents.Document
}

// after is the question after atoms, or false where they cannot be.
func (q *quest) after(v variant, set []atom) (asked, bool) {
	a := asked{quest: q, state: q.start, made: set, request: q.request, docs: q.docs}
	if !together(set) {
		return a, false
	}
	state, ok := q.supposed(set)
	if !ok {
		return a, false
	}
	a.state = state
	return a, a.tell(set) && a.await(set) && a.give(v, set)
}

// mostKept is how many offices are kept that were supposed.
const mostKept = 1_000

// mostSupposed is how many offices are supposed to find the remedies of a question,
// and as many again to tell of them.
const mostSupposed = 20_000

// supposed is the office in which the atoms that are of it were made, or false where
// they cannot be.
func (q *quest) supposed(set []atom) (admin.State, bool) {
	set = slices.DeleteFunc(slices.Clone(set), func(a atom) bool { return !a.kind.ofOffice() })
	if len(set) == 0 {
		return q.start, true
	}
	key := q.key(set)
	if state, ok := q.states[key]; ok {
		return state, true
	}
	if q.left--; q.left < 0 {
		return admin.State{}, false
	}
	state, err := supposing(q.start, changesOf(q.office, set)...)
	if err == nil && len(q.states) < mostKept {
		q.states[key] = state
	}
	return state, err == nil
}

// key is alike for sets of the same atoms.
func (q *quest) key(set []atom) string {
	slices.SortFunc(set, compareAtoms)
	key := make([]byte, 0, 4*len(set)+1)
	for _, a := range set {
		id, ok := q.ids[a]
		if !ok {
			id = uint32(len(q.ids)) //nolint:gosec // there are fewer atoms than that
			q.ids[a] = id
		}
		key = binary.LittleEndian.AppendUint32(key, id)
	}
	return string(key)
}

// now is the office as it is by then.
func (a *asked) now() offices.Office { return a.state.Office() }

func (a *asked) user(id users.ID) users.User {
	u, _ := a.now().User(id)
	return u
}

// asker is who asks, as they are by then.
func (a *asked) asker() users.User { return a.user(a.request.Subject) }

// target is the user asked about.
func (a *asked) target() users.User { return a.user(users.ID(a.request.Resource.ID)) }

// facts is the words of facts that it is decided on, or why it cannot be asked.
func (a *asked) facts() ([]policy.Facts, policy.Code) {
	subject := a.state.Snapshot().Subject(a.request.Subject, a.request.At)
	if a.asList {
		return subject.CouldFacts(a.request.Action, a.request.Resource, a.request.With)
	}
	return subject.Facts(a.request.Action, a.request.Resource, a.request.With)
}

// allowed asks the policy.
func (a *asked) allowed() bool { return a.decision(a.state, a.request).Allowed() }

// decision is the policy's on a question.
func (q *quest) decision(s admin.State, r policy.Request) policy.Decision {
	subject := s.Snapshot().Subject(r.Subject, r.At)
	if q.asList {
		d, _ := subject.Could(r.Action, r.Resource, r.With)
		return d
	}
	return subject.Check(r.Action, r.Resource, r.With)
}

// sought says whether the answer is the one that is looked for.
func (a *asked) sought() bool { return a.allowed() != a.toDeny }

// variant is the question with what was not given supplied: one value for each
// property, as good as any.
type variant struct {
	base []atom // the properties that are given so
	with policy.With
}

// give supplies what the atoms give.
func (a *asked) give(v variant, set []atom) bool {
	with := v.with
	if len(a.docs) > 0 {
		a.request.Resource.Document = a.docs[0]
		with.Documents = a.docs[1:]
		if len(a.docs) == 1 {
			with.Documents = v.with.Documents
		}
	}
	for _, given := range set {
		switch given.property {
		case policy.PropertyOldPasswordVerified:
			with.OldPasswordVerified = policy.Given(true)
		case policy.PropertyRoles:
			if a.request.Action == policy.UserChangeRoles {
				with.Roles = policy.Given(a.target().Roles)
			}
		case policy.PropertyCompanies:
			if a.request.Action == policy.UserChangeCompanyAccess {
				with.Companies = policy.Given(a.target().Access)
			}
		case policy.PropertyWith:
			with.Documents = []*documents.Document{another(a.docs[0])}
		}
	}
	a.request.With = &with
	return true
}

// another is a document like one there is.
func another(d *documents.Document) *documents.Document {
	p := d.Parts()
	if p.ID += "'"; len(p.ID) > 100 {
		p.ID = "another"
	}
	other, err := documents.Told(p)
	if err != nil {
		return d
	}
	return &other
}
