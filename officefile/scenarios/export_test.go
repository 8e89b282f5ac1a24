package scenarios

import "github.com/mandaat/mandaat/policy"

// What findings are about, to be held against the findings that there are.
var OfNobody, OfCompany = ofNobody, ofCompany

// BySoftware is the commands that only the software gives.
var BySoftware = bySoftware

// Names says whether a field of a command holds names that the reader looks up, or new
// ones that it notes.
func Names(command, field string) bool {
	_, named := naming(field, "")
	_, coined := coining(command, field, "")
	return named || coined
}

// LeadsTo is the code that an unknown name in a property leads to; false for a property
// without names.
func LeadsTo(property string) (policy.Code, bool) {
	code, ok := leadsTo[property]
	return code, ok
}
