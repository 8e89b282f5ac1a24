package users_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

var sent = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func bob() users.User {
	return users.User{ID: "bob", Username: "bob", Email: "bob@example.com"}
}

func TestAPasswordLinkIsValidFromItsSendingUntilItsEnd(t *testing.T) {
	for name, length := range map[string]time.Duration{
		"30 minutes": users.PasswordLinkMinutes,
		"24 hours":   users.PasswordLinkOlder,
		"a minute":   time.Minute,
	} {
		link := users.SendPasswordLink(bob(), sent, length)
		for _, c := range []struct {
			when string
			at   time.Time
			want bool
		}{
			{"a nanosecond before sending", sent.Add(-1), false},
			{"at sending", sent, true},
			{"at sending, told in another zone", sent.In(time.FixedZone("", -36000)), true},
			{"half-way", sent.Add(length / 2), true},
			{"a nanosecond before the end", sent.Add(length - 1), true},
			{"at exactly the end", sent.Add(length), false},
			{"a nanosecond after the end", sent.Add(length + 1), false},
			{"centuries later", sent.AddDate(900, 0, 0), false},
			{"centuries earlier", sent.AddDate(-900, 0, 0), false},
			{"at no time", time.Time{}, false},
		} {
			t.Run(name+", "+c.when, func(t *testing.T) {
				if got := link.ValidAt(c.at); got != c.want {
					t.Errorf("valid: %v, want %v", got, c.want)
				}
			})
		}
	}
}

func TestTheTwoLengthsOfTheArticles(t *testing.T) {
	if users.PasswordLinkMinutes != 30*time.Minute || users.PasswordLinkOlder != 24*time.Hour {
		t.Errorf("they are %v and %v", users.PasswordLinkMinutes, users.PasswordLinkOlder)
	}
}

func TestAPasswordLinkGoesToTheRegisteredAddress(t *testing.T) {
	want := users.PasswordLink{User: "bob", Address: "bob@example.com", Sent: sent, Length: 30 * time.Minute}
	if diff := cmp.Diff(want, users.SendPasswordLink(bob(), sent, 30*time.Minute)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAUserRenewsALinkAloneToTheAddressRegisteredByThen(t *testing.T) {
	link := users.SendPasswordLink(bob(), sent, users.PasswordLinkOlder)
	later := sent.Add(48 * time.Hour) // the old link has expired
	moved := bob()
	moved.Email = "bob@elsewhere.example"
	renewed := link.Renew(moved, later)
	want := users.PasswordLink{User: "bob", Address: "bob@elsewhere.example", Sent: later, Length: users.PasswordLinkOlder}
	if diff := cmp.Diff(want, renewed); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if link.ValidAt(later) || !renewed.ValidAt(later) {
		t.Error("the old link is valid, or the new one is not")
	}
}

func TestALinkRenewedForAnotherUserIsNeverValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mallory := users.User{ID: "mallory", Email: "bob@example.com"}
		renewed := users.SendPasswordLink(bob(), sent, users.PasswordLinkMinutes).Renew(mallory, sent)
		checkNeverValid(t, renewed)
	})
}

func TestTheZeroLinkIsNeverValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkNeverValid(t, users.PasswordLink{})
		checkNeverValid(t, users.PasswordLink{Length: users.PasswordLinkMinutes}) // never sent
		checkNeverValid(t, users.PasswordLink{}.Renew(users.User{}, sent))
	})
}

func checkNeverValid(t *rapid.T, l users.PasswordLink) {
	at := sent.Add(time.Duration(rapid.Int64().Draw(t, "nanoseconds from sending")))
	for _, at := range []time.Time{at, {}, sent, sent.Add(1)} {
		if l.ValidAt(at) {
			t.Fatalf("%+v is valid at %v", l, at)
		}
	}
}

// Office code and username travel apart from the link, so it has no place for
// them: not as a field of its own, and not as anything that was put in.
func TestAPasswordLinkCarriesNeitherOfficeCodeNorUsername(t *testing.T) {
	var fields []string
	for f := range reflect.TypeFor[users.PasswordLink]().Fields() {
		fields = append(fields, f.Name)
		if name := strings.ToLower(f.Name); strings.Contains(name, "office") || strings.Contains(name, "name") {
			t.Errorf("it has the field %s", f.Name)
		}
	}
	if diff := cmp.Diff([]string{"User", "Address", "Sent", "Length"}, fields); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	u := users.User{ID: "u-17", Username: "bob.the.bookkeeper", Email: "bob@example.com"}
	link := users.SendPasswordLink(u, sent, users.PasswordLinkMinutes)
	if strings.Contains(string(link.User)+link.Address, u.Username) {
		t.Errorf("%+v tells the username", link)
	}
}

func TestAnOfficeMaySetAPasswordLinksLengthInWholeMinutesUpToADay(t *testing.T) {
	for length, want := range map[time.Duration]bool{
		0: false, -time.Minute: false, time.Second: false, time.Minute - 1: false,
		time.Minute: true, time.Minute + 1: false, 90 * time.Second: false, 30 * time.Minute: true,
		24*time.Hour - time.Minute: true, 24 * time.Hour: true, 24*time.Hour + 1: false, 24*time.Hour + time.Minute: false,
	} {
		err := users.CheckPasswordLinkLength(length)
		if (err == nil) != want || err != nil && !errors.Is(err, problems.ErrInvalid) {
			t.Errorf("%v: %v, want accepted: %v", length, err, want)
		}
	}
	err := users.CheckPasswordLinkLength(90 * time.Second)
	if want := "found 1m30s, expected a whole number of minutes from 1 to 1440"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
