// Package sync holds the accounting systems of an office: their users, the
// links between those and the office's users, the synchronisation user and the
// state of the connection. Source: SYNC, SETTINGS.
//
// It only ever holds that a password was checked, never a password.
package sync

import (
	"slices"
	"strconv"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/enum"
	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

// Connection is the state of the link to an accounting system, which the
// software records by itself. The zero Connection is Disconnected. Source: SYNC.
type Connection uint8

// The states.
const (
	Disconnected Connection = iota // action of the synchronisation user is needed
	LoginSuccess                   // shown as Login success or Connected
)

var connections = []string{"disconnected", "login_success"}

// Connections lists the states.
func Connections() []Connection { return []Connection{LoginSuccess, Disconnected} }

// ParseConnection reads "login_success" or "disconnected".
func ParseConnection(code string) (Connection, error) {
	return enum.Parse[Connection](connections, code)
}

// String is the state's code.
func (c Connection) String() string { return enum.Print("Connection", connections, c) }

// Name is the state in English, as the office sees it: "Login success", which is
// also shown as "Connected", or "Disconnected".
func (c Connection) Name() string {
	if c == LoginSuccess {
		return "Login success"
	}
	return "Disconnected"
}

// MarshalText writes the code.
func (c Connection) MarshalText() ([]byte, error) {
	return enum.Marshal("Connection", connections, c)
}

// UnmarshalText reads a code as ParseConnection does.
func (c *Connection) UnmarshalText(text []byte) error {
	parsed, err := ParseConnection(string(text))
	if err == nil {
		*c = parsed
	}
	return err
}

// MasterData is a kind of data that a synchronisation takes over from the
// accounting system. The zero MasterData is none. Source: SYNC.
type MasterData uint8

// The kinds.
const (
	Suppliers MasterData = iota + 1
	Customers
	VATCodes
	LedgerAccounts
	OtherMasterData
)

var masterData = []string{"", "suppliers", "customers", "vat_codes", "ledger_accounts", "other"}

// ParseMasterData reads "suppliers", "customers", "vat_codes",
// "ledger_accounts" or "other".
func ParseMasterData(code string) (MasterData, error) {
	return enum.Parse[MasterData](masterData, code)
}

// String is the kind's code.
func (m MasterData) String() string { return enum.Print("MasterData", masterData, m) }

// MarshalText writes the code; the zero MasterData is an error.
func (m MasterData) MarshalText() ([]byte, error) { return enum.Marshal("MasterData", masterData, m) }

// UnmarshalText reads a code as ParseMasterData does.
func (m *MasterData) UnmarshalText(text []byte) error {
	parsed, err := ParseMasterData(string(text))
	if err == nil {
		*m = parsed
	}
	return err
}

// UserID names a user of an accounting system, within that system. IDs are
// compared byte for byte. The empty UserID names nobody.
type UserID string

// ParseUserID takes an id as it stands, under the terms of users.ParseID.
func ParseUserID(s string) (UserID, error) { return ident.Check[UserID](s) }

// User is an accounting-system user, as fetched from the accounting system.
type User struct {
	ID    UserID
	Name  string
	Email string
	// Rank is the user's place in the accounting system; 1 is its highest, and a
	// larger number is a lower rank.
	Rank int
	// CanBook and CanChangeMasterData are the rights the user has there.
	CanBook             bool
	CanChangeMasterData bool
	// Reach is the companies the user reaches there.
	Reach Reach
}

// Reach is the companies an accounting-system user reaches in that system. The
// zero Reach is none.
type Reach struct {
	all  bool
	some users.Access
}

// ReachAll reaches every company of the system, later ones too.
var ReachAll = Reach{all: true}

// ReachSome reaches the given companies.
func ReachSome(some users.Access) Reach { return Reach{some: some} }

// All says whether every company of the system is reached.
func (r Reach) All() bool { return r.all }

// Some is the companies that are reached one by one; none where All holds.
func (r Reach) Some() users.Access { return r.some }

// Has says whether a company of the system is reached.
func (r Reach) Has(id companies.ID) bool { return r.all || r.some.Has(id) }

// Equal says whether two accounts are the same in everything.
func (u User) Equal(other User) bool {
	sameReach := u.Reach.all == other.Reach.all && u.Reach.some.Equal(other.Reach.some)
	return sameReach && u.ID == other.ID && u.Name == other.Name && u.Email == other.Email && u.Rank == other.Rank &&
		u.CanBook == other.CanBook && u.CanChangeMasterData == other.CanChangeMasterData
}

// MayBeLinked says whether the user has the rights a link needs: to change
// master data and, unless the link serves the synchronisation of a user who
// does not book, to book. Source: SETTINGS, SYNC.
func (u User) MayBeLinked(books bool) bool {
	return u.CanChangeMasterData && (u.CanBook || !books)
}

// AtOrBelow says whether the user's rank is at or below another's. Only such
// users are offered for a link under a synchronisation user. Source: SETTINGS.
func (u User) AtOrBelow(other User) bool { return u.Rank >= other.Rank }

// System is an accounting system of the office. The zero System is not valid:
// it has no id.
type System struct {
	ID         companies.SystemID
	Name       string
	Connection Connection
	// SynchronisationUser is the office's user who has that duty: always exactly
	// one. It is a duty, not a role. Source: SYNC.
	SynchronisationUser users.ID
	Users               []User
}

// Link ties a user of the office to a user of an accounting system. A user has
// at most one for a system. Source: SETTINGS, SYNC.
type Link struct {
	User           users.ID
	System         companies.SystemID
	AccountingUser UserID
	// Verified says that the accounting user's password was entered and found
	// right.
	Verified bool
}

// Check returns every problem of the system's own fields and of its users',
// joined, or nil.
func (s System) Check() error {
	var list problems.List
	if !ident.OK(string(s.ID)) {
		list.Add("id", problems.Quote(string(s.ID)), ident.Expected)
	}
	if !ident.Text(s.Name) {
		list.Add("name", problems.Quote(s.Name), ident.ExpectedText)
	}
	if s.Connection > LoginSuccess {
		list.Add("connection", s.Connection.String(), enum.Expected(connections))
	}
	first := firsts(s.Users)
	for i, u := range s.Users {
		if err := u.Check(); err != nil {
			list.AddAt(problems.At("users", i), err)
		}
		if j, known := first[u.ID]; known && j < i {
			list.Add(problems.At("users", i)+".id", problems.Quote(string(u.ID)), "an id that "+problems.At("users", j)+" does not have")
		}
	}
	return list.Err()
}

// firsts is where each id stands first; nil where they stand sorted, each once.
func firsts(list []User) (first map[UserID]int) {
	sorted := 1
	for sorted < len(list) && list[sorted-1].ID < list[sorted].ID {
		sorted++
	}
	if sorted >= len(list) {
		return nil
	}
	first = make(map[UserID]int, len(list))
	for i, u := range slices.Backward(list) {
		first[u.ID] = i
	}
	return first
}

// Check returns every problem of the user's own fields, joined, or nil.
func (u User) Check() error {
	var list problems.List
	if !ident.OK(string(u.ID)) {
		list.Add("id", problems.Quote(string(u.ID)), ident.Expected)
	}
	if !ident.Text(u.Name) {
		list.Add("name", problems.Quote(u.Name), ident.ExpectedText)
	}
	if !users.Address(u.Email) {
		list.Add("email", problems.Quote(u.Email), users.ExpectedAddress)
	}
	if u.Rank < 1 {
		list.Add("rank", strconv.Itoa(u.Rank), "a whole number from 1, the highest rank")
	}
	return list.Err()
}
