// Package review gives the answers about an office that people check: why not and
// who could change that, which roles would suffice, what differs between two
// offices, and what an access review would object to. Every answer comes from the
// policy's own rows and is held against asking the policy again; nothing here
// restates a rule.
package review
