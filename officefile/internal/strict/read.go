package strict

import (
	"regexp"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/problems"
)

// TextOf reads a text. Where the value is a number, a date or the like, it
// complains, and still gives it as it is spelt, so that what refers to it resolves.
func TextOf[S ~string](d *Document, n *yaml.Node) S {
	value := Follow(n)
	if value.Kind != yaml.ScalarNode {
		d.Fault(n, Describe(n), "a text")
		return ""
	}
	switch {
	case value.ShortTag() == "!!str" && !vast(value):
	case value.ShortTag() == "!!null":
		d.Fault(n, Describe(n), "a text")
	default:
		d.Fault(n, Describe(n), "a text; quote it: "+problems.Quote(value.Value))
	}
	return S(value.Value)
}

// number is what is a number to YAML 1.2.
var number = regexp.MustCompile(`^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+)$`)

// vast says whether a value is a number so large that only some readers take it for
// one, and others for a text.
func vast(n *yaml.Node) bool {
	return n.Style == 0 && n.Value != "" && n.Value[0] <= '9' && n.ShortTag() == "!!str" && number.MatchString(n.Value)
}

var flags = map[string]bool{
	"true": true, "True": true, "TRUE": true, "false": false, "False": false, "FALSE": false,
}

// FlagOf reads true or false.
func FlagOf(d *Document, n *yaml.Node) bool {
	value := Follow(n)
	flag, known := flags[value.Value]
	if value.Kind != yaml.ScalarNode || value.ShortTag() != "!!bool" || !known {
		d.Fault(n, Describe(n), "true or false")
		return false
	}
	return flag
}

// WholeOf reads a whole number in plain digits, from low to high.
func WholeOf(d *Document, n *yaml.Node, low, high int, expected string) int {
	value := Follow(n)
	number, err := strconv.Atoi(value.Value)
	plain := err == nil && strconv.Itoa(number) == value.Value // not 010, 0x10, 1_0
	if value.Kind != yaml.ScalarNode || value.ShortTag() != "!!int" || !plain || number < low || number > high {
		d.Fault(n, Describe(n), expected)
		return 0
	}
	return number
}

// CodeOf reads a word of a closed list. What parse says of another word is the
// complaint.
func CodeOf[V any](d *Document, n *yaml.Node, parse func(string) (V, error)) V {
	return parsed(d, n, parse, "!!str")
}

// DateOf reads a date, quoted or not.
func DateOf[V any](d *Document, n *yaml.Node, parse func(string) (V, error)) V {
	return parsed(d, n, parse, "!!str", "!!timestamp")
}

func parsed[V any](d *Document, n *yaml.Node, parse func(string) (V, error), tags ...string) (none V) {
	value := Follow(n)
	word, expected := parse(value.Value)
	if value.Kind == yaml.ScalarNode && expected == nil && slices.Contains(tags, value.ShortTag()) {
		return word
	}
	if expected == nil { // the right spelling, of another type
		_, expected = parse("")
	}
	for _, p := range problems.All(expected) {
		d.Fault(n, Describe(n), p.Expected)
	}
	return none
}

// ListOf reads a list, element by element.
func ListOf[V any](d *Document, n *yaml.Node, expected string, read func(*Document, *yaml.Node) V) []V {
	list := Follow(n)
	if list.Kind != yaml.SequenceNode {
		d.Fault(n, Describe(n), expected)
		return nil
	}
	values := make([]V, len(list.Content))
	for i, element := range list.Content {
		values[i] = read(d, element)
	}
	return values
}

// IsWord says whether a value is a certain text.
func IsWord(n *yaml.Node, word string) bool {
	value := Follow(n)
	return value.Kind == yaml.ScalarNode && value.ShortTag() == "!!str" && value.Value == word
}
