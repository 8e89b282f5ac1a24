package officefile_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// However a person laid a file out, what changed reads back, what did not keeps
// every byte of its lines, and another time nothing is left to change.
func TestUpdateKeepsWhatDidNotChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := laidOut(t, anOffice(t))
		eol := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "eol")
		before := s.text(eol)
		was, after := someChanges(t, before)
		text := updated(t, before, after)
		lines := strings.Split(strings.TrimPrefix(text, "\ufeff"), eol)
		for _, line := range s.untouched(touched(s, was, after)) {
			i := slices.Index(lines, line)
			if i < 0 {
				t.Fatalf("lost the line %q\n%s\nbecame\n%s", line, before, text)
			}
			lines = lines[i+1:]
		}
		if strings.ContainsAny(strings.ReplaceAll(text, eol, ""), "\r\n") || strings.HasPrefix(text, "\ufeff") != strings.HasPrefix(before, "\ufeff") {
			t.Fatalf("the ends of lines or the mark at the start changed\n%q\nbecame\n%q", before, text)
		}
	})
}

// What is written in one way or another, JSON among them, is updated in that way.
func TestUpdateOfAnyFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := written(t, anOffice(t))
		_, after := someChanges(t, before)
		text := updated(t, before, after)
		if json.Valid([]byte(before)) && !json.Valid([]byte(text)) {
			t.Fatalf("JSON is no longer JSON\n%s\nbecame\n%s", before, text)
		}
	})
}

