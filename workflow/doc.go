// Package workflow moves documents: it delivers, splits, merges, tags, assigns,
// approves, rejects, reassigns, withdraws, returns and books them. Every move is a
// command, given by a user at a moment, and allowed or refused by the policy. The
// moves themselves are package documents'; they ask nobody, and this package is
// where somebody is asked.
//
// A command gives the documents that there are now and an event that says what
// happened, or it is refused, and nothing happened. What it was given never changes,
// and the library keeps no documents: whoever embeds it stores what comes back.
// From documents and the events about them, Replay makes the same documents again.
package workflow
