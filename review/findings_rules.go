package review

import (
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/words"
)

// The rules by their place in the table.
const (
	r1 = iota
	r2
	r3
	r4
	r5
	r6
	o1
	o2
	o3
	o4
	o5
	o6
	o7
	o8
	o9
	o10
	o11
	o12
	o13
	o14
	o15
	o16
	o17
	o18
	s1
	s2
	s3
	s4
	s5
	s6
	ruleCount
)

// Where the rules come from besides the articles: what a review of access looks at.
const (
	onDuties     = "ISO/IEC 27001 A.5.3, SOC 2 CC6.3" // segregation of duties
	onIdentities = "ISO/IEC 27001 A.5.16"             // one identity, one person
	onRights     = "ISO/IEC 27001 A.5.18"             // rights that are needed, and reviewed
	onPrivileged = "ISO/IEC 27001 A.8.2"              // the few who may do most
	onMinimal    = "GDPR art. 25"                     // no more personal data than is needed
)

// findingRules is every rule, at its place. R1 to R4 are said by package roles.
var findingRules = [ruleCount]Rule{
	r1: ofSet("R1", roles.SetOf(roles.ClientUser, roles.RestrictedClientUser)),
	r2: ofSet("R2", roles.SetOf(roles.Accountant, roles.SMEAccountant)),
	r3: ofSet("R3", 0),
	r4: ofSet("R4", roles.SetOf(roles.Accountant)),
	r5: row("R5", roles.Advice, "SETTINGS, ROLES",
		words.Say("A Super user or Accountant is not Authorisation administrator where nobody else administers the authorisation workflow.")),
	r6: row("R6", roles.Warning, "ADD",
		words.Say("Nobody chose who pays for an Authoriser, while a company in reach has a payment agreement.")),
	o1: row("O1", roles.Error, "SETTINGS, "+onPrivileged,
		words.Say("There is no active Super user.")),
	o2: row("O2", roles.Warning, onPrivileged,
		words.Say("There is only one active Super user.")),
	o3: row("O3", roles.Error, "SYNC",
		words.Say("A synchronisation user is inactive, has no link with the rights that takes, or lacks a company of the system.")),
	o4: row("O4", roles.Advice, "SYNC",
		words.Say("A synchronisation user is not a Super user.")),
	o5: row("O5", roles.Warning, "SYNC",
		words.Say("The connection to an accounting system is lost.")),
	o6: row("O6", roles.Warning, "ROLES, SETTINGS",
		words.Say("Somebody with a booking role has no verified link in the accounting system of a company they reach.")),
	o7: row("O7", roles.Warning, "SETTINGS, "+onRights,
		words.Say("Somebody without a booking role is linked to an accounting-system user.")),
	o8: row("O8", roles.Warning, "TIPS, SETTINGS, "+onRights,
		words.Say("Somebody without a booking role has the bank right, which has no effect.")),
	o9: row("O9", roles.Warning, "SETTINGS, "+onMinimal,
		words.Say("A Restricted client user sees the whole archive.")),
	o10: row("O10", roles.Warning, "SETTINGS, "+onMinimal,
		words.Say("A client-side user will reach every company that is created later.")),
	o11: row("O11", roles.Warning, "ADD, "+onIdentities,
		words.Say("Users share an address.")),
	o12: row("O12", roles.Error, "ADD",
		words.Say("A company is to pay for a user without a payment agreement.")),
	o13: row("O13", roles.Warning, "ROLES, SETTINGS",
		words.Say("A company uses the authorisation workflow, and no active Authoriser reaches it.")),
	o14: row("O14", roles.Error, "SETTINGS, "+onPrivileged,
		words.Say("A day is ahead without an active Super user.")),
	o15: row("O15", roles.Warning, "SETTINGS, "+onIdentities,
		words.Say("Users are linked to the same accounting-system user.")),
	o16: row("O16", roles.Warning, onRights,
		words.Say("A user has access to no company.")),
	o17: row("O17", roles.Warning, "ROLES",
		words.Say("A company uses the authorisation workflow, and no active Authorisation administrator reaches it.")),
	o18: row("O18", roles.Error, "ROLES, SETTINGS",
		words.Say("A document waits for somebody who cannot authorise it.")),
	s1: row("S1", roles.Warning, onDuties,
		words.Say("Somebody books and approves in one company.")),
	s2: row("S2", roles.Warning, onDuties,
		words.Say("Somebody tags or assigns, and approves, in one company.")),
	s3: row("S3", roles.Warning, onDuties+", GDPR art. 32",
		words.Say("Somebody changes bank details and approves in one company.")),
	s4: row("S4", roles.Error, onDuties+", GDPR art. 32",
		words.Say("Somebody delivers, books, changes bank details and approves in one company.")),
	s5: row("S5", roles.Warning, onDuties,
		words.Say("Somebody administers authorisation and authorises in one company.")),
	s6: row("S6", roles.Advice, "ROLES, ISO/IEC 27001 A.5.3, A.8.2",
		words.Say("A Super user has a role in the document flow.")),
}

func row(id string, level roles.Level, source string, title words.Sentence) Rule {
	return Rule{id, level, source, title.In(words.English)}
}

// ofSet is a rule as package roles says it of a set that shows it.
func ofSet(id string, shows roles.Set) Rule {
	for f := range shows.Findings() {
		if f.ID == id {
			return Rule{f.ID, f.Level, f.Source, f.Message}
		}
	}
	return Rule{}
}
