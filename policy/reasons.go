package policy

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/words"
)

// This file puts denials into words. It decides nothing: it is told the code and
// the facts that were missed, and looks up who and what they were about.

// faultSaying is what is said of a question that could not be asked.
func (q *question) faultSaying(code Code) saying {
	switch code {
	case UnknownUser:
		return sayUnknownUser
	case UnknownAction:
		return sayUnknownAction
	case UnknownResource:
		if q.action.On() != q.resource.Type {
			return sayOtherType
		}
		return sayUnknownResource
	case MissingProperty:
		if missing := q.missing(); missing&(missing-1) != 0 {
			return sayMissingProperties
		}
		return sayMissingProperty
	case BadTime:
		return sayBadTime
	default:
		return sayBadProperty
	}
}

// denialSaying is what is said of a question that could be asked and was denied.
func (q *question) denialSaying(v verdict, e Explanation) saying {
	switch v.code {
	case MissingProperty:
		return sayUntold
	case RoleMissing:
		return sayRoleMissing
	}
	for f := range e.missed().Each() {
		if f.Code() == v.code {
			return q.sayingFor(f, v)
		}
	}
	return sayBadProperty // no code without a fact; tested
}

// sayingFor is what is said for want of a fact.
func (q *question) sayingFor(f Facts, v verdict) saying {
	switch {
	case f == InTurn && !q.document(v.part).Route().IsPending():
		return sayNobodyInTurn
	case f == TargetLinked && q.system == noPlace:
		return sayTargetLinkedNowhere
	case f == AuthorisersFit && len(q.with.Authorisers) == 0:
		return sayAuthorisersNone
	case f == AuthorisersFit && len(q.unfit()) == 0:
		return sayAuthorisersTwice
	case f == AccountingUserFit && q.action == ConnectionManage:
		return sayCandidateLink
	case f == AccountingUserFit && q.action == UserImport:
		return sayImport
	case f == DutyKept && q.action == AccountingSystemDelete:
		return sayCompaniesLeft
	}
	return sayingOf[f]
}

// fill finds what fills a blank.
func (q *question) fill(blank string, v verdict, e Explanation) words.Said {
	switch blank {
	case "subject":
		return words.Plain(problems.Quote(string(q.asker)))
	case "action":
		return words.Plain(q.action.String())
	case "type":
		return words.Plain(q.action.On().String())
	case "kind":
		return q.resource.Type
	case "resource":
		return words.Plain(problems.Quote(q.resource.id()))
	case "missing":
		return words.Plain(q.missing().String())
	case "problems":
		return q.problems()
	case "audience":
		return audience(e.Near)
	}
	if said := q.fillOfWho(blank); said != nil {
		return said
	}
	if said := q.fillOfNamed(blank); said != nil {
		return said
	}
	return q.fillOfDocument(blank, v, e)
}

// fillOfWho fills blanks about who asks and whom it is about.
func (q *question) fillOfWho(blank string) words.Said {
	switch blank {
	case "user":
		return words.Plain(q.snap.users.id(q.place))
	case "end":
		return words.Plain(q.self().end.String())
	case "roles":
		return roleNames(q.self().effective())
	case "highest":
		return q.self().effective().Highest()
	case "target":
		return words.Plain(q.snap.users.id(q.target))
	case "duty":
		return words.Plain(q.snap.users.id(q.snap.systemOf(q.system).syncUser))
	case "duties":
		var list []words.Said
		for _, sys := range q.snap.userOf(q.target).bound().duties {
			list = append(list, words.Plain(q.snap.systemOf(sys).id))
		}
		return words.And(list...)
	}
	return nil
}

// fillOfNamed fills blanks about whoever and whatever the properties name.
func (q *question) fillOfNamed(blank string) words.Said {
	switch blank {
	case "system":
		return words.Plain(q.snap.systemOf(q.system).id)
	case "candidate":
		return words.Plain(q.with.SynchronisationUser)
	case "account":
		if q.action == ConnectionManage {
			return words.Plain(q.with.AccountingUser)
		}
		return words.Plain(q.with.User)
	case "unfit":
		return words.And(q.unfit()...)
	case "faults":
		return q.roleFaults()
	}
	return nil
}

// fillOfDocument fills blanks about the document, or the company, asked about.
func (q *question) fillOfDocument(blank string, v verdict, e Explanation) words.Said {
	switch blank {
	case "company":
		if q.resource.Type == Document {
			return words.Plain(q.document(v.part).Company())
		}
		return words.Plain(q.resource.ID)
	case "booking":
		return words.Plain(q.snap.systemOf(q.snap.companyOf(q.company).system).id)
	case "document":
		return q.documentName(v.part)
	case "deliverer":
		return words.Plain(q.document(v.part).DeliveredBy())
	case "turn":
		return words.Plain(q.document(v.part).Route().InTurn())
	case "stage":
		return words.Plain(q.document(v.part).Stage().String())
	case "stages":
		return stagesOf(e.missed())
	case "untold":
		return untoldParts(q.document(v.part), e.missed())
	}
	return words.Plain("{" + blank + "}") // no such blank; tested
}

// problems is what is wrong with the properties that cannot be used.
func (q *question) problems() words.Said {
	var list []words.Said
	for i := range q.with.Unreadable {
		p := &q.with.Unreadable[i].Problem
		list = append(list, problem(p.Path, p.Found, p.Expected))
	}
	if bad := q.bad(); bad != 0 && q.with.unreadable()&bad == 0 {
		list = append(list, q.badProperty(bad))
	}
	return words.And(list...)
}

