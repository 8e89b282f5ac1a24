// Package policytest is for the tests of software that uses mandaat, and of role
// configurations: scenario files as subtests, assertions about an office in the
// office's words, and generators of offices, questions and commands for properties of
// your own.
//
// [Run] runs scenario files.
//
// # Assertions
//
// An [Office] is an office at a moment, with documents. It is compiled once and
// asked many times:
//
//	office := policytest.Open(deVries, morning, invoice)
//	office.Can(t, "bram", policy.DocumentBook, office.Document("inv-7"))
//	office.Cannot(t, "anna", policy.DocumentApprove, office.Document("inv-1"), policy.NotInTurn)
//	office.OnlyThese(t, []users.ID{"rosa"}, policy.CompanyDelete, policy.OfCompany("bakery"))
//
// What fails says why: the reason, the code, the rule and its source, and of what
// should have been possible the smallest change that would make it so. A name that
// the office does not know fails the test at once, since a test about nobody proves
// nothing, unless the code that it leads to is what is expected.
//
// [Build] makes a small office for a test in a few lines.
//
// # Generators
//
// [Offices], [SoundOffices], [Users], [Documents], [Questions] and [Commands] draw
// for properties that pgregory.net/rapid checks. Each says what it draws; what fails
// is shrunk to a small office, and printed as an office file.
//
// Nothing here is for use outside of tests.
package policytest
