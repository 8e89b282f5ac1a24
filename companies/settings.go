package companies

import (
	"slices"

	"github.com/mandaat/mandaat/internal/enum"
	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/problems"
)

// SettingKind is a setting that a company may have. Which there are, the software
// around this library declares; here they only differ by who may change them.
// The zero SettingKind is not valid: it has no code.
type SettingKind struct {
	// Code is what the setting goes by, unique in its office.
	Code string
	// Mandatory says that every company must have it, which is why it takes the
	// right to change mandatory settings, and that it cannot be cleared. Source: ROLES.
	Mandatory bool
	// Values is what it may be; none is any text.
	Values []string
}

// Takes says whether the setting may have a value.
func (k SettingKind) Takes(value string) bool {
	return ident.Text(value) && (len(k.Values) == 0 || slices.Contains(k.Values, value))
}

// Expected is what a wrong value of the setting is told it should have been.
func (k SettingKind) Expected() string {
	if len(k.Values) == 0 {
		return ident.ExpectedText
	}
	return enum.Expected(k.Values)
}

// Check returns every problem of the kind's own fields, joined, or nil.
func (k SettingKind) Check() error {
	var list problems.List
	if !ident.OK(k.Code) {
		list.Add("code", problems.Quote(k.Code), ident.Expected)
	}
	for i, v := range k.Values {
		switch {
		case !ident.Text(v):
			list.Add(problems.At("values", i), problems.Quote(v), ident.ExpectedText)
		case slices.Contains(k.Values[:i], v):
			list.Add(problems.At("values", i), problems.Quote(v), "each value once")
		}
	}
	return list.Err()
}

// Setting is what a company's setting is set to. One that is not there was never
// set.
type Setting struct {
	Company     ID
	Code, Value string
}
