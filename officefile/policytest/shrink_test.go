package policytest_test

import (
	"flag"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/officefile/policytest"
	"github.com/mandaat/mandaat/policy"
)

// failing is a test that is to fail, as rapid sees one.
type failing struct {
	testing.TB
	failed bool
}

func (f *failing) Helper()               {}
func (f *failing) Name() string          { return "TestThatFails" }
func (f *failing) Logf(string, ...any)   {}
func (f *failing) Errorf(string, ...any) { f.failed = true }
func (f *failing) Failed() bool          { return f.failed }
func (f *failing) FailNow()              {}

// What fails is shrunk to an office with hardly more in it than it takes. The same
// is drawn in each run, since to shrink is to try, and to be lucky.
func TestFailuresShrinkToSmallOffices(t *testing.T) {
	t.Chdir(t.TempDir()) // where rapid keeps what failed
	always := flag.Lookup("rapid.seed").Value
	defer func(before string) { _ = always.Set(before) }(always.String())
	if err := always.Set("20261122"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		never   string
		users   int // in the smallest office in which it happens all the same
		happens func(t *rapid.T, o policytest.Office) bool
	}{
		{"anybody is denied", 1, func(t *rapid.T, o policytest.Office) bool {
			return !o.Snapshot().Check(policytest.Questions(o).Draw(t, "question").Request).Allowed()
		}},
		{"somebody manages another", 2, func(t *rapid.T, o policytest.Office) bool {
			q := policytest.Questions(o).Draw(t, "question")
			d := o.Snapshot().Check(q.Request)
			return q.Action.On() == policy.User && d.Allowed() && q.Resource.ID != string(q.Subject)
		}},
		{"a user is deleted", 2, func(t *rapid.T, o policytest.Office) bool {
			c := policytest.Commands(o, "user.delete").Draw(t, "command")
			_, _, err := admin.Apply(o.State, c.By, o.At, c.Command)
			return err == nil
		}},
	} {
		t.Run("never: "+c.never, func(t *testing.T) {
			var last policytest.Office
			tries, f := 0, &failing{}
			rapid.Check(f, func(t *rapid.T) {
				tries++
				office := policytest.Offices().Draw(t, "office")
				if c.happens(t, office) {
					last = office
					t.Fatal("as expected")
				}
			})
			p := last.Office().Parts()
			t.Logf("after %d tries%#v", tries, last)
			if !f.failed || len(p.Users) > c.users+1 || len(p.Systems) > 2 || len(p.Companies) > 1 || len(last.Documents) > 0 || !last.At.Equal(morning) {
				t.Errorf("failed: %t, with %d users, %d systems, %d companies, %d documents at %s",
					f.failed, len(p.Users), len(p.Systems), len(p.Companies), len(last.Documents), last.At)
			}
		})
	}
}
