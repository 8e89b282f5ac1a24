package policytest_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile/policytest"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

func TestQuestionsPrintAsTheyAreAsked(t *testing.T) {
	office := bakery(t)
	day, err := users.ParseDate("2027-01-31")
	if err != nil {
		t.Fatal(err)
	}
	all := policy.With{
		Authorisers: []users.ID{"anna", "bob"}, Comment: "not \"ours\"", Documents: []*documents.Document{nil, new(documents.Document), office.Document("inv-2").Document},
		Role: roles.Authoriser, Roles: policy.Given(roles.SetOf(roles.ClientUser, roles.Authoriser)), Companies: policy.Given(users.AccessTo("bakery")),
		System: "books", User: "bram@books", Users: []sync.UserID{}, EndDate: policy.Given(day), OldPasswordVerified: policy.Given(false),
		BillTo: users.BillToOffice, AccountingSystem: "exact", SynchronisationUser: "rosa", AccountingUser: "rosa@books",
		Unreadable: []policy.Unreadable{{Property: policy.PropertyRole, Problem: problems.Problem{Found: `"king"`, Expected: "a role"}}},
	}
	q := policytest.Question{Request: policy.Request{Subject: "bram", Action: policy.DocumentApprove, Resource: office.Document("inv-1"), With: &all, At: morning}}
	want := `bram document.approve document:inv-1 authorisers=[anna bob] comment="not \"ours\"" with=[(not told) (not told) inv-2] role=authoriser ` +
		`roles=[authoriser, client_user] companies=[bakery] system=books user=bram@books users=[] end_date=2027-01-31 old_password_verified=false ` +
		`bill_to=office accounting_system=exact synchronisation_user=rosa accounting_user=rosa@books role="king" (unreadable)`
	if q.String() != want {
		t.Errorf("printed\n%s\nexpected\n%s", q, want)
	}
	want += ` at 2026-11-22T09:00:00Z
	inv-1 of bakery, delivered by carla: authorisation past anna (approved) and bob (pending), ever assigned
	(not told) of (not told), delivered by (not told): (not told), not told
	inv-2 of bakery, delivered by carla: tagging, never assigned`
	if got := fmt.Sprintf("%#v", q); got != want {
		t.Errorf("printed\n%s\nexpected\n%s", got, want)
	}
	if got := (policytest.Question{}).String(); got != "nobody Action(0) ResourceType(0):" {
		t.Errorf("nothing printed as %q", got)
	}
}

func TestAttemptsPrintAsCommands(t *testing.T) {
	for want, c := range map[string]policytest.Attempt{
		`rosa gives {"command":"user.delete","user":"carla"}`:                               {By: "rosa", Command: admin.DeleteUser{User: "carla"}},
		`the software gives {"command":"connection.record_disconnection","system":"exact"}`: {By: admin.Software, Command: admin.RecordDisconnection{System: "exact"}},
		`rosa gives admin.DeleteUser{User:""}`:                                              {By: "rosa", Command: admin.DeleteUser{}},
	} {
		if c.String() != want || c.GoString() != want {
			t.Errorf("printed %s, expected %s", c, want)
		}
	}
}

// What no file can hold is said, and printed all the same.
func TestWhatNoFileHolds(t *testing.T) {
	p := bakery(t).Office().Parts()
	p.Users = append(p.Users, users.User{ID: "ANNA", Username: "ANNA", Email: "a@b"})
	alike, err := offices.New(p)
	if err != nil {
		t.Fatal(err)
	}
	lost, err := documents.Deliver("inv-1", "moon", "carla")
	if err != nil {
		t.Fatal(err)
	}
	for want, o := range map[string]policytest.Office{
		`"ANNA"`:      policytest.Open(alike, morning),
		`"moon"`:      policytest.Open(bakery(t).Office(), morning, lost),
		"office.code": {},
		"(not told)":  policytest.Open(bakery(t).Office(), morning, documents.Document{}),
	} {
		if _, err := o.File(); err == nil || want != "(not told)" && !strings.Contains(err.Error(), want) {
			t.Errorf("expected an error about %s, got %v", want, err)
		}
		if fmt.Sprintf("%#v", o) == "" {
			t.Error("printed nothing")
		}
	}
}

// A question that is drawn says all that was drawn of it: two that print the same are
// answered the same.
func TestWhatPrintsTheSameIsTheSame(t *testing.T) {
	twice := 0
	rapid.Check(t, func(t *rapid.T) {
		office := policytest.Offices().Draw(t, "office")
		questions := policytest.Questions(office)
		answers := map[string]policy.Decision{}
		for range 200 {
			q := questions.Draw(t, "question")
			printed := fmt.Sprintf("%#v", q)
			d := office.Snapshot().Check(q.Request)
			if before, ok := answers[printed]; ok && before != d {
				t.Fatalf("%s\nis answered %v and %v", printed, before, d)
			} else if ok {
				twice++
			}
			answers[printed] = d
		}
	})
	t.Logf("%d printed twice", twice)
	if twice < 100 {
		t.Error("that was too few")
	}
}
