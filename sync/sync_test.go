package sync_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

const (
	anID    = "an identifier: 1 to 128 bytes of valid UTF-8 without control characters"
	aText   = "a text of 1 to 1024 bytes of valid UTF-8 without control characters"
	anEmail = "an address such as name@example.com"
)

func TestAConnectionIsReadAndPrinted(t *testing.T) {
	for state, code := range map[sync.Connection]string{
		sync.Disconnected: "disconnected", sync.LoginSuccess: "login_success",
	} {
		parsed, err := sync.ParseConnection(code)
		if parsed != state || err != nil || state.String() != code {
			t.Errorf("%q is read as %v, %v", code, parsed, err)
		}
		read := sync.LoginSuccess - state // the other one
		checkJSON(t, state, &read, code)
	}
	if zero := (sync.System{}).Connection; zero != sync.Disconnected {
		t.Errorf("a connection of which nothing is known is %v", zero)
	}
}

func TestMasterDataIsReadAndPrinted(t *testing.T) {
	for kind, code := range map[sync.MasterData]string{
		sync.Suppliers: "suppliers", sync.Customers: "customers", sync.VATCodes: "vat_codes",
		sync.LedgerAccounts: "ledger_accounts", sync.OtherMasterData: "other",
	} {
		parsed, err := sync.ParseMasterData(code)
		if parsed != kind || err != nil || kind.String() != code {
			t.Errorf("%q is read as %v, %v", code, parsed, err)
		}
		var read sync.MasterData
		checkJSON(t, kind, &read, code)
	}
}

func checkJSON[T comparable](t *testing.T, value T, read *T, code string) {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil || string(text) != `"`+code+`"` {
		t.Errorf("%v is written %s, %v", value, text, err)
	}
	if err := json.Unmarshal(text, read); *read != value || err != nil {
		t.Errorf("%s is read back as %v, %v", text, *read, err)
	}
}

func TestNoOtherConnectionOrMasterDataIsReadOrWritten(t *testing.T) {
	for _, text := range []string{
		"", "Disconnected", "connected", "Login success", "login_success ", "Suppliers", "vat codes", "other\n", "MasterData(1)",
	} {
		state, kind := sync.LoginSuccess, sync.VATCodes
		if got, err := sync.ParseConnection(text); got != sync.Disconnected || !errors.Is(err, problems.ErrInvalid) {
			t.Errorf("%q is read as %v, %v", text, got, err)
		}
		if got, err := sync.ParseMasterData(text); got != 0 || !errors.Is(err, problems.ErrInvalid) {
			t.Errorf("%q is read as %v, %v", text, got, err)
		}
		if err := state.UnmarshalText([]byte(text)); err == nil || state != sync.LoginSuccess {
			t.Errorf("%q is read as %v, %v", text, state, err)
		}
		if err := kind.UnmarshalText([]byte(text)); err == nil || kind != sync.VATCodes {
			t.Errorf("%q is read as %v, %v", text, kind, err)
		}
	}
	for _, unknown := range []interface{ MarshalText() ([]byte, error) }{
		sync.Connection(2), sync.MasterData(0), sync.MasterData(6),
	} {
		if text, err := unknown.MarshalText(); err == nil || problems.All(err)[0].Found != fmt.Sprint(unknown) {
			t.Errorf("%v is written %q, %v", unknown, text, err)
		}
	}
}

func TestAnAccountingSystemUserIDIsTakenAsItStandsOrRefused(t *testing.T) {
	for id, want := range map[string]bool{
		"b.bakker": true, "00042": true, strings.Repeat("a", 128): true,
		"": false, strings.Repeat("a", 129): false, "b\tb": false, "b\xff": false,
	} {
		got, err := sync.ParseUserID(id)
		if (err == nil) != want || want && string(got) != id || !want && got != "" {
			t.Errorf("%q is taken as %q, %v", id, got, err)
		}
	}
}

