module github.com/mandaat/mandaat/officefile

go 1.26.0

require (
	github.com/google/go-cmp v0.7.0
	github.com/mandaat/mandaat v0.0.0
	go.yaml.in/yaml/v4 v4.0.0
	golang.org/x/text v0.43.0
	pgregory.net/rapid v1.3.0
)

require github.com/santhosh-tekuri/jsonschema/v6 v6.0.3

replace github.com/mandaat/mandaat => ../
