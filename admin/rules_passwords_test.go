package admin_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

func TestRulesOfPasswordLinksAndAddresses(t *testing.T) { tell(t, passwordExamples) }

// linkSent is that a link went to a user's usual address.
func linkSent(id users.ID, clock string, minutes int) admin.PasswordLinkSent {
	return linkSentTo(id, string(id)+"@post.example", clock, minutes)
}

func linkSentTo(id users.ID, address, clock string, minutes int) admin.PasswordLinkSent {
	sent, err := time.ParseInLocation("2006-01-02 15:04", "2026-11-23 "+clock, zoneOf("Europe/Amsterdam"))
	if err != nil {
		panic(err)
	}
	return admin.PasswordLinkSent{User: id, Address: address, Sent: sent.UTC(), Minutes: minutes}
}

var (
	carlaGetsALink = does("rosa", admin.SendPasswordLink{User: "carla"}, linkSent("carla", "09:00", 30))
	carlaUsesIt    = does("carla", admin.UsePasswordLink{User: "carla"}, admin.PasswordLinkUsed{User: "carla"})
	carlaCannot    = cannot("carla", admin.UsePasswordLink{User: "carla"}, "password_link_invalid")
)

// Password links, passwords and addresses.
var passwordExamples = []example{
	{"A password link goes to the registered address", "TIPS, ADD", []step{
		withUser("carla", func(u *users.User) { u.Email = "c.jansen@bakkerij.example" }),
		does("rosa", admin.SendPasswordLink{User: "carla"}, linkSentTo("carla", "c.jansen@bakkerij.example", "09:00", 30)),
		carlaUsesIt,
	}},
	{"A password link can be used until just before 30 minutes are over", "TIPS", []step{
		carlaGetsALink, at("09:29:59"), carlaUsesIt,
	}},
	{"A password link has expired when 30 minutes are over", "TIPS", []step{
		carlaGetsALink, at("09:30"), carlaCannot,
	}},
	{"An office may choose the older 24 hours", "ADD", []step{
		does("rosa", admin.ChangeOffice{PasswordLinkMinutes: policy.Given(24 * 60)},
			admin.OfficeChanged{OfficeName: "De Vries Accountants", PasswordLinkMinutes: 1440}),
		does("rosa", admin.SendPasswordLink{User: "carla"}, linkSent("carla", "09:00", 1440)),
		does("rosa", admin.SendPasswordLink{User: "kees"}, linkSent("kees", "09:00", 1440)),
		at("2026-11-24 08:59:59"), carlaUsesIt,
		at("2026-11-24 09:00"), cannot("kees", admin.UsePasswordLink{User: "kees"}, "password_link_invalid"),
	}},
	{"What the office chooses holds for links sent from then on", "ADD, DERIVED", []step{
		carlaGetsALink,
		does("rosa", admin.ChangeOffice{PasswordLinkMinutes: policy.Given(60)},
			admin.OfficeChanged{OfficeName: "De Vries Accountants", PasswordLinkMinutes: 60}),
		at("09:30"), carlaCannot,
		senseless("rosa", admin.ChangeOffice{PasswordLinkMinutes: policy.Given(1441)}, "password_link_minutes"),
		senseless("rosa", admin.ChangeOffice{PasswordLinkMinutes: policy.Given(0)}, "password_link_minutes"),
	}},
	{"A user asks for a new link alone, and the one before can no longer be used", "TIPS", []step{
		carlaGetsALink,
		at("09:20"), does("carla", admin.SendPasswordLink{User: "carla"}, linkSent("carla", "09:20", 30)),
		then("the one link there is was sent at 09:20", func(o offices.Office) bool {
			l, ok := o.PasswordLinkOf("carla")
			return ok && l.Sent.Minute() == 20 && len(o.Parts().PasswordLinks) == 1
		}),
		at("09:45"), carlaUsesIt,
	}},
	{"A password link is used once", "TIPS", []step{
		carlaGetsALink, carlaUsesIt, carlaCannot,
	}},
	{"Where no link was sent there is none to use", "TIPS", []step{carlaCannot}},
	{"Another address voids the link that went to the one before", "DERIVED", []step{
		carlaGetsALink,
		does("carla", admin.ChangeEmail{User: "carla", Email: "carla@new.example", OldPasswordVerified: oldPassword},
			admin.EmailChanged{User: "carla", Email: "carla@new.example"}),
		carlaCannot,
		does("rosa", admin.SendPasswordLink{User: "carla"}, linkSentTo("carla", "carla@new.example", "09:00", 30)),
		carlaUsesIt,
	}},
	{"Another password voids the link that was sent before", "DERIVED", []step{
		carlaGetsALink,
		does("carla", admin.ChangePassword{User: "carla", OldPasswordVerified: true}, admin.PasswordChanged{User: "carla"}),
		carlaCannot,
	}},
	{"A link is for whom it was sent to", "TIPS", []step{
		carlaGetsALink,
		cannot("rosa", admin.UsePasswordLink{User: "carla"}, "not_self"),
		cannot("mallory", admin.UsePasswordLink{User: "carla"}, "not_self"),
		cannot("tom", admin.UsePasswordLink{User: "tom"}, "unknown_user"),
	}},
	{"Who has become inactive does not use a link, valid as it may be", "SETTINGS", []step{
		ending("carla", "2026-11-24"),
		at("23:50"), does("carla", admin.SendPasswordLink{User: "carla"}, linkSent("carla", "23:50", 30)),
		at("2026-11-24 00:00"), cannot("carla", admin.UsePasswordLink{User: "carla"}, "inactive_user"),
		cannot("carla", admin.SendPasswordLink{User: "carla"}, "inactive_user"),
		ending("kees", "2026-11-24"),
		does("rosa", admin.SendPasswordLink{User: "kees"}, admin.PasswordLinkSent{
			User: "kees", Address: "kees@post.example", Sent: time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC), Minutes: 30,
		}),
		cannot("kees", admin.UsePasswordLink{User: "kees"}, "inactive_user"),
	}},
	{"To choose a password with a link is to be used", "SETTINGS", []step{
		does("mila", admin.SendPasswordLink{User: "nina"}, linkSent("nina", "09:00", 30)),
		does("nina", admin.UsePasswordLink{User: "nina"}, admin.PasswordLinkUsed{User: "nina"}, admin.UserUsed{User: "nina"}),
		cannot("mila", renamesNina, "username_fixed"),
	}},
	{"A new user may get a link at once", "ADD", []step{
		does("mila", admin.CreateUsers{
			Roles: roles.SetOf(roles.ClientUser), Companies: companyList("bakery"),
			People: changes.ListOf(admin.Person{User: "karel", Username: "karel.bos", Email: "karel@post.example", SendPasswordLink: true}),
		}, karelHired("karel.bos", roles.ClientUser), linkSent("karel", "09:00", 30)),
	}},

	{"One's own password takes the old one", "SETTINGS", []step{
		does("carla", admin.ChangePassword{User: "carla", OldPasswordVerified: true}, admin.PasswordChanged{User: "carla"}),
		cannot("carla", admin.ChangePassword{User: "carla"}, "old_password_needed"),
	}},
	{"Nobody changes another's password", "SETTINGS", []step{
		answers(admin.ChangePassword{User: "carla", OldPasswordVerified: true}, "yes: carla", "not_self: the others"),
	}},
	{"One's own address takes the old password, whoever one is", "SETTINGS", []step{
		does("kees", admin.ChangeEmail{User: "kees", Email: "kees@new.example", OldPasswordVerified: oldPassword},
			admin.EmailChanged{User: "kees", Email: "kees@new.example"}),
		does("kees", admin.ChangeEmail{User: "kees", Email: "kees@new.example", OldPasswordVerified: oldPassword}),
		cannot("kees", admin.ChangeEmail{User: "kees", Email: "kees@other.example", OldPasswordVerified: wrongOldOne}, "old_password_needed"),
		cannot("rosa", admin.ChangeEmail{User: "rosa", Email: "rosa@other.example", OldPasswordVerified: wrongOldOne}, "old_password_needed"),
		cannot("rosa", admin.ChangeEmail{User: "rosa", Email: "rosa@other.example"}, "missing_property"),
		cannot("nina", admin.ChangeEmail{User: "nina", Email: "nina@other.example", OldPasswordVerified: wrongOldOne}, "old_password_needed"),
	}},
	{"Before first use, whoever manages somebody mends a mistyped address", "DERIVED", []step{
		answers(admin.ChangeEmail{User: "nina", Email: "nina@mended.example"},
			"yes: rosa, sam, bram, mila", "missing_property: nina", "role_missing: the others"),
		does("mila", admin.ChangeEmail{User: "nina", Email: "nina@mended.example"}, admin.EmailChanged{User: "nina", Email: "nina@mended.example"}),
	}},
	{"After first use nobody else changes an address, a Super user neither", "DERIVED", []step{
		ninaLogsIn,
		answers(admin.ChangeEmail{User: "nina", Email: "nina@mended.example"},
			"not_self: rosa, sam, bram, mila", "missing_property: nina", "role_missing: the others"),
		cannot("rosa", admin.ChangeEmail{User: "nina", Email: "nina@mended.example", OldPasswordVerified: oldPassword}, "not_self"),
	}},
	{"No old password helps with another's address", "DERIVED", []step{
		cannot("bram", admin.ChangeEmail{User: "carla", Email: "c@new.example", OldPasswordVerified: oldPassword}, "not_self"),
		reaching("nina", "garage"),
		cannot("mila", admin.ChangeEmail{User: "nina", Email: "n@new.example"}, "not_manageable"),
	}},
	{"An address has an at sign with something on both sides", "ADD", []step{
		senseless("carla", admin.ChangeEmail{User: "carla", Email: "carla", OldPasswordVerified: oldPassword}, "email"),
	}},
	{"Before first use, the link that went to the mistyped address is void", "DERIVED", []step{
		does("mila", admin.SendPasswordLink{User: "nina"}, linkSent("nina", "09:00", 30)),
		does("mila", admin.ChangeEmail{User: "nina", Email: "nina@mended.example"}, admin.EmailChanged{User: "nina", Email: "nina@mended.example"}),
		cannot("nina", admin.UsePasswordLink{User: "nina"}, "password_link_invalid"),
	}},
	{"Whom to send a link: themselves, a Super user anybody, who manages them", "TIPS, ADD", []step{
		answers(admin.SendPasswordLink{User: "kees"}, "yes: kees, rosa, sam, bram, mila", "role_missing: the others"),
		answers(admin.SendPasswordLink{User: "anna"}, "yes: anna, rosa, sam, bram", "not_manageable: mila", "role_missing: the others"),
		answers(admin.SendPasswordLink{User: "rosa"}, "yes: rosa, sam", "not_manageable: bram, mila", "role_missing: the others"),
	}},
}

