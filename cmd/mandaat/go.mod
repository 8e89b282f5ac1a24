module github.com/mandaat/mandaat/cmd/mandaat

go 1.26

require (
	github.com/mandaat/mandaat v0.0.0
	github.com/mandaat/mandaat/officefile v0.0.0
)

replace (
	github.com/mandaat/mandaat => ../../
	github.com/mandaat/mandaat/officefile => ../../officefile
)
