// Package policy answers who may do what in an office.
//
// A decision is a pure function of a word of facts. Every fact (facts.go) is one
// bit that can only help: what could not be established is 0, and 0 denies. A
// rule (rules.go, the whole policy on one page) is a row of data that opens
// actions to somebody (For) under conditions (When). An action (actions.go) is
// allowed when the facts it always needs hold and one of its rules holds.
//
// Compile an office into a [Snapshot] once and ask it from any number of
// goroutines: [Snapshot.Check] for a bare decision, [Snapshot.Explain] for the
// reason, the rule and its source, [Snapshot.Subject] to ask many questions for
// one user, [Snapshot.Place] and [Subject.May] for many questions about one thing, and
// lists: [Subject.Actions], [Subject.Among], [Subject.AmongGroup], [Filter], [Subject.Companies],
// [Subject.Users], [Subject.Connections] and [Snapshot.Subjects]. Nothing here takes a
// context, reads a clock or keeps state. A denial is an answer, not an error; whatever
// is unknown, missing or unreadable denies.
package policy
