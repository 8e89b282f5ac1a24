// Package decisionlog keeps decisions and searches as structured records, one a line
// with slog's JSON handler, and reads such lines back.
//
// A line holds all of a question that decides, so that it can be asked again: its
// member "request" is an AuthZEN request. It holds nothing else of it: properties that
// the action does not take, properties of the subject and the context are left out,
// and so are people's own words. A comment decides only by being there, so a fixed
// text stands for it.
package decisionlog

// What a line holds at most. What is larger is cut, and the line then says so in
// "cut": it cannot be asked again.
const (
	MaxLine = 2 << 20 // bytes of a line, whatever was asked

	maxText = 256       // bytes of one text; nothing in an office has a longer id
	maxKept = 160 << 10 // bytes of the properties together; escaped as JSON they are at most six times as long
)

// The messages of the records.
const (
	decisionMessage = "decision"
	searchMessage   = "search"
)

// The members of a record, beside time, level and msg.
const (
	keyRequestID = "request_id"
	keyCaller    = "caller"
	keySubject   = "subject"
	keyAction    = "action"
	keyResource  = "resource"
	keyDecision  = "decision"
	keyCode      = "code"
	keyRules     = "rules"
	keyEndpoint  = "endpoint"
	keyResults   = "results"
	keyPolicy    = "policy"
	keyVersion   = "office_version"
	keyCut       = "cut"
	keyRequest   = "request"

	mostMembers = 12
)

// What stands for a comment, which is blank or is not.
const (
	blankComment = " "
	someComment  = "(left out)"
)
