// Package load is the workload that every engine is measured on: an accounting
// office, its documents and the questions asked of them, as plain data drawn from
// a seed. It knows no engine and no rules; what it draws is only shaped so that
// each action is allowed about as often as it is denied.
package load

import "errors"

// Office is what every engine is loaded with.
type Office struct {
	Systems   []System
	Companies []Company
	Users     []User // their place in the list is their number, for engines that know numbers only
}

// System is an accounting system.
type System struct{ ID string }

// Company is a company that the office keeps the books of.
type Company struct {
	ID     string
	System int // place in Systems
}

// User is somebody who asks.
type User struct {
	ID        string
	Roles     []string // the codes; always a valid set
	Companies []int    // places in Companies, sorted; those who reach all share one slice
	Active    bool     // false: an end date in the past
	Archive   bool     // the archive right all
	Bank      bool     // the bank right
	Links     []Link   // at most one for each system
}

// Link is a link to a user of an accounting system.
type Link struct {
	System   int
	Verified bool  // the password was entered and found right
	Reach    []int // companies reached there, sorted; nil is all
}

// The stages of a document.
const (
	Tagging       = "tagging"
	Authorisation = "authorisation"
	Booking       = "booking"
	Archived      = "archived"
)

// Document is a document of a company.
type Document struct {
	ID           string
	Company      int
	DeliveredBy  int    // a user
	Stage        string // one of the four
	InTurn       int    // the authoriser in turn; -1 where no route is pending
	EverAssigned bool
}

// The actions, by their codes.
const (
	View              = "document.view"
	Split             = "document.split"
	Merge             = "document.merge"
	Tag               = "document.tag"
	Assign            = "document.assign"
	Approve           = "document.approve"
	Reject            = "document.reject"
	Reassign          = "document.reassign"
	Withdraw          = "document.withdraw"
	Return            = "document.return"
	Book              = "document.book"
	ChangeBankDetails = "document.change_bank_details"
	UserView          = "user.view"
)

// Actions lists them: the twelve of documents, then that of users.
func Actions() []string {
	return []string{
		View, Split, Merge, Tag, Assign, Approve, Reject, Reassign, Withdraw, Return, Book, ChangeBankDetails,
		UserView,
	}
}

// Question is one decision.
type Question struct {
	User     int
	Action   string
	Document int // place in Workload.Documents; -1 for UserView
	Target   int // the user asked about, for UserView; -1 otherwise

	// Fit is what the action is asked with, already judged, for engines that only
	// decide: a rejection comes with a comment, those named to authorise are fit,
	// the other document may be merged with this one. It is true for actions that
	// are asked with nothing.
	Fit bool
	// Named is who is to authorise, for Assign and Reassign.
	Named []int
	// Other is the document to merge with, for Merge; -1 otherwise. A fit one is
	// of the same company, deliverer and stage; an unfit one differs in company or
	// deliverer.
	Other int
}

// Asked is how many documents at most the questions are about: the first ones.
// Engines that keep documents themselves need keep no others, unless they list.
const Asked = 10_000

// Workload is an office, its documents and what is asked. Nobody changes it.
type Workload struct {
	Office    Office
	Documents []Document
	Mixed     []Question // every action
	Views     []Question // View alone
	Books     []Question // Book alone
	UserViews []Question // UserView alone
	Listers   []int      // users whose documents are listed: a client user, an administrator, two bookers
}

// Asking is the lists of questions together, for engines that look ahead.
func (w *Workload) Asking() [][]Question {
	return [][]Question{w.Mixed, w.Views, w.Books, w.UserViews}
}

// ErrTooMany is what List returns for more documents than an engine can hold.
var ErrTooMany = errors.New("more documents than the engine can hold")

// Engine is one way to decide. A zero engine is loaded once, then asked.
type Engine interface {
	// Load takes the office in, and of the documents what the engine itself keeps;
	// other engines are given documents with the questions.
	Load(w *Workload) error
	// Prepare makes ready what a service could keep between questions, and gives
	// the check of question i. Making it ready is not measured.
	Prepare(w *Workload, qs []Question) (check func(i int) bool, err error)
	// List makes ready the first n documents, and gives the count of those that a
	// user may view, by the best means the engine has. It may return ErrTooMany.
	List(w *Workload, n int) (count func(user int) int, err error)
	// Close frees what Load took.
	Close() error
}
