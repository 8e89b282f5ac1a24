package users_test

import (
	"fmt"
	"time"

	"github.com/mandaat/mandaat/users"
)

// Bob leaves on 1 April: his last working day is 31 March.
func ExampleUser_ActiveOn() {
	bob := users.User{ID: "bob"}
	bob.EndDate, _ = users.ParseDate("2026-04-01")
	for _, text := range []string{"2026-03-31", "2026-04-01"} {
		day, _ := users.ParseDate(text)
		fmt.Println(day, bob.ActiveOn(day))
	}
	// Output:
	// 2026-03-31 true
	// 2026-04-01 false
}

// A link sent at nine works until half past, not at half past.
func ExamplePasswordLink_ValidAt() {
	nine := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	carla := users.User{ID: "carla", Email: "carla@example.com"}
	link := users.SendPasswordLink(carla, nine, users.PasswordLinkMinutes)
	fmt.Println(link.Address, link.ValidAt(nine.Add(29*time.Minute)), link.ValidAt(nine.Add(30*time.Minute)))
	// Output: carla@example.com true false
}
