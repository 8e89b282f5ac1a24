// Package texts says, for editors, what the texts of files are. What reads them
// refuses others by rules of its own; these say the same, as far as a schema can.
package texts

import (
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// The patterns name each character they mean, because \s and the like are not the
// same everywhere.
const (
	controls      = `\x00-\x1f\x7f-\x9f`
	proseControls = `\x00-\x08\x0b-\x1f\x7f-\x9f` // of a text of several lines
	blanks        = " \t\n\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

	date  = `[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])`
	clock = `([01][0-9]|2[0-3]):[0-5][0-9]`

	// RestOfLine is what may stand in a text on one line.
	RestOfLine = `[^` + controls + `]*`

	// MomentPattern is RFC 3339.
	MomentPattern = `^` + date + `T` + clock + `:[0-5][0-9](\.[0-9]+)?(Z|[+-]` + clock + `)$`
)

// What a wrong text is told it should have been, by readers and by editors.
const (
	ExpectedDate   = "a date such as 2027-01-31"
	ExpectedMoment = "a moment such as 2026-11-22T09:00:00Z"
	ExpectedZone   = "a time zone such as Europe/Amsterdam"
	ExpectedProse  = "a text without control characters"
	ExpectedReason = "a reason in words"

	ExpectedFinding = "one of R1 to R6, O1 to O18, S1 to S6"
)

// The texts of files.
var (
	Identifier = strict.TextLike(ident.Expected, `^[^`+controls+`]+$`).AtMost(ident.MaxBytes).Called("identifier")
	Name       = strict.TextLike(ident.ExpectedText, `^[^`+controls+`]+$`).AtMost(ident.MaxText).Called("name")
	Detail     = strict.TextLike(ident.ExpectedText, `^[^`+controls+`]*$`).AtMost(ident.MaxText) // empty is absent
	Address    = strict.TextLike(users.ExpectedAddress, `^[^ `+controls+`]+@[^ @`+controls+`]+$`).AtMost(ident.MaxText).Called("address")
	Zone       = strict.TextLike(ExpectedZone, `.`).Such("Europe/Amsterdam")
	Word       = strict.TextLike(ExpectedProse, `^[^`+controls+`]*$`)
	Prose      = strict.TextLike(ExpectedProse, `^[^`+proseControls+`]*$`)
	Reason     = strict.TextLike(ExpectedReason, `^[^`+proseControls+`]*[^`+proseControls+blanks+`][^`+proseControls+`]*$`)
	Date       = strict.SpeltLike(ExpectedDate, `^`+date+`$`).Called("date")
	Moment     = strict.SpeltLike(ExpectedMoment, MomentPattern).Called("moment")

	// Role is one of the seven.
	Role = strict.Codes(roles.All()).Called("role")
	// Finding is the id of a rule of an access review.
	Finding = strict.Words(findings()).Or(ExpectedFinding).Called("rule_of_a_finding")

	// CompanyID is any but the word for the office itself, which Payer is too.
	CompanyID = Identifier.Except(companies.Office, "another id: this word stands for the office itself")
	Payer     = Identifier.Such(companies.Office)
)

// LineWith is a text on one line with something in it that is no blank.
func LineWith(expected string) strict.Schema {
	return strict.TextLike(expected, `^[^`+controls+`]*[^`+controls+blanks+`][^`+controls+`]*$`)
}

func findings() (ids []string) {
	for rule := range review.Rules() {
		ids = append(ids, rule.ID)
	}
	return ids
}
