// Package policytest is for tests of who may do what in an office.
package policytest
