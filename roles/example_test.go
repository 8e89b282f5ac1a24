package roles_test

import (
	"fmt"

	"github.com/mandaat/mandaat/roles"
)

// An office is told what is wrong with a set of roles before it is assigned.
func ExampleSet_Findings() {
	carla := roles.SetOf(roles.ClientUser, roles.RestrictedClientUser)
	for f := range carla.Findings() {
		fmt.Printf("%s %s (%s): %s\n", f.ID, f.Level, f.Source, f.Message)
		fmt.Println("mend:", f.Mend)
	}
	fmt.Println("assignable:", carla.Valid())
	// Output:
	// R1 error (SETTINGS, ROLES, TIPS, ADD): Client user and Restricted client user exclude each other; the restricted one leads.
	// mend: revoke_role client_user
	// assignable: false
}

// A set that should not exist still gets answers: the more limited role leads.
func ExampleSet_Effective() {
	stored := roles.SetOf(roles.Authoriser, roles.ClientUser, roles.RestrictedClientUser)
	fmt.Println(stored.Effective())
	// Output:
	// authoriser, restricted_client_user
}
