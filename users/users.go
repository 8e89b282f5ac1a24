// Package users holds the users of an office: their roles, access, rights,
// end date, password link and who pays for them.
//
// Nothing here holds a password, a token or any other secret.
package users

import (
	"strings"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/enum"
	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
)

// ID names a user. IDs are compared byte for byte. The empty ID names nobody.
type ID string

// ParseID takes an id as it stands, or returns a *problems.Problem: 1 to 128
// bytes of valid UTF-8 without control characters.
func ParseID(s string) (ID, error) { return ident.Check[ID](s) }

// User is one user of the office. The zero User is not valid: it has no id. An
// office refuses a user whose Check fails.
type User struct {
	ID ID
	// Username is what the user logs in with: unique in the office, also
	// against deleted users, and fixed once the user has been used. Source: SETTINGS.
	Username string
	// Email is the person's own address. Source: ADD, TIPS.
	Email string
	// Name and Language are the person's details, empty where nobody filled them
	// in. They decide nothing. Source: SETTINGS.
	Name, Language string
	// Roles as stored; what they give is Roles.Effective. An unsound set is a
	// finding, not a reason to refuse the user.
	Roles roles.Set
	// Access is the companies the user reaches.
	Access Access
	// LaterCompanies is the right to reach companies that are created later. It
	// opens no company that exists already. Source: SETTINGS.
	LaterCompanies bool
	// EndDate is the first day on which the user is inactive; the zero Date is
	// never. Source: SETTINGS.
	EndDate Date
	// Archive is the archive right. Source: SETTINGS.
	Archive ArchiveRight
	// ChangeBankDetails is the bank right: changing an IBAN while booking. It
	// works only beside a booking role. Source: TIPS, SETTINGS.
	ChangeBankDetails bool
	// BillTo is who pays for the user's authoriser role. Source: ADD.
	BillTo BillTo
	// Spenser is a setting that is on or off. Source: SETTINGS.
	Spenser bool
	// Used says that the user has logged in or acted. Source: SETTINGS.
	Used bool
}

// ActiveOn says whether the user is active on a day: the end date does not lie
// on or before it. Nobody is active on no day. Source: SETTINGS.
func (u User) ActiveOn(day Date) bool {
	return !day.IsZero() && (u.EndDate.IsZero() || day.Before(u.EndDate))
}

// Check returns every problem of the user's own fields, joined, or nil.
func (u User) Check() error {
	var list problems.List
	checkNames(&list, u.ID, u.Username)
	if !Address(u.Email) {
		list.Add("email", problems.Quote(u.Email), ExpectedAddress)
	}
	checkDetail(&list, "name", u.Name)
	checkDetail(&list, "language", u.Language)
	if u.Archive > AllDocuments {
		list.Add("archive", u.Archive.String(), enum.Expected(archiveCodes))
	}
	return list.Err()
}

func checkDetail(list *problems.List, key, text string) {
	if text != "" && !ident.Text(text) {
		list.Add(key, problems.Quote(text), ident.ExpectedText)
	}
}

func checkNames(list *problems.List, id ID, username string) {
	if !ident.OK(string(id)) {
		list.Add("id", problems.Quote(string(id)), ident.Expected)
	}
	if !ident.OK(username) {
		list.Add("username", problems.Quote(username), ident.Expected)
	}
}

// ExpectedAddress is what a wrong address is told it should have been.
const ExpectedAddress = "an address such as name@example.com"

// Address says whether s can be somebody's address: one line, something on
// either side of an at sign. Whether mail arrives there, only sending can tell.
func Address(s string) bool {
	return ident.Text(s) && strings.IndexByte(s[1:], '@') >= 0 && s[len(s)-1] != '@' && strings.IndexByte(s, ' ') < 0
}

// Deleted is what stays known of a deleted user, so that history can name them:
// who delivered, who approved. Nothing new may. DERIVED: history keeps naming them.
type Deleted struct {
	ID       ID
	Username string
}

// Check returns every problem of the two names, joined, or nil.
func (d Deleted) Check() error {
	var list problems.List
	checkNames(&list, d.ID, d.Username)
	return list.Err()
}

// ArchiveRight says how much of the archive a user sees, of the companies they
// reach. The zero ArchiveRight is ByRole. Source: SETTINGS.
type ArchiveRight uint8

// The archive rights.
const (
	ByRole       ArchiveRight = iota // what the user's roles open
	AllDocuments                     // every archived document
)

var archiveCodes = []string{"by_role", "all"}

// ArchiveRights lists them.
func ArchiveRights() []ArchiveRight { return []ArchiveRight{ByRole, AllDocuments} }

// ParseArchiveRight reads "by_role" or "all".
func ParseArchiveRight(code string) (ArchiveRight, error) {
	return enum.Parse[ArchiveRight](archiveCodes, code)
}

// String is the right's code.
func (a ArchiveRight) String() string { return enum.Print("ArchiveRight", archiveCodes, a) }

// MarshalText writes the code.
func (a ArchiveRight) MarshalText() ([]byte, error) {
	return enum.Marshal("ArchiveRight", archiveCodes, a)
}

// UnmarshalText reads a code as ParseArchiveRight does.
func (a *ArchiveRight) UnmarshalText(text []byte) error {
	parsed, err := ParseArchiveRight(string(text))
	if err == nil {
		*a = parsed
	}
	return err
}

// BillTo is who pays for an authoriser. The zero BillTo is that nobody chose:
// the office pays, and rule R6 may ask for a choice. Source: ADD.
type BillTo struct {
	chosen  bool
	company companies.ID // empty: the office
}

// BillToOffice is the explicit choice that the office pays.
var BillToOffice = BillTo{chosen: true}

// BillToCompany is the choice that a company pays, which takes a payment
// agreement with it. The empty id is the office.
func BillToCompany(id companies.ID) BillTo { return BillTo{chosen: true, company: id} }

// Chosen says whether somebody chose.
func (b BillTo) Chosen() bool { return b.chosen }

// Company is the company that pays; false where the office does.
func (b BillTo) Company() (companies.ID, bool) { return b.company, b.company != "" }

// String is the company's id, or "office".
func (b BillTo) String() string {
	if id, ok := b.Company(); ok {
		return string(id)
	}
	return companies.Office
}
