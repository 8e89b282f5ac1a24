package floor

import "github.com/mandaat/mandaat/integration/internal/load"

// What any action needs.
const onDocument = active | access | fit

var (
	managing  = []uint64{client | tagging | onDocument, restricted | tagging | delivered | onDocument}
	approving = []uint64{authoriser | inTurn | onDocument}
	pending   = []uint64{administrator | routePending | onDocument}
)

// rows is the masks of each action. An action is allowed where one of them holds.
var rows = map[string][]uint64{
	load.View: {
		client | openToClients | onDocument,
		restricted | delivered | openToClients | onDocument,
		archiveRight | archived | onDocument,
		authoriser | inTurn | onDocument,
		administrator | routePending | onDocument,
		books | booking | onDocument,
		books | archived | onDocument,
	},
	load.Split: managing, load.Merge: managing, load.Tag: managing, load.Assign: managing,
	load.Approve: approving, load.Reject: approving,
	load.Reassign: pending, load.Withdraw: pending,
	load.Return:            {books | booking | onDocument},
	load.Book:              {books | booking | bookable | onDocument},
	load.ChangeBankDetails: {books | booking | bookable | bankRight | onDocument},
	load.UserView: {
		self | active,
		superUser | active,
		accountant | active,
		sme | shares | clientSide | active,
		sme | authoriser | shares | targetAuthoriser | belowSME | active,
		administrator | shares | belowAdministrator | active,
		administrator | shares | targetAuthoriser | active,
	},
}

var roleFacts = map[string]uint64{
	"super_user": superUser, "accountant": accountant | books, "sme_accountant": sme | books,
	"authorisation_administrator": administrator, "authoriser": authoriser,
	"client_user": client, "restricted_client_user": restricted,
}

func when(ok bool, bits uint64) uint64 {
	if ok {
		return bits
	}
	return 0
}

// factsOf is what holds of a user who asks.
func factsOf(u *load.User) uint64 {
	f := when(u.Active, active) | when(u.Archive, archiveRight) | when(u.Bank, bankRight)
	for _, r := range u.Roles {
		f |= roleFacts[r]
	}
	return f
}

// seenOf is what holds of a user who is asked about.
func seenOf(own uint64) uint64 {
	junior := own&(superUser|books) == 0
	return when(junior && own&(client|restricted) != 0, clientSide) |
		when(own&authoriser != 0, targetAuthoriser) |
		when(junior, belowSME) |
		when(junior && own&administrator == 0, belowAdministrator)
}

func documentOf(d *load.Document) document {
	made := document{number(d.Company), number(d.DeliveredBy), nobody, 0}
	f := when(d.Stage == load.Tagging, tagging) | when(d.Stage == load.Booking, booking) |
		when(d.Stage == load.Archived, archived) |
		when(d.Stage == load.Tagging || !d.EverAssigned, openToClients)
	if d.InTurn >= 0 {
		made.turn = number(d.InTurn)
		f |= routePending
	}
	made.bits = uint32(f) //nolint:gosec // a document's bits are the lowest
	return made
}
