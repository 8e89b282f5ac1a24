package policy

import (
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

func authorisers(ids ...users.ID) With { return With{Authorisers: ids} }

func mergedWith(more ...func(*documents.Parts)) With {
	other := doc(documents.Tagging, append([]func(*documents.Parts){named("inv-2")}, more...)...)
	return With{Documents: []*documents.Document{other.Document}}
}

// Documents: who sees them, who moves them.
var documentScenarios = []scenario{
	{"A Client user delivers to a company in reach", "carla", DocumentUpload, OfCompany("bakery"), With{}, nil, "yes client"},
	{"A Restricted client user delivers too", "dirk", DocumentUpload, OfCompany("bakery"), With{}, nil, "yes client"},
	{"A Client user does not deliver to a company out of reach", "carla", DocumentUpload, OfCompany("garage"), With{}, nil, "no no_company_access"},
	{"An Accountant without a client role does not deliver", "bram", DocumentUpload, OfCompany("bakery"), With{}, nil, "no role_missing"},
	{"Who left does not deliver any more", "carla", DocumentUpload, OfCompany("bakery"), With{}, ending("carla", "2026-11-22"), "no inactive_user"},
	{"Who leaves tomorrow still delivers today", "carla", DocumentUpload, OfCompany("bakery"), With{}, ending("carla", "2026-11-23"), "yes client"},

	{"A Client user may name whom to assign to", "carla", CompanyListAuthorisers, OfCompany("bakery"), With{}, nil, "yes client"},
	{"An Authorisation administrator may name whom to reassign to", "ada", CompanyListAuthorisers, OfCompany("bakery"), With{}, nil, "yes administrator"},
	{"An Authorisation administrator does not name those of a company out of reach", "ada", CompanyListAuthorisers, OfCompany("garage"), With{}, nil, "no no_company_access"},
	{"An Authoriser has nobody to name", "anna", CompanyListAuthorisers, OfCompany("bakery"), With{}, nil, "no role_missing"},

	{"A Client user sees what is ready for tagging", "carla", DocumentView, tagging, With{}, nil, "yes client"},
	{"A Client user sees what others delivered", "carla", DocumentView, doc(documents.Tagging, by("dirk")), With{}, nil, "yes client"},
	{"A Client user sees a returned document, though it was assigned once", "carla", DocumentView, doc(documents.Tagging, route("anna-")), With{}, nil, "yes client"},
	{"A Client user sees the archive that was never assigned", "carla", DocumentView, archived, With{}, nil, "yes client"},
	{"A Client user sees what is to be booked and was never assigned", "carla", DocumentView, toBook, With{}, nil, "yes client"},
	{"A Client user does not see what was assigned once", "carla", DocumentView, doc(documents.Archived, assigned), With{}, nil, "no ever_assigned"},
	{"A Client user does not see what is with an authoriser", "carla", DocumentView, authorised, With{}, nil, "no ever_assigned"},
	{"A Client user sees nothing of a company out of reach", "carla", DocumentView, doc(documents.Tagging, of("garage")), With{}, nil, "no no_company_access"},
	{"A Restricted client user sees their own deliveries", "dirk", DocumentView, doc(documents.Tagging, by("dirk")), With{}, nil, "yes restricted"},
	{"A Restricted client user does not see what others delivered", "dirk", DocumentView, tagging, With{}, nil, "no not_delivered_by_subject"},
	{"A Restricted client user does not see their own delivery once assigned", "dirk", DocumentView, doc(documents.Booking, by("dirk"), assigned), With{}, nil, "no ever_assigned"},
	{"Where both client roles are stored, the restricted one leads", "carla", DocumentView, doc(documents.Tagging, by("dirk")), With{}, holding("carla", roles.ClientUser, roles.RestrictedClientUser), "no not_delivered_by_subject"},
	{"The archive right opens what was assigned once", "carla", DocumentView, doc(documents.Archived, assigned), With{}, archivist("carla"), "yes archive-right"},
	{"The archive right opens the archive to a Restricted client user", "dirk", DocumentView, archived, With{}, archivist("dirk"), "yes archive-right"},
	{"The archive right opens the archive whatever the role", "ada", DocumentView, archived, With{}, archivist("ada"), "yes archive-right"},
	{"The archive right opens nothing but the archive", "theo", DocumentView, doc(documents.Booking, of("florist")), With{}, archivist("theo"), "no wrong_stage"},
	{"The archive right opens no company out of reach", "theo", DocumentView, archived, With{}, archivist("theo"), "no no_company_access"},
	{"A Super user has no part in the document flow", "rosa", DocumentView, archived, With{}, nil, "no role_missing"},
	{"An Authoriser sees a document while in turn", "bob", DocumentView, authorised, With{}, nil, "yes in-turn"},
	{"An Authoriser does not see it before or after", "anna", DocumentView, authorised, With{}, nil, "no not_in_turn"},
	{"An Authoriser who lost the company does not see it in turn", "bob", DocumentView, authorised, With{}, reachesOnly("bob", "garage"), "no no_company_access"},
	{"An Authorisation administrator follows what is pending", "ada", DocumentView, authorised, With{}, nil, "yes administrator"},
	{"An Authorisation administrator follows a route in the archive", "ada", DocumentView, doc(documents.Archived, route("anna")), With{}, nil, "yes administrator"},
	{"An Authorisation administrator does not see what nobody is in turn on", "ada", DocumentView, tagging, With{}, nil, "no no_route_pending"},
	{"After a rejection nobody is in turn", "ada", DocumentView, doc(documents.Tagging, route("anna- bob")), With{}, nil, "no no_route_pending"},
	{"An Accountant sees what is to be booked", "bram", DocumentView, toBook, With{}, nil, "yes booker"},
	{"An SME Accountant sees what was booked", "sam", DocumentView, doc(documents.Archived, assigned), With{}, nil, "yes booker-archive"},
	{"An Accountant does not see what is ready for tagging", "bram", DocumentView, tagging, With{}, nil, "no wrong_stage"},

	{"A Client user splits what is ready for tagging", "carla", DocumentSplit, tagging, With{}, nil, "yes client"},
	{"A Client user does not split what is to be booked", "carla", DocumentSplit, toBook, With{}, nil, "no wrong_stage"},
	{"A Restricted client user splits their own delivery", "dirk", DocumentSplit, doc(documents.Tagging, by("dirk")), With{}, nil, "yes restricted"},
	{"A Restricted client user does not split another's", "dirk", DocumentSplit, tagging, With{}, nil, "no not_delivered_by_subject"},
	{"An Authoriser splits nothing", "bob", DocumentSplit, tagging, With{}, nil, "no role_missing"},

	{"A Client user merges two of one deliverer", "carla", DocumentMerge, tagging, mergedWith(), nil, "yes client"},
	{"A Restricted client user merges two of their own", "dirk", DocumentMerge, doc(documents.Tagging, by("dirk")), mergedWith(by("dirk")), nil, "yes restricted"},
	{"A merger needs the right on every document", "dirk", DocumentMerge, doc(documents.Tagging, by("dirk")), mergedWith(), nil, "no not_delivered_by_subject"},
	{"A merger takes the company of every document", "carla", DocumentMerge, tagging, mergedWith(of("garage")), nil, "no no_company_access"},
	{"Documents of different deliverers are not merged", "carla", DocumentMerge, tagging, mergedWith(by("dirk")), nil, "no merge_unfit"},
	{"Documents of different companies are not merged", "carla", DocumentMerge, tagging, mergedWith(of("garage")), reachesOnly("carla", "bakery", "garage"), "no merge_unfit"},
	{"A document is not merged with itself", "carla", DocumentMerge, tagging, mergedWith(named("inv-1")), nil, "no bad_property"},
	{"A document is not merged with nothing", "carla", DocumentMerge, tagging, With{Documents: []*documents.Document{}}, nil, "no bad_property"},
	{"What to merge with must be given", "carla", DocumentMerge, tagging, With{}, nil, "no missing_property"},
	{"An Authorisation administrator merges nothing", "ada", DocumentMerge, tagging, mergedWith(), nil, "no role_missing"},

	{"A Client user tags", "carla", DocumentTag, tagging, With{}, nil, "yes client"},
	{"A Restricted client user tags their own delivery", "dirk", DocumentTag, doc(documents.Tagging, by("dirk")), With{}, nil, "yes restricted"},
	{"Who is a client no more does not tag what they delivered", "anna", DocumentTag, doc(documents.Tagging, by("anna")), With{}, nil, "no role_missing"},
	{"A Client user does not tag the archive", "carla", DocumentTag, archived, With{}, nil, "no wrong_stage"},
	{"An Accountant without a client role does not tag", "bram", DocumentTag, tagging, With{}, nil, "no role_missing"},
	{"An Accountant who is a Client user too tags", "bram", DocumentTag, tagging, With{}, holding("bram", roles.Accountant, roles.ClientUser), "yes client"},

	{"A Client user assigns to authorisers", "carla", DocumentAssign, tagging, authorisers("anna", "bob"), nil, "yes client"},
	{"A Restricted client user assigns their own delivery", "dirk", DocumentAssign, doc(documents.Tagging, by("dirk")), authorisers("anna"), nil, "yes restricted"},
	{"Whom it is assigned to must be given", "carla", DocumentAssign, tagging, With{}, nil, "no missing_property"},
	{"A document is assigned to at least one authoriser", "carla", DocumentAssign, tagging, With{Authorisers: []users.ID{}}, nil, "no authoriser_unfit"},
	{"A document is not assigned to a Client user", "carla", DocumentAssign, tagging, authorisers("anna", "nora"), nil, "no authoriser_unfit"},
	{"A document is not assigned to an authoriser of another company", "carla", DocumentAssign, tagging, authorisers("bob"), reachesOnly("bob", "garage"), "no authoriser_unfit"},
	{"A document is not assigned to an authoriser who left", "carla", DocumentAssign, tagging, authorisers("bob"), ending("bob", "2026-01-01"), "no authoriser_unfit"},
	{"A document is not assigned to one authoriser twice", "carla", DocumentAssign, tagging, authorisers("bob", "bob"), nil, "no authoriser_unfit"},
	{"A document is not assigned to somebody unknown", "carla", DocumentAssign, tagging, authorisers("tom"), nil, "no authoriser_unfit"},
	{"A document to be booked is not assigned", "carla", DocumentAssign, toBook, authorisers("anna"), nil, "no wrong_stage"},
	{"An Authoriser assigns nothing", "anna", DocumentAssign, tagging, authorisers("bob"), nil, "no role_missing"},

	{"The authoriser in turn approves", "bob", DocumentApprove, authorised, With{}, nil, "yes in-turn"},
	{"An authoriser who is not in turn does not approve", "anna", DocumentApprove, authorised, With{}, nil, "no not_in_turn"},
	{"Nobody approves after a rejection", "bob", DocumentApprove, doc(documents.Tagging, route("anna- bob")), With{}, nil, "no not_in_turn"},
	{"Who is in turn but no Authoriser any more does not approve", "bob", DocumentApprove, authorised, With{}, holding("bob", roles.ClientUser), "no role_missing"},
	{"The authoriser in turn approves in the archive", "bob", DocumentApprove, doc(documents.Archived, route("anna+ bob")), With{}, nil, "yes in-turn"},

	{"The authoriser in turn rejects with a comment", "bob", DocumentReject, authorised, With{Comment: "wrong amount"}, nil, "yes in-turn"},
	{"A rejection needs a comment", "bob", DocumentReject, authorised, With{}, nil, "no missing_property"},
	{"A blank comment is none", "bob", DocumentReject, authorised, With{Comment: " \t"}, nil, "no missing_property"},
	{"An authoriser who is not in turn does not reject", "anna", DocumentReject, authorised, With{Comment: "no"}, nil, "no not_in_turn"},
	{"A Super user does not reject", "rosa", DocumentReject, authorised, With{Comment: "no"}, nil, "no role_missing"},

	{"An Authorisation administrator reassigns what is pending", "ada", DocumentReassign, authorised, authorisers("anna"), nil, "yes administrator"},
	{"What nobody is in turn on is not reassigned", "ada", DocumentReassign, tagging, authorisers("anna"), nil, "no no_route_pending"},
	{"A document is reassigned to authorisers only", "ada", DocumentReassign, authorised, authorisers("carla"), nil, "no authoriser_unfit"},
	{"An Authorisation administrator reassigns nothing of a company out of reach", "ada", DocumentReassign, doc(documents.Authorisation, route("anna"), of("garage")), authorisers("bob"), reachesOnly("bob", "garage"), "no no_company_access"},
	{"A Client user does not reassign", "carla", DocumentReassign, authorised, authorisers("anna"), nil, "no role_missing"},
	{"An Authorisation administrator withdraws what is pending", "ada", DocumentWithdraw, authorised, With{}, nil, "yes administrator"},
	{"What nobody is in turn on is not withdrawn", "ada", DocumentWithdraw, toBook, With{}, nil, "no no_route_pending"},
	{"An Authorisation administrator withdraws nothing of a company out of reach", "ada", DocumentWithdraw, doc(documents.Authorisation, route("anna"), of("garage")), With{}, nil, "no no_company_access"},
	{"An Authoriser does not withdraw", "bob", DocumentWithdraw, authorised, With{}, nil, "no role_missing"},

	{"An Accountant returns what is to be booked", "bram", DocumentReturn, toBook, With{}, nil, "yes booker"},
	{"What was booked is not returned", "bram", DocumentReturn, archived, With{}, nil, "no wrong_stage"},
	{"A Client user does not return", "carla", DocumentReturn, toBook, With{}, nil, "no role_missing"},

	{"An Accountant books", "bram", DocumentBook, toBook, With{}, nil, "yes booker"},
	{"An SME Accountant books", "sam", DocumentBook, toBook, With{}, nil, "yes booker"},
	{"What is with an authoriser is not booked", "bram", DocumentBook, authorised, With{}, nil, "no wrong_stage"},
	{"Nobody books without a link", "bram", DocumentBook, toBook, With{}, unlinked("bram", "exact"), "no not_linked"},
	{"A link to another accounting system does not count", "bram", DocumentBook, toBook, With{}, all(unlinked("bram", "exact"), linked("bram", "twinfield", "theo@twinfield")), "no not_linked"},
	{"The accounting-system user must reach the company there", "sam", DocumentBook, doc(documents.Booking, of("garage")), With{}, reachesOnly("sam", "bakery", "garage"), "no not_linked"},
	{"Nobody books before the accounting password was found right", "bram", DocumentBook, toBook, With{}, unverified("bram", "exact"), "no link_not_verified"},
	{"Nobody books in a company out of reach", "bram", DocumentBook, doc(documents.Booking, of("florist")), With{}, nil, "no no_company_access"},
	{"A Super user does not book", "rosa", DocumentBook, toBook, With{}, nil, "no role_missing"},

	{"An Accountant with the bank right changes an IBAN while booking", "bram", DocumentChangeBankDetails, toBook, With{}, bankRight("bram"), "yes booker"},
	{"Nobody changes an IBAN without the bank right", "bram", DocumentChangeBankDetails, toBook, With{}, nil, "no right_missing"},
	{"The bank right does nothing without a booking role", "carla", DocumentChangeBankDetails, toBook, With{}, bankRight("carla"), "no role_missing"},
	{"An IBAN is changed while booking only", "bram", DocumentChangeBankDetails, archived, With{}, bankRight("bram"), "no wrong_stage"},
	{"An IBAN is not changed without a link", "bram", DocumentChangeBankDetails, toBook, With{}, all(bankRight("bram"), unlinked("bram", "exact")), "no not_linked"},
	{"An IBAN is not changed before the accounting password was found right", "bram", DocumentChangeBankDetails, toBook, With{}, all(bankRight("bram"), unverified("bram", "exact")), "no link_not_verified"},
}
