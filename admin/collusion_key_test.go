package admin_test

import (
	"crypto/sha256"
	"encoding/binary"
	"reflect"
	"testing"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// plotKey tells one office and day from another by everything but the version,
// which counts steps and decides nothing.
type plotKey [16]byte

// plotKeyOf finds every field by itself, so that none can be forgotten.
func plotKeyOf(o offices.Office, day int) plotKey {
	p := o.Parts()
	p.Version = 0
	text := make([]byte, 0, 4096)
	text = binary.AppendVarint(text, int64(day))
	sum := sha256.Sum256(plotWritten(text, reflect.ValueOf(p)))
	return plotKey(sum[:16])
}

func plotWritten(text []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			at, _ := reflect.TypeAssert[time.Time](v)
			return binary.AppendVarint(text, at.UnixNano())
		}
		for _, field := range v.Fields() {
			text = plotWritten(text, field)
		}
	case reflect.Slice:
		text = binary.AppendUvarint(text, uint64(v.Len())) //nolint:gosec // a length is not negative
		for i := range v.Len() {
			text = plotWritten(text, v.Index(i))
		}
	case reflect.String:
		text = binary.AppendUvarint(text, uint64(v.Len())) //nolint:gosec // a length is not negative
		text = append(text, v.String()...)
	case reflect.Bool:
		if v.Bool() {
			return append(text, 1)
		}
		return append(text, 0)
	case reflect.Int, reflect.Int32, reflect.Int64:
		text = binary.AppendVarint(text, v.Int())
	case reflect.Uint8, reflect.Uint64:
		text = binary.AppendUvarint(text, v.Uint())
	case reflect.Pointer: // the time zone, which never changes
	default:
		panic("an office now holds a " + v.Kind().String())
	}
	return text
}

func TestTheSearchTellsOfficesApartByEverythingButTheVersion(t *testing.T) {
	before := plotTeams()[0].open(t)
	key := plotKeyOf(before.Office(), 0)
	if plotKeyOf(before.Office().AtVersion(7), 0) != key {
		t.Error("another version is another office")
	}
	if plotKeyOf(before.Office(), 1) == key {
		t.Error("another day is the same")
	}
	for _, c := range []admin.Command{
		admin.ChangeCompanyAccess{User: "client"},
		admin.ChangeLaterCompanies{User: "client", LaterCompanies: true},
		admin.ChangeEndDate{User: "client", EndDate: plotDay(1)},
		admin.ChangeRoles{User: "client", Roles: roles.SetOf(roles.Authoriser)},
		admin.ChangeDetails{User: "client", Language: policy.Given("nl")},
		admin.ChangeBillTo{User: "client", BillTo: users.BillToOffice},
		admin.SendPasswordLink{User: "client"},
		admin.LinkAccountingUser{User: "client", System: plotNorth, AccountingUser: "north-3"},
		admin.CreateCompany{Company: plotLater, CompanyName: "Later", System: plotNorth},
		plotSets(plotBakery, admin.SettingValue{Code: "colour", Value: "red"}),
	} {
		after, _, err := admin.Apply(before, "accountant", plotMoment, c)
		if err != nil || plotKeyOf(after.Office(), 0) == key {
			t.Errorf("%s: the office is the same, error %v", c.Name(), err)
		}
	}
}
