package roles

import (
	"iter"
	"math/bits"
	"strings"
)

// Set is a set of roles. The zero Set is empty. Sets are compared with ==;
// neither order nor repetition can be told from one.
type Set uint8

// SetOf is the set of the given roles. What is none of the seven is left out:
// it could give nothing.
func SetOf(list ...Role) Set {
	var s Set
	for _, r := range list {
		s = s.With(r)
	}
	return s
}

// bit places the highest rank in the lowest bit; no role has no bit.
func (r Role) bit() Set {
	if !r.Known() {
		return 0
	}
	return 1 << (r - 1)
}

// Has says whether r is in the set.
func (s Set) Has(r Role) bool { return s&r.bit() != 0 }

// HasAny says whether the two sets share a role.
func (s Set) HasAny(other Set) bool { return s&other != 0 }

// Within says whether every role of s is in other.
func (s Set) Within(other Set) bool { return s&^other == 0 }

// With is the set with r added.
func (s Set) With(r Role) Set { return s | r.bit() }

// Without is the set with r taken out.
func (s Set) Without(r Role) Set { return s &^ r.bit() }

// Len counts the roles.
func (s Set) Len() int { return bits.OnesCount8(uint8(s & every)) }

// All goes through the roles, the highest rank first.
func (s Set) All() iter.Seq[Role] {
	return func(yield func(Role) bool) {
		for left := s & every; left != 0 && yield(left.Highest()); left &= left - 1 {
		}
	}
}

// Highest is the role of highest rank, or the zero Role of an empty set. Rank
// decides who may grant and see whom; it never passes rights on.
func (s Set) Highest() Role {
	if s &= every; s == 0 {
		return 0
	}
	return Role(bits.TrailingZeros8(uint8(s)) + 1) //nolint:gosec // 1 to 7
}

// String is the codes, the highest rank first: "accountant, client_user".
func (s Set) String() string {
	var list []string
	for r := range s.All() {
		list = append(list, r.String())
	}
	return strings.Join(list, ", ")
}

const (
	every   Set = 1<<RestrictedClientUser - 1 // the bit above them is no role's
	booking Set = 1<<(Accountant-1) | 1<<(SMEAccountant-1)
	client  Set = 1<<(ClientUser-1) | 1<<(RestrictedClientUser-1)
	senior  Set = 1<<(SuperUser-1) | booking // SME Accountant's rank or above
)

// Books says whether the set holds a booking role: Accountant or SME
// Accountant. Source: SETTINGS, ADD.
func (s Set) Books() bool { return s&booking != 0 }

// Delivers says whether the set holds a client role: Client user or
// Restricted client user. Source: ROLES, ADD.
func (s Set) Delivers() bool { return s&client != 0 }

// ClientRolesOnly says whether nothing but client roles is in the set. The
// empty set qualifies.
func (s Set) ClientRolesOnly() bool { return s&^client == 0 }

// ClientSide says whether a user with these stored roles is on the client's
// side: a client role, and no role of the SME Accountant's rank or above.
// Source: ROLES, SETTINGS.
func (s Set) ClientSide() bool { return s.Delivers() && s&senior == 0 }

// Effective is the set whose rights count. A stored set may be invalid all the
// same; then the more limited role of an excluding pair leads: without Client
// user under R1, without Accountant under R2. Source: TIPS, ADD; for R2 DERIVED.
func (s Set) Effective() Set {
	if s.Has(ClientUser) && s.Has(RestrictedClientUser) {
		s = s.Without(ClientUser)
	}
	if s.Has(Accountant) && s.Has(SMEAccountant) {
		s = s.Without(Accountant)
	}
	return s
}