// What went out for a link names the user by the office's own id, and neither the
// office nor the username, which together would be half of a login. Source: TIPS.
func TestALinkNeverHoldsOfficeCodeAndUsername(t *testing.T) {
	sent, held := 0, 0
	for _, e := range examples() {
		d := e.told(t)
		o := d.state.Office()
		check := func(id users.ID, text string) {
			u, _ := o.User(id)
			if strings.Contains(text, o.Code()) || u.Username != "" && strings.Contains(text, u.Username) {
				t.Errorf("%s: %s", e.rule, text)
			}
		}
		for _, event := range d.events {
			if link, ok := event.Change.(admin.PasswordLinkSent); ok {
				text, _ := event.MarshalJSON()
				check(link.User, string(text))
				sent++
			}
		}
		for _, link := range o.Parts().PasswordLinks {
			check(link.User, fmt.Sprintf("%+v", link))
			held++
		}
	}
	if sent == 0 || held == 0 {
		t.Error("no example sends a link, or leaves one to be used")
	}
}

// No event has a place for a secret: what is called after a password says how long
// a link is valid, and nothing else. Source: SETTINGS.
func TestNoEventHoldsASecret(t *testing.T) {
	for _, e := range examples() {
		for _, event := range e.told(t).events {
			text, err := event.MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			var value any
			if err := json.Unmarshal(text, &value); err != nil {
				t.Fatal(err)
			}
			for _, key := range jsonKeys(value) {
				for _, secret := range []string{"password", "secret", "token", "key", "hash", "salt", "pin", "credential"} {
					if strings.Contains(key, secret) && key != "password_link_minutes" {
						t.Errorf("%s: a key %s in %s", e.rule, key, text)
					}
				}
			}
		}
	}
}

func jsonKeys(value any) (keys []string) {
	switch v := value.(type) {
	case map[string]any:
		for key, below := range v {
			keys = append(append(keys, key), jsonKeys(below)...)
		}
	case []any:
		for _, below := range v {
			keys = append(keys, jsonKeys(below)...)
		}
	}
	return keys
}