func problem(path, found, expected string) words.Said {
	return words.Say("{property}: found {found}, expected {expected}",
		words.Blank{Name: "property", With: words.Plain(path)},
		words.Blank{Name: "found", With: words.Say(found)},
		words.Blank{Name: "expected", With: words.Expected(expected)})
}

// What a property that names what is not there should have named.
const (
	expectRoles     = "a set of the seven roles"
	expectSystem    = "an accounting system of this office"
	expectPayer     = "office, or a company with a payment agreement"
	expectCompanies = "companies of this office"
	expectCompany   = "a company of this office"
	expectFewer     = "at most 1000"
	expectOthers    = "1 to 1000 documents, each once and none the resource itself"
)

func (q *question) badProperty(p Properties) words.Said {
	var found string
	expected := expectSystem
	switch p {
	case PropertySystem:
		found = string(q.with.System)
	case PropertyAccountingSystem:
		found = string(q.with.AccountingSystem)
	case PropertyBillTo:
		found, expected = q.with.BillTo.String(), expectPayer
	case PropertyRoles:
		return problem(p.String(), strconv.Itoa(int(q.with.Roles.value)), expectRoles)
	case PropertyCompanies:
		found, expected = q.unknownCompany(), expectCompanies
	case PropertyAuthorisers:
		return problem(p.String(), strconv.Itoa(len(q.with.Authorisers)), expectFewer)
	case PropertyWith:
		return problem(p.String(), strconv.Itoa(len(q.with.Documents)), expectOthers)
	default:
		return problem("company", problems.Quote(string(q.strangeCompany())), expectCompany)
	}
	return problem(p.String(), problems.Quote(found), expected)
}

func (q *question) unknownCompany() string {
	for id := range q.with.Companies.value.All() {
		if q.snap.company(id) == noPlace {
			return string(id)
		}
	}
	return ""
}

// unfit is the authorisers named who could not authorise.
func (q *question) unfit() (list []words.Said) {
	for _, id := range q.with.Authorisers {
		if !q.authoriserFit(q.snap.user(id), q.company) {
			list = append(list, words.Plain(id))
		}
	}
	return list
}

// roleFaults is the rules that the set asked for breaks.
func (q *question) roleFaults() words.Said {
	set := q.with.Roles.value
	switch q.action {
	case UserGrantRole:
		set = q.snap.userOf(q.target).stored.With(q.with.Role)
	case UserRevokeRole:
		set = q.snap.userOf(q.target).stored.Without(q.with.Role)
	}
	var broken []words.Said
	for f := range set.Findings() {
		if f.Level == roles.Error {
			broken = append(broken, words.Say("{finding} ({id})",
				words.Blank{Name: "finding", With: words.Clause(f.Message)}, words.Blank{Name: "id", With: words.Plain(f.ID)}))
		}
	}
	return words.And(broken...)
}

// document is the one a part of the question is about.
func (q *question) document(part int) *documents.Document {
	if part > 0 {
		return q.with.Documents[part-1]
	}
	return q.resource.Document
}

// documentName is the id of the document that a part of the question is about.
func (q *question) documentName(part int) words.Said {
	id := q.resource.id()
	if part > 0 {
		id = string(q.with.Documents[part-1].ID())
	}
	if id == "" {
		return words.Say("the document")
	}
	return words.Plain(id)
}

func stagesOf(missed Facts) words.Said {
	var stages []words.Said
	for _, s := range [...]struct {
		fact  Facts
		stage documents.Stage
	}{{StageTagging, documents.Tagging}, {StageBooking, documents.Booking}, {StageArchived, documents.Archived}} {
		if missed.Has(s.fact) {
			stages = append(stages, words.Plain(s.stage.String()))
		}
	}
	return words.Or(stages...)
}

// untoldParts is the parts of a document that were not told and that what was
// missed hangs on.
func untoldParts(d *documents.Document, missed Facts) words.Said {
	var parts []string
	for _, p := range [...]struct {
		name   string
		untold bool
		facts  Facts
	}{
		{"company", d.Company() == "", onCompany},
		{"delivered_by", d.DeliveredBy() == "", onDeliverer},
		{"stage", d.Stage() == 0, onStage},
		{"ever_assigned", d.Assigned() == 0, onAssigned},
	} {
		if p.untold && missed&p.facts != 0 {
			parts = append(parts, p.name)
		}
	}
	return words.Plain(strings.Join(parts, ", "))
}

// whom is who a rule is for, by the first fact that it asks of them.
var whom = map[Facts][]words.Said{
	IsSuperUser: {roles.SuperUser}, IsAccountant: {roles.Accountant}, IsSMEAccountant: {roles.SMEAccountant},
	IsAdministrator: {roles.AuthorisationAdministrator}, IsAuthoriser: {roles.Authoriser},
	IsClientUser: {roles.ClientUser}, IsRestrictedClientUser: {roles.RestrictedClientUser},
	BookingRole: {roles.Accountant, roles.SMEAccountant}, ClientRole: {roles.ClientUser, roles.RestrictedClientUser},
	ArchiveRight: {words.Say("anyone with the archive right all")},
	Self:         {words.Say("the user concerned")}, OnDuty: {words.Say("the synchronisation user")},
}

// audience says who the rules are for: "Super user, Accountant or SME Accountant".
func audience(near []Near) words.Said {
	var said []string
	var list []words.Said
	for _, n := range near {
		who := n.Rule.Rule().For
		for _, w := range whom[who&-who] {
			if name := w.In(words.English); !slices.Contains(said, name) {
				said, list = append(said, name), append(list, w)
			}
		}
	}
	return words.Or(list...)
}

func roleNames(set roles.Set) words.Said {
	var names []words.Said
	for r := range set.All() {
		names = append(names, r)
	}
	if names == nil {
		return words.Say("without a role")
	}
	return words.And(names...)
}
