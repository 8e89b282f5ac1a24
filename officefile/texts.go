package officefile

import (
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/users"
)

// What the texts of a file are. The domain refuses others, by rules of its own;
// these say the same to editors, as far as a schema can. The patterns name each
// character they mean, because \s and the like are not the same everywhere.

const (
	controls      = `\x00-\x1f\x7f-\x9f`
	proseControls = `\x00-\x08\x0b-\x1f\x7f-\x9f` // of a text of several lines
	blanks        = " \t\n\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

	datePattern   = `[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])`
	clockPattern  = `([01][0-9]|2[0-3]):[0-5][0-9]`
	momentPattern = datePattern + `T` + clockPattern + `:[0-5][0-9](\.[0-9]+)?(Z|[+-]` + clockPattern + `)`

	expectedDate   = "a date such as 2027-01-31"
	expectedMoment = "a moment such as 2026-11-22T09:00:00Z"
	expectedZone   = "a time zone such as Europe/Amsterdam"
	expectedProse  = "a text without control characters"
	expectedReason = "a reason in words"
)

var (
	identifier = strict.TextLike(ident.Expected, `^[^`+controls+`]+$`).AtMost(ident.MaxBytes).Called("identifier")
	line       = strict.TextLike(ident.ExpectedText, `^[^`+controls+`]+$`).AtMost(ident.MaxText).Called("text")
	detail     = strict.TextLike(ident.ExpectedText, `^[^`+controls+`]*$`).AtMost(ident.MaxText) // empty is absent
	address    = strict.TextLike(users.ExpectedAddress, `^[^ `+controls+`]+@[^ @`+controls+`]+$`).AtMost(ident.MaxText).Called("address")
	zoneText   = strict.TextLike(expectedZone, `.`).Such("Europe/Amsterdam")
	proseText  = strict.TextLike(expectedProse, `^[^`+proseControls+`]*$`)
	reasonText = strict.TextLike(expectedReason, `^[^`+proseControls+`]*[^`+proseControls+blanks+`][^`+proseControls+`]*$`)
	dateText   = strict.DateLike(expectedDate, `^`+datePattern+`$`).Called("date")
	momentText = strict.DateLike(expectedMoment, `^`+momentPattern+`$`).Called("moment")

	// companyID is any but the word for the office itself, which bill_to takes too.
	companyID = identifier.Except(companies.Office)
	payer     = identifier.Such(companies.Office)
)
