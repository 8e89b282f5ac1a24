package schematest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Value is what an editor makes of the first document of a text.
func Value(text []byte) (any, error) {
	root, err := node(text)
	if err != nil && json.Valid(text) { // it has escapes that this reader of YAML does not know
		return fromJSON(text)
	}
	if err != nil {
		return nil, err
	}
	c := converter{within: map[*yaml.Node]bool{}}
	value, _ := c.value(root)
	if c.values > most {
		return nil, errTooMuch
	}
	return value, nil
}

func fromJSON(text []byte) (value any, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	err = d.Decode(&value)
	return value, err
}

func node(text []byte) (root *yaml.Node, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("the YAML reader gave up: %v", fault)
		}
	}()
	from, err := yaml.NewLoader(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	var first yaml.Node
	if err := from.Load(&first); err != nil {
		return nil, err
	}
	for err == nil { // what is no YAML may also stand in a later document
		err = from.Load(new(yaml.Node))
	}
	if !errors.Is(err, io.EOF) {
		return nil, err
	}
	return first.Content[0], nil
}

// most is how many values a text may come to with its aliases followed.
const most = 1_000_000

var errTooMuch = errors.New("more values than an editor would look at")

// converter follows aliases, though not into what they stand in themselves: there an
// editor sees nothing.
type converter struct {
	within map[*yaml.Node]bool
	values int
}

// value is false where there is nothing to see.
func (c *converter) value(n *yaml.Node) (any, bool) {
	c.values++
	n = follow(n)
	switch {
	case c.within[n] || c.values > most:
		return nil, false
	case n.Kind == yaml.MappingNode:
		m := map[string]any{}
		c.merge(m, n)
		return m, true
	case n.Kind == yaml.SequenceNode:
		return c.list(n), true
	default:
		return scalar(n), true
	}
}

func (c *converter) list(n *yaml.Node) []any {
	c.within[n] = true
	defer delete(c.within, n)
	list := []any{}
	for _, element := range n.Content {
		if v, ok := c.value(element); ok {
			list = append(list, v)
		}
	}
	return list
}

func follow(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// merge takes over the members of a mapping, and of those that it merges. The first
// of a name counts.
func (c *converter) merge(into map[string]any, n *yaml.Node) {
	if c.within[n] {
		return
	}
	c.within[n] = true
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Value == "<<" {
			c.mergeAll(into, follow(value))
			continue
		}
		name := key.Value // to JSON, each key is a text
		v, ok := c.value(value)
		if _, known := into[name]; ok && !known {
			into[name] = v
		}
	}
	delete(c.within, n)
}

func (c *converter) mergeAll(into map[string]any, n *yaml.Node) {
	if n.Kind == yaml.MappingNode {
		c.merge(into, n)
		return
	}
	for _, one := range n.Content {
		if one = follow(one); one.Kind == yaml.MappingNode {
			c.merge(into, one)
		}
	}
}

// What plain values are, by the core schema of YAML 1.2.
var (
	null    = regexp.MustCompile(`^(~|null|Null|NULL)?$`)
	boolean = regexp.MustCompile(`^(true|True|TRUE|false|False|FALSE)$`)
	decimal = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
	other   = regexp.MustCompile(`^(0o[0-7]+|0x[0-9a-fA-F]+)$`)
	endless = regexp.MustCompile(`^([-+]?\.(inf|Inf|INF)|\.nan|\.NaN|\.NAN)$`)
)

// quoted is every style in which a value is a text.
const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle

func scalar(n *yaml.Node) any {
	tagged := n.Style&yaml.TaggedStyle != 0
	if tagged && n.ShortTag() == "!!str" || !tagged && n.Style&quoted != 0 {
		return n.Value
	}
	switch text := n.Value; {
	case null.MatchString(text):
		return nil
	case boolean.MatchString(text):
		return strings.EqualFold(text, "true")
	case decimal.MatchString(text):
		return number(text)
	case other.MatchString(text):
		whole, _ := new(big.Int).SetString(text, 0)
		return json.Number(whole.String())
	case endless.MatchString(text):
		return json.Number("0.5") // a number that is not whole, which JSON has none like
	default:
		return text
	}
}

// number spells a decimal as JSON does: without a plus, without zeros in front, and
// with digits on both sides of a point.
func number(text string) json.Number {
	sign := ""
	if text[0] == '-' {
		sign = "-"
	}
	mantissa, exponent, _ := strings.Cut(strings.ToLower(strings.TrimLeft(text, "+-")), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	spelt := sign + cmp.Or(strings.TrimLeft(whole, "0"), "0")
	if fraction != "" {
		spelt += "." + fraction
	}
	if exponent != "" {
		spelt += "e" + exponent
	}
	return json.Number(spelt)
}
