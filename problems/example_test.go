package problems_test

import (
	"fmt"

	"github.com/mandaat/mandaat/problems"
)

// Whoever mends an office file sees everything that is wrong with it at once.
func Example() {
	var list problems.List
	list.Add("users[0].email", problems.Quote("anna"), "an address such as name@example.com")
	list.Add("users[3].bill_to", problems.Quote("garage"), "office, or a company of this office")
	fmt.Println(list.Err())
	// Output:
	// users[0].email: found "anna", expected an address such as name@example.com
	// users[3].bill_to: found "garage", expected office, or a company of this office
}
