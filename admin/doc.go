// Package admin changes an office. Every change is a command, given by a user at a
// moment, and allowed or refused by the policy: there is no other way to change an
// office with this package, so nobody can come by a right that no one with the
// right to give it gave.
//
// A command gives a new office and the events that say what happened, or it is
// refused for every reason there is, and nothing happened. What it was given never
// changes. From an office and its events, Replay makes the same office again.
package admin
