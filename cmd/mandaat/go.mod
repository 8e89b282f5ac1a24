module github.com/mandaat/mandaat/cmd/mandaat

go 1.26.0

require (
	github.com/gofrs/flock v0.13.0
	github.com/google/go-cmp v0.7.0
	github.com/mandaat/mandaat v0.0.0
	github.com/mandaat/mandaat/officefile v0.0.0
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3
	github.com/spf13/cobra v1.10.2
	github.com/spf13/pflag v1.0.9
	golang.org/x/term v0.47.0
	golang.org/x/text v0.43.0
	pgregory.net/rapid v1.3.0
)

require (
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	go.yaml.in/yaml/v4 v4.0.0 // indirect
	golang.org/x/sys v0.49.0 // indirect
)

replace (
	github.com/mandaat/mandaat => ../../
	github.com/mandaat/mandaat/officefile => ../../officefile
)
