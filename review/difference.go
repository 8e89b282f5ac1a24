package review

import (
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// Right is one thing that a user may do, told without listing documents.
type Right struct {
	User    users.ID
	Action  policy.Action
	Company companies.ID // of the company or of the documents; empty where none
}

// Difference is what users may do in one office and not in another.
type Difference struct{ Gained, Lost []Right }

// Compare finds the difference between two offices, at a moment.
func Compare(_, _ admin.State, _ time.Time) Difference { return Difference{} }
