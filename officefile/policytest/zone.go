package policytest

import (
	"time"
	_ "time/tzdata" // the zones, wherever the tests run
)

// zone is a time zone that there is.
func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the zones are in the program
	}
	return z
}
