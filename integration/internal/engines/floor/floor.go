// Package floor is the least that a check can cost: numbers for ids, a word of bits
// for what holds of a user, bitsets for companies, sixteen bytes for a document,
// and a loop that tests a word against masks. It gives yes or no and nothing else,
// takes every question as well formed, and cannot be changed once it is loaded.
package floor

import (
	"slices"

	"github.com/mandaat/mandaat/integration/internal/load"
)

// What holds of a question, a bit each. Those of a document come first, so that a
// document keeps its own in 32 bits.
const (
	tagging uint64 = 1 << iota
	booking
	archived
	openToClients
	routePending

	delivered
	inTurn
	access
	bookable // a verified link reaches the document's company
	fit

	self
	shares
	clientSide
	targetAuthoriser
	belowSME
	belowAdministrator

	active
	superUser
	accountant
	sme
	administrator
	authoriser
	client
	restricted
	books
	archiveRight
	bankRight
)

// user is what holds of a user, and where in the engine's bitsets their companies
// begin.
type user struct {
	facts uint64   // as who asks
	seen  uint64   // as whom is asked about
	reach uint32   // companies reached
	books uint32   // of those, the ones they could book in
	list  []uint32 // companies reached, sorted
}

// document is sixteen bytes.
type document struct{ company, deliverer, turn, bits uint32 }

const nobody = ^uint32(0)

// Engine is the loop over masks. With ByIDs, who asks and the company are looked up in
// maps for each question.
type Engine struct {
	ByIDs     bool
	users     []user
	words     []uint64 // the bitsets, one after another; the first is empty
	stride    uint32   // words in a bitset
	userAt    map[string]uint32
	companyAt map[string]uint32
}

// Load lays out the bits.
func (e *Engine) Load(w *load.Workload) error {
	o := &w.Office
	e.stride = number((len(o.Companies) + 63) / 64)
	e.words = make([]uint64, e.stride)
	every := make([]uint32, len(o.Companies))
	for i := range every {
		every[i] = number(i)
	}
	all := user{reach: e.bitset(every), list: every}
	e.users = make([]user, len(o.Users))
	for i := range o.Users {
		e.users[i] = e.userOf(o, &o.Users[i], all)
	}
	if e.ByIDs {
		e.nameAll(o)
	}
	return nil
}

// userOf is a user with bitsets of their own, or those of who reaches all.
func (e *Engine) userOf(o *load.Office, u *load.User, all user) user {
	made := all
	if len(u.Companies) < len(o.Companies) {
		made.list = make([]uint32, len(u.Companies))
		for i, c := range u.Companies {
			made.list[i] = number(c)
		}
		made.reach = e.bitset(made.list)
	}
	made.facts, made.seen = factsOf(u), seenOf(factsOf(u))
	if len(u.Links) > 0 {
		made.books = e.bitset(linkedOf(o, u, made.list))
	}
	return made
}

// bitset adds a bitset and says where it begins.
func (e *Engine) bitset(of []uint32) uint32 {
	at := number(len(e.words))
	e.words = append(e.words, make([]uint64, e.stride)...)
	for _, c := range of {
		e.words[at+c/64] |= 1 << (c % 64)
	}
	return at
}

func (e *Engine) has(set, company uint32) bool {
	return e.words[set+company/64]&(1<<(company%64)) != 0
}

// linkedOf is those of some companies that the user could book in.
func linkedOf(o *load.Office, u *load.User, of []uint32) (list []uint32) {
	for _, l := range u.Links {
		if !l.Verified {
			continue
		}
		for _, c := range of {
			_, reached := slices.BinarySearch(l.Reach, int(c))
			if o.Companies[c].System == l.System && (l.Reach == nil || reached) {
				list = append(list, c)
			}
		}
	}
	return list
}

func number(n int) uint32 { return uint32(n) } //nolint:gosec // there are fewer than 2^32 of anything
