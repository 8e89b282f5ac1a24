// Package roles holds the seven roles of an office, sets of them, and which
// sets are sound (rules R1 to R4).
//
// A user holds one or more roles and has the rights of all of them together:
// of the effective roles, that is, for a set that should not exist still has
// to be answered for (see [Set.Effective]).
package roles

import (
	"github.com/mandaat/mandaat/internal/enum"
	"github.com/mandaat/mandaat/words"
)

// Role is one of the seven roles. The zero Role is none of them and gives
// nothing. Roles are ordered by rank, the highest first. Source: ROLES.
type Role uint8

// The seven roles, from the highest rank to the lowest. ROLES names the top
// and the bottom; the order between them is that of the article (DERIVED).
const (
	SuperUser                  Role = iota + 1 // manages the office; no part in the document flow
	Accountant                                 // books; manages users and companies
	SMEAccountant                              // an accountant at a client's, with less reach
	AuthorisationAdministrator                 // keeps pending authorisations moving
	Authoriser                                 // approves or rejects what is assigned, in turn
	ClientUser                                 // delivers, splits, tags and assigns
	RestrictedClientUser                       // the same, for their own deliveries only
)

var codes = []string{
	"", "super_user", "accountant", "sme_accountant", "authorisation_administrator",
	"authoriser", "client_user", "restricted_client_user",
}

var (
	names = [...]string{
		"no role", "Super user", "Accountant", "SME Accountant", "Authorisation administrator",
		"Authoriser", "Client user", "Restricted client user",
	}
	dutch = [...]string{
		"geen rol", "Supergebruiker", "Accountant", "Boekhouder MKB", "Autorisatiebeheerder",
		"Autorisator", "Klantgebruiker", "Beperkte Klantgebruiker",
	}
)

// All lists the seven roles, the highest rank first.
func All() []Role {
	return []Role{
		SuperUser, Accountant, SMEAccountant, AuthorisationAdministrator,
		Authoriser, ClientUser, RestrictedClientUser,
	}
}

// Parse reads a role's code, spelt exactly: "super_user". Anything else is a
// *problems.Problem.
func Parse(code string) (Role, error) { return enum.Parse[Role](codes, code) }

// String is the role's code, or "Role(0)" where it is none of the seven.
func (r Role) String() string { return enum.Print("Role", codes, r) }

// Name is the role in English, as the office says it: "Super user".
func (r Role) Name() string { return names[r.orNone()] }

// Dutch is the role in Dutch, as the office says it: "Supergebruiker".
func (r Role) Dutch() string { return dutch[r.orNone()] }

// In is the role's name in a language.
func (r Role) In(l words.Language) string {
	if l == words.Dutch {
		return r.Dutch()
	}
	return r.Name()
}

func (r Role) orNone() Role {
	if !r.Known() {
		return 0
	}
	return r
}

// Known says whether r is one of the seven.
func (r Role) Known() bool { return r >= SuperUser && r <= RestrictedClientUser }

// Above says whether r outranks other. A missing role ranks below all seven.
func (r Role) Above(other Role) bool {
	return r.Known() && (!other.Known() || r < other)
}

// MarshalText writes the code; the zero Role is an error.
func (r Role) MarshalText() ([]byte, error) { return enum.Marshal("Role", codes, r) }

// UnmarshalText reads a code as Parse does.
func (r *Role) UnmarshalText(text []byte) error {
	parsed, err := Parse(string(text))
	if err == nil {
		*r = parsed
	}
	return err
}