// A link takes the right to change master data and the right to book; the link
// of a synchronisation user who does not book takes only the former.
func TestWhoMayBeLinked(t *testing.T) {
	for _, c := range []struct {
		canBook, canChangeMasterData, books bool
		want                                bool
	}{
		{canBook: false, canChangeMasterData: false, books: false, want: false},
		{canBook: false, canChangeMasterData: false, books: true, want: false},
		{canBook: true, canChangeMasterData: false, books: false, want: false},
		{canBook: true, canChangeMasterData: false, books: true, want: false},
		{canBook: false, canChangeMasterData: true, books: false, want: true},
		{canBook: false, canChangeMasterData: true, books: true, want: false},
		{canBook: true, canChangeMasterData: true, books: false, want: true},
		{canBook: true, canChangeMasterData: true, books: true, want: true},
	} {
		u := sync.User{CanBook: c.canBook, CanChangeMasterData: c.canChangeMasterData}
		if got := u.MayBeLinked(c.books); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestOnlyUsersAtOrBelowTheSynchronisationUsersRankAreOffered(t *testing.T) {
	for _, c := range []struct {
		name                  string
		user, synchronisation int
		want                  bool
	}{
		{"the same rank", 2, 2, true},
		{"a lower rank", 3, 2, true},
		{"a much lower rank", 90, 1, true},
		{"a higher rank", 1, 2, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := (sync.User{Rank: c.user}).AtOrBelow(sync.User{Rank: c.synchronisation}); got != c.want {
				t.Errorf("offered: %v, want %v", got, c.want)
			}
		})
	}
}

func TestAnAccountingSystemUserReachesNoSomeOrAllCompanies(t *testing.T) {
	some := users.AccessTo("garage", "bakery")
	for _, c := range []struct {
		name                  string
		reach                 sync.Reach
		all                   bool
		garage, bakery, later bool
	}{
		{"none", sync.Reach{}, false, false, false, false},
		{"none, one by one", sync.ReachSome(users.Access{}), false, false, false, false},
		{"one", sync.ReachSome(users.AccessTo("garage")), false, true, false, false},
		{"some", sync.ReachSome(some), false, true, true, false},
		{"all", sync.ReachAll, true, true, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := []bool{c.reach.All(), c.reach.Has("garage"), c.reach.Has("bakery"), c.reach.Has("later")}
			if diff := cmp.Diff([]bool{c.all, c.garage, c.bakery, c.later}, got); diff != "" {
				t.Errorf("all, garage, bakery, a later one (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheCompaniesReachedOneByOneAreTheOnesGiven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfN(rapid.SampledFrom([]companies.ID{"bakery", "florist", "garage"}), 0, 4).Draw(t, "companies")
		reach := sync.ReachSome(users.AccessTo(ids...))
		if !slices.Equal(slices.Collect(reach.Some().All()), slices.Collect(users.AccessTo(ids...).All())) {
			t.Fatalf("%q became %q", ids, slices.Collect(reach.Some().All()))
		}
		if sync.ReachAll.Some().Len() != 0 {
			t.Fatal("all companies are reached one by one")
		}
	})
}

func ledger() sync.System {
	return sync.System{ID: "ledger", Name: "Ledger Online", SynchronisationUser: "anna", Users: []sync.User{
		{ID: "a", Name: "Anna", Email: "anna@example.com", Rank: 1},
		{ID: "b", Name: "Bob", Email: "bob@example.com", Rank: 2},
	}}
}

func TestAnAccountingSystemIsCheckedFieldByField(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*sync.System)
		want   []*problems.Problem
	}{
		{"a whole system", func(*sync.System) {}, nil},
		{"no users yet", func(s *sync.System) { s.Users = nil }, nil},
		{"two users of one rank, name and address", func(s *sync.System) { s.Users[1] = s.Users[0]; s.Users[1].ID = "b" }, nil},
		{"no id", func(s *sync.System) { s.ID = "" }, []*problems.Problem{{Path: "id", Found: `""`, Expected: anID}}},
		{"no name", func(s *sync.System) { s.Name = "" }, []*problems.Problem{{Path: "name", Found: `""`, Expected: aText}}},
		{
			"a connection that does not exist", func(s *sync.System) { s.Connection = 2 },
			[]*problems.Problem{{Path: "connection", Found: "Connection(2)", Expected: "one of disconnected, login_success"}},
		},
		{
			"a user without an id", func(s *sync.System) { s.Users[1].ID = "" },
			[]*problems.Problem{{Path: "users[1].id", Found: `""`, Expected: anID}},
		},
		{
			"a user without a name", func(s *sync.System) { s.Users[1].Name = "" },
			[]*problems.Problem{{Path: "users[1].name", Found: `""`, Expected: aText}},
		},
		{
			"a user without an address", func(s *sync.System) { s.Users[0].Email = "bob" },
			[]*problems.Problem{{Path: "users[0].email", Found: `"bob"`, Expected: anEmail}},
		},
		{
			"a rank above the highest", func(s *sync.System) { s.Users[0].Rank = 0 },
			[]*problems.Problem{{Path: "users[0].rank", Found: "0", Expected: "a whole number from 1, the highest rank"}},
		},
		{
			"two users with one id", func(s *sync.System) { s.Users[1].ID = "a" },
			[]*problems.Problem{{Path: "users[1].id", Found: `"a"`, Expected: "an id that users[0] does not have"}},
		},
		{
			"several mistakes", func(s *sync.System) { s.ID, s.Users[0].Rank, s.Users[1].Email = "\n", -1, "" },
			[]*problems.Problem{
				{Path: "id", Found: `"\n"`, Expected: anID},
				{Path: "users[0].rank", Found: "-1", Expected: "a whole number from 1, the highest rank"},
				{Path: "users[1].email", Found: `""`, Expected: anEmail},
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			system := ledger()
			c.change(&system)
			if diff := cmp.Diff(c.want, problems.All(system.Check())); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzParseConnection(f *testing.F) {
	for _, seed := range []string{"disconnected", "login_success", "", "Connected", "Connection(0)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		state, err := sync.ParseConnection(text)
		if err != nil && state != sync.Disconnected {
			t.Fatalf("%q was refused and gives %v", text, state)
		}
		checkReading(t, text, state.String(), err == nil, err)
	})
}

func FuzzParseMasterData(f *testing.F) {
	for _, seed := range []string{"suppliers", "customers", "vat_codes", "ledger_accounts", "other", "", "MasterData(0)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		kind, err := sync.ParseMasterData(text)
		checkReading(t, text, kind.String(), kind != 0, err)
	})
}

func FuzzParseUserID(f *testing.F) {
	for _, seed := range []string{"b.bakker", "", "b\nb", "\xff", strings.Repeat("a", 128), strings.Repeat("a", 129)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, err := sync.ParseUserID(text)
		checkReading(t, text, string(id), id != "", err)
	})
}

// checkReading holds what was read against what it prints: the same text, or a
// refusal and nothing.
func checkReading(t *testing.T, text, printed string, known bool, err error) {
	t.Helper()
	if known != (err == nil) || known && printed != text {
		t.Fatalf("%q was read as %q, %v", text, printed, err)
	}
	if err != nil && !errors.Is(err, problems.ErrInvalid) {
		t.Fatalf("%q was refused with %v", text, err)
	}
}

// Anna has the synchronisation duty, so users of her rank and below can be linked.
func ExampleUser_AtOrBelow() {
	anna := sync.User{ID: "anna", Rank: 2}
	for _, u := range []sync.User{{ID: "director", Rank: 1}, {ID: "bob", Rank: 2}, {ID: "trainee", Rank: 5}} {
		fmt.Println(u.ID, u.AtOrBelow(anna))
	}
	// Output:
	// director false
	// bob true
	// trainee true
}

// In whatever order they stand, each user with an id that stands before is held against
// the first who has it, and nobody else is.
func TestEachAccountingSystemUserHasAnIDOfTheirOwn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := sync.System{ID: "ledger", Name: "Ledger", Connection: sync.LoginSuccess, SynchronisationUser: "anna"}
		ids := rapid.SliceOfN(rapid.SampledFrom([]sync.UserID{"a", "b", "c", "d", "e", "f", "g"}), 0, 7).Draw(t, "ids")
		if rapid.Bool().Draw(t, "sorted") {
			slices.Sort(ids)
		}
		var want []*problems.Problem
		for i, id := range ids {
			s.Users = append(s.Users, sync.User{ID: id, Name: "Anna", Email: "anna@example.com", Rank: 1})
			if first := slices.Index(ids, id); first < i {
				want = append(want, &problems.Problem{
					Path: fmt.Sprintf("users[%d].id", i), Found: fmt.Sprintf("%q", id),
					Expected: fmt.Sprintf("an id that users[%d] does not have", first),
				})
			}
		}
		if diff := cmp.Diff(want, problems.All(s.Check())); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func TestAConnectionIsShownInTheArticlesWords(t *testing.T) {
	for state, want := range map[sync.Connection]string{
		sync.LoginSuccess: "Login success", sync.Disconnected: "Disconnected", sync.Connection(7): "Disconnected",
	} {
		if got := state.Name(); got != want {
			t.Errorf("%s is shown as %q, want %q", state, got, want)
		}
	}
}
