package policy

import (
	"iter"
	"slices"

	"github.com/mandaat/mandaat/internal/enum"
	"github.com/mandaat/mandaat/words"
)

// Code says why not, for a program to act on. Codes are ordered: of all that
// apply, the first is given. The zero Code is that nothing was denied, or that
// nothing was asked.
type Code uint8

// The codes of a denial, in order.
const (
	UnknownUser     Code = iota + 1 // nobody of the office asks
	UnknownAction                   // the action is not in the vocabulary
	UnknownResource                 // no such thing, or the action is asked on another type
	MissingProperty                 // the action, or the rule, needs a property that was not given
	BadTime                         // the moment was not given or cannot be read
	BadProperty                     // a property cannot be read, or names what does not exist
	InactiveUser                    // the end date lies on or before today
	NoCompanyAccess                 // no access to the company
	RoleMissing                     // no role that the action is for
	RightMissing                    // the role, but not the right it takes beside it
	NotSelf                         // only for the user concerned
	NotManageable                   // the user concerned is not one that who asks may see or manage
	WrongStage                      // the document is at another stage
	NotDeliveredBySubject
	EverAssigned             // the document was assigned to an authoriser once
	NoRoutePending           // nobody is in turn
	NotInTurn                // somebody else is in turn
	NotLinked                // no link to the accounting system that would do
	LinkNotVerified          // the link's password was not entered or not found right
	OldPasswordNeeded        // the old password was not found right
	BeyondReach              // more than who asks may give, take or change
	AuthoriserUnfit          // somebody named could not authorise
	MergeUnfit               // the documents could not be one
	CandidateUnfit           // the one chosen could not synchronise
	AccountingUserUnfit      // the accounting-system user may not be linked so
	RoleSetInvalid           // the set of roles would be invalid
	LastSuperUser            // a day would be left without an active Super user
	SynchronisationDuty      // an accounting system would be left without its synchronisation user
	codesEnd            Code = iota + 1
)

var codes = []string{
	"", "unknown_user", "unknown_action", "unknown_resource", "missing_property", "bad_time", "bad_property",
	"inactive_user", "no_company_access", "role_missing", "right_missing", "not_self", "not_manageable",
	"wrong_stage", "not_delivered_by_subject", "ever_assigned", "no_route_pending", "not_in_turn",
	"not_linked", "link_not_verified", "old_password_needed", "beyond_reach", "authoriser_unfit", "merge_unfit",
	"candidate_unfit", "accounting_user_unfit", "role_set_invalid", "last_super_user", "synchronisation_duty",
}

// codeSentences says what each code means.
var codeSentences = [codesEnd]string{
	UnknownUser:           "Nobody of this office asks.",
	UnknownAction:         "There is no such action.",
	UnknownResource:       "There is no such thing, or the action is not for things of its type.",
	MissingProperty:       "Something that the answer depends on was not given.",
	BadTime:               "The moment of asking was not given, or cannot be read.",
	BadProperty:           "Something that was given cannot be read, or does not exist.",
	InactiveUser:          "The end date lies on or before today.",
	NoCompanyAccess:       "There is no access to the company.",
	RoleMissing:           "It takes a role that is not there.",
	RightMissing:          "It takes a right that is not there.",
	NotSelf:               "It is only for the user concerned.",
	NotManageable:         "The user concerned is not one to see or to manage.",
	WrongStage:            "The document is at another stage.",
	NotDeliveredBySubject: "Somebody else delivered the document.",
	EverAssigned:          "The document was once assigned to an authoriser.",
	NoRoutePending:        "Nobody is in turn to authorise.",
	NotInTurn:             "Somebody else, or nobody, is in turn.",
	NotLinked:             "There is no link to the accounting system that would do.",
	LinkNotVerified:       "The accounting password has not been entered and found right.",
	OldPasswordNeeded:     "It takes the old password.",
	BeyondReach:           "It is more than who asks may give, take or change.",
	AuthoriserUnfit:       "Somebody named cannot authorise.",
	MergeUnfit:            "The documents cannot be one.",
	CandidateUnfit:        "The one chosen cannot be the synchronisation user.",
	AccountingUserUnfit:   "The accounting-system user cannot be linked so.",
	RoleSetInvalid:        "The roles would not be a valid set.",
	LastSuperUser:         "Some day would be left without an active Super user.",
	SynchronisationDuty:   "An accounting system would be left without its synchronisation user.",
}

// In says in a language what the code means; the zero Code says nothing.
func (c Code) In(l words.Language) string {
	if c >= codesEnd {
		return ""
	}
	return words.Say(codeSentences[c]).In(l)
}

// AllCodes goes through the codes, in order.
func AllCodes() iter.Seq[Code] {
	return func(yield func(Code) bool) {
		for c := UnknownUser; c < codesEnd && yield(c); c++ {
		}
	}
}

// ParseCode reads a code, spelt exactly: "not_in_turn".
func ParseCode(text string) (Code, error) { return enum.Parse[Code](codes, text) }

// String is the code; the zero Code prints as nothing.
func (c Code) String() string {
	if c == 0 {
		return ""
	}
	return enum.Print("Code", codes, c)
}

// MarshalText writes the code; the zero Code writes nothing.
func (c Code) MarshalText() ([]byte, error) {
	if c == 0 {
		return nil, nil
	}
	return enum.Marshal("Code", codes, c)
}

// UnmarshalText reads what MarshalText writes.
func (c *Code) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = 0
		return nil
	}
	parsed, err := ParseCode(string(text))
	if err == nil {
		*c = parsed
	}
	return err
}

// Warnings is a set of warnings that go with a decision. They change nothing
// about it. The zero Warnings is none.
type Warnings uint8

// The warnings.
const (
	// StoredRolesInvalid goes with every decision about a user whose stored roles
	// are an invalid set (R1 to R3): the more limited role leads.
	StoredRolesInvalid Warnings = 1 << iota
	// ConnectionDisconnected goes with what was allowed although its accounting
	// system is disconnected. Source: SYNC.
	ConnectionDisconnected
	// SelfApproval goes with approving what one delivered (ISO/IEC 27001 A.5.3).
	SelfApproval
	// SelfBooking goes with booking what one delivered (ISO/IEC 27001 A.5.3).
	SelfBooking
)

var warnings = []string{"role_set_invalid", "connection_disconnected", "self_approval", "self_booking"}

// warningSentences says what each warning means.
var warningSentences = []string{
	"The stored roles are not a valid set; of two that exclude each other, the more limited one leads.",
	"The accounting system is disconnected; booking may fail until its synchronisation user reconnects.",
	"Who approves it delivered it too.",
	"Who books it delivered it too.",
}

// In says in a language what each warning of the set means, in order.
func (w Warnings) In(l words.Language) []string {
	var list []string
	for i, sentence := range warningSentences {
		if w&(1<<i) != 0 {
			list = append(list, words.Say(sentence).In(l))
		}
	}
	return list
}

// Has says whether all the given warnings are in the set.
func (w Warnings) Has(other Warnings) bool { return other&^w == 0 }

// WarningOf is the warning that a code names; none for any other text.
func WarningOf(code string) Warnings {
	if i := slices.Index(warnings, code); i >= 0 {
		return 1 << i
	}
	return 0
}

// Codes is the warnings' codes, in order; empty, not nil, where there are none.
func (w Warnings) Codes() []string {
	list := []string{}
	for i, code := range warnings {
		if w&(1<<i) != 0 {
			list = append(list, code)
		}
	}
	return list
}