// updated is the text for what an office became, which reads back as that.
func updated(t *rapid.T, before string, after offices.Office) string {
	text, err := officefile.Update("office.yaml", []byte(before), after)
	if err != nil {
		t.Fatalf("%v\n%s", err, before)
	}
	file, err := officefile.Parse("office.yaml", text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if diff := cmp.Diff(after.Parts(), file.Office.Parts(), byValue); diff != "" {
		t.Fatalf("office (-expected +found):\n%s\n%s", diff, text)
	}
	if again, err := officefile.Update("office.yaml", text, after); err != nil || !bytes.Equal(again, text) {
		t.Fatalf("another time it became %s, %v\n%s", again, err, text)
	}
	return string(text)
}

// someChanges are an office as it is read and what it becomes.
func someChanges(t *rapid.T, text string) (before, after offices.Office) {
	file, err := officefile.Parse("office.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	after = file.Office
	for i := range rapid.IntRange(0, 4).Draw(t, "changes") {
		change := rapid.SampledFrom([]func(*rapid.T, offices.Office, int) (offices.Office, error){
			changedUser, changedUser, newUser, deletedUser, changedCompany, newCompany, deletedCompany, changedSetting,
			changedSystem, changedAccountingUsers, newSystem, deletedSystem, changedLink, changedPasswordLink, changedOffice,
		}).Draw(t, "change")
		if next, err := change(t, after, i); err == nil {
			after = next
		}
	}
	return file.Office, after
}

func oneOf[V any](t *rapid.T, label string, of []V) (v V) {
	if len(of) > 0 {
		v = rapid.SampledFrom(of).Draw(t, label)
	}
	return v
}

func firmsOf(o offices.Office) (ids []companies.ID) {
	for c := range o.Companies() {
		ids = append(ids, c.ID)
	}
	return ids
}

func changedUser(t *rapid.T, o offices.Office, _ int) (offices.Office, error) {
	was := oneOf(t, "user", slices.Collect(o.Users()))
	u := aUser(t, was.ID, 0, firmsOf(o))
	u.Username = was.Username
	if either(t, "one thing") {
		one := was
		one.Roles, one.EndDate = u.Roles, u.EndDate
		u = one
	}
	return o.WithUser(u)
}

func newUser(t *rapid.T, o offices.Office, i int) (offices.Office, error) {
	u := aUser(t, users.ID(fmt.Sprint("new", i)), i, firmsOf(o))
	u.Username = fmt.Sprint("fresh ", i)
	return o.WithUser(u)
}

func deletedUser(t *rapid.T, o offices.Office, _ int) (offices.Office, error) {
	return o.WithoutUser(oneOf(t, "user", slices.Collect(o.Users())).ID)
}

func changedCompany(t *rapid.T, o offices.Office, _ int) (offices.Office, error) {
	c := oneOf(t, "company", slices.Collect(o.Companies()))
	c.Name, c.SynchronisationOff, c.PaymentAgreement = text(t, "name"), either(t, "off"), either(t, "agreement")
	return o.WithCompany(c)
}

func newCompany(t *rapid.T, o offices.Office, i int) (offices.Office, error) {
	id := companies.ID(fmt.Sprint("new", i))
	o, err := o.WithCompany(companies.Company{ID: id, Name: text(t, "name"), System: oneOf(t, "system", slices.Collect(o.Systems())).ID})
	if err != nil {
		return o, err
	}
	for _, u := range some(t, "reached by", slices.Collect(o.Users())) {
		u.Access = u.Access.With(id)
		if o, err = o.WithUser(u); err != nil {
			return o, err
		}
	}
	return o, nil
}

func deletedCompany(t *rapid.T, o offices.Office, _ int) (offices.Office, error) {
	return o.WithoutCompany(oneOf(t, "company", slices.Collect(o.Companies())).ID)
}

func changedSetting(t *rapid.T, o offices.Office, _ int) (offices.Office, error) {
	k := oneOf(t, "setting", slices.Collect(o.SettingKinds()))
	value := rapid.SampledFrom([]string{"", text(t, "value")}).Draw(t, "value")
	if len(k.Values) > 0 && value != "" {
		value = oneOf(t, "value", k.Values)
	}
	return o.WithSetting(companies.Setting{Company: oneOf(t, "company", firmsOf(o)), Code: k.Code, Value: value})
}

func changedSystem(t *rapid.T, o offices.Office, _ int) (offices.Office, error) {
	s := oneOf(t, "system", slices.Collect(o.Systems()))
	s.Connection = rapid.SampledFrom([]sync.Connection{sync.Disconnected, sync.LoginSuccess}).Draw(t, "connection")
	s.SynchronisationUser = oneOf(t, "synchronisation user", slices.Collect(o.Users())).ID
	return o.WithSystemState(s)
}

func changedAccountingUsers(t *rapid.T, o offices.Office, i int) (offices.Office, error) {
	s := oneOf(t, "system", slices.Collect(o.Systems()))
	s.Users = some(t, "still there", s.Users)
	for j := range s.Users {
		s.Users[j].CanBook = either(t, "books")
		s.Users[j].Reach = sync.ReachSome(users.AccessTo(some(t, "reach", firmsOf(o))...))
		if either(t, "reaches all") {
			s.Users[j].Reach = sync.ReachAll
		}
	}
	if either(t, "one more") {
		s.Users = append(s.Users, sync.User{ID: sync.UserID(fmt.Sprint("new", i)), Name: text(t, "name"), Email: "a@b", Rank: 3})
	}
	return o.WithSystem(s)
}

func newSystem(t *rapid.T, o offices.Office, i int) (offices.Office, error) {
	s := aSystem(t, companies.SystemID(fmt.Sprint("new", i)), []users.ID{oneOf(t, "user", slices.Collect(o.Users())).ID}, firmsOf(o))
	return o.WithSystem(s)
}

func deletedSystem(t *rapid.T, o offices.Office, _ int) (offices.Office, error) {
	return o.WithoutSystem(oneOf(t, "system", slices.Collect(o.Systems())).ID)
}

func changedLink(t *rapid.T, o offices.Office, _ int) (offices.Office, error) {
	u, s := oneOf(t, "user", slices.Collect(o.Users())), oneOf(t, "system", slices.Collect(o.Systems()))
	if either(t, "without") {
		return o.WithoutLink(u.ID, s.ID)
	}
	return o.WithLink(sync.Link{User: u.ID, System: s.ID, AccountingUser: oneOf(t, "accounting user", s.Users).ID, Verified: either(t, "verified")})
}

func changedPasswordLink(t *rapid.T, o offices.Office, _ int) (offices.Office, error) {
	u := oneOf(t, "user", slices.Collect(o.Users()))
	if either(t, "without") {
		return o.WithoutPasswordLink(u.ID), nil
	}
	return o.WithPasswordLink(aPasswordLink(t, u.ID))
}

func changedOffice(t *rapid.T, o offices.Office, _ int) (offices.Office, error) {
	o, err := o.AtVersion(o.Version() + 1).WithName(text(t, "name"))
	if err != nil {
		return o, err
	}
	return o.WithPasswordLinkLength(time.Duration(rapid.IntRange(1, 1440).Draw(t, "minutes")) * time.Minute)
}
