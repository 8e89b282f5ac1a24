// Package admin changes an office. Every change is a command, given by a user at a
// moment, and allowed or refused by the policy, as the office stands by then: there
// is no other way to change an office with this package. Nobody holds what no one
// with the right to give it gave, and no command leaves a day without a Super user,
// an accounting system without a fit synchronisation user, an invalid set of roles
// or a reference to what is not there.
//
// A command gives a new office and the events that say what happened, or it is
// refused for every reason there is, and nothing happened. What it was given never
// changes. From an office and its events, Replay makes the same office again.
package admin
