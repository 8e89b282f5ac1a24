module github.com/mandaat/mandaat/examples

go 1.26.0

require (
	github.com/mandaat/mandaat v0.0.0
	github.com/mandaat/mandaat/officefile v0.0.0
)

require (
	go.yaml.in/yaml/v4 v4.0.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)

replace (
	github.com/mandaat/mandaat => ../
	github.com/mandaat/mandaat/officefile => ../officefile
)
