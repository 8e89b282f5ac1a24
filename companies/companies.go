// Package companies holds the companies an office keeps the books of, and the
// ids of the accounting systems those books are in.
package companies

import (
	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/problems"
)

// ID names a company. IDs are compared byte for byte. The empty ID names none.
type ID string

// ParseID takes an id as it stands, or returns a *problems.Problem: 1 to 128
// bytes of valid UTF-8 without control characters.
func ParseID(s string) (ID, error) { return ident.Check[ID](s) }

// SystemID names an accounting system. The empty SystemID names none.
type SystemID string

// ParseSystemID takes an id as it stands, under the terms of ParseID.
func ParseSystemID(s string) (SystemID, error) { return ident.Check[SystemID](s) }

// Office is the word that stands for the office where a company could stand
// too (who pays for an authoriser), so no company may be called so.
const Office = "office"

// Company is one company (administratie, dossier). The zero Company is not
// valid: it has no id.
type Company struct {
	ID   ID
	Name string
	// System is the accounting system that holds its books. Source: SYNC.
	System SystemID
	// AuthorisationWorkflow says that its documents go past authorisers; an
	// ordinary setting, which opens or closes nothing by itself. Source: ROLES.
	AuthorisationWorkflow bool
	// PaymentAgreement says that the company may be billed for its authorisers
	// in place of the office. An office setting. Source: ADD.
	PaymentAgreement bool
	// SynchronisationOff says that master data is not taken over from the
	// accounting system for this company. Source: ROLES.
	SynchronisationOff bool
}

// Check returns every problem of the company's own fields, joined, or nil.
func (c Company) Check() error {
	var list problems.List
	if !ident.OK(string(c.ID)) {
		list.Add("id", problems.Quote(string(c.ID)), ident.Expected)
	}
	if c.ID == Office {
		list.Add("id", problems.Quote(Office), "another id: this word stands for the office itself")
	}
	if !ident.Text(c.Name) {
		list.Add("name", problems.Quote(c.Name), ident.ExpectedText)
	}
	if !ident.OK(string(c.System)) {
		list.Add("accounting_system", problems.Quote(string(c.System)), ident.Expected)
	}
	return list.Err()
}
