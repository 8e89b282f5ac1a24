package policy

import (
	"testing"
	"time"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// unreadable is a property of which nobody can tell what was meant; with none, a
// part of the document.
func unreadable(p Properties) With {
	path := p.String()
	if p == 0 {
		path = "stage"
	}
	return With{Unreadable: []Unreadable{{p, problems.Problem{Path: path, Found: "7", Expected: "a text"}}}}
}

// What the articles' sentences, answered a second time, said otherwise.
var foundScenarios = []scenario{
	{"Who does not tell a document's company is asked for it before a property that cannot be read", "carla", DocumentTag, doc(documents.Tagging, of("")), unreadable(PropertyComment), nil, "no missing_property"},
	{"Who does not tell a document's stage is asked for it before too many authorisers are counted", "carla", DocumentAssign, doc(0), authorisers(make([]users.ID, MaxNamed+1)...), nil, "no missing_property"},
	{"What cannot be read of a document was not left out", "carla", DocumentTag, doc(0), unreadable(0), nil, "no bad_property"},
	{"What was told of a document is enough, so it is the property that cannot be read", "carla", DocumentView, doc(0), unreadable(PropertyComment), nil, "no bad_property"},
	{"Who may not merge is not asked who delivered the documents", "bram", DocumentMerge, doc(documents.Tagging, by("")), mergedWith(by("")), nil, "no role_missing"},
	{"Who may merge is asked who delivered the document", "carla", DocumentMerge, doc(documents.Tagging, by("")), mergedWith(), nil, "no missing_property"},
	{"Who may merge is asked who delivered the other document", "carla", DocumentMerge, tagging, mergedWith(by("")), nil, "no missing_property"},
	{"Nothing is merged with a document of a company that does not exist", "carla", DocumentMerge, tagging, mergedWith(of("unheard of")), nil, "no bad_property"},
	{"A role that does not exist is not given beside one that does", "rosa", UserCreate, OfOffice("devries"), With{Roles: Given(roles.SetOf(roles.ClientUser) + 1<<7), Companies: Given(users.AccessTo("bakery"))}, nil, "no bad_property"},
	{"A set of roles is not changed to hold what is no role", "rosa", UserChangeRoles, OfUser("carla"), With{Roles: Given(roles.SetOf(roles.ClientUser) + 1<<7)}, nil, "no bad_property"},
}

func TestWhatWasNotToldComesBeforeTheMoment(t *testing.T) {
	s := usual().compile(t)
	for _, on := range []Resource{doc(0), doc(documents.Tagging, of(""))} {
		if d := s.Check(Request{"carla", DocumentTag, on, nil, time.Time{}}); d.Code() != MissingProperty {
			t.Errorf("%+v at no moment: %s", on.Document.Parts(), d.Code())
		}
	}
	if d := s.Check(Request{"bram", DocumentTag, doc(0), nil, time.Time{}}); d.Code() != BadTime {
		t.Errorf("the stage matters to nobody here, and yet the code is %s", d.Code())
	}
}
