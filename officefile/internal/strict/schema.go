package strict

import (
	"fmt"
	"slices"
	"strings"
)

// Schema is what a value must look like, as far as JSON Schema 2020-12 can tell:
// for editors, and for whoever writes a file by program. Its fields are keywords
// of JSON Schema and are written in this order. The zero Schema takes anything.
type Schema struct {
	// Name is what the schema is called among the definitions of the whole, where it
	// stands once. One without a name stands wherever it is used.
	Name string `json:"-"`

	Dialect     string `json:"$schema,omitempty"`
	ID          string `json:"$id,omitempty"`
	Ref         string `json:"$ref,omitempty"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`

	Type    string   `json:"type,omitempty"`
	Const   any      `json:"const,omitempty"`
	Enum    []string `json:"enum,omitempty"`
	Minimum *int     `json:"minimum,omitempty"`
	Maximum *int     `json:"maximum,omitempty"`

	MinLength int    `json:"minLength,omitempty"`
	MaxLength int    `json:"maxLength,omitempty"` // in characters
	Pattern   string `json:"pattern,omitempty"`   // in what Go and ECMAScript have in common
	Format    string `json:"format,omitempty"`

	PrefixItems []Schema `json:"prefixItems,omitempty"`
	Items       any      `json:"items,omitempty"` // a Schema, or false
	MinItems    int      `json:"minItems,omitempty"`
	MaxItems    int      `json:"maxItems,omitempty"`
	UniqueItems bool     `json:"uniqueItems,omitempty"`

	Properties    Properties `json:"properties,omitempty"`
	Required      []string   `json:"required,omitempty"`
	MinProperties int        `json:"minProperties,omitempty"`
	PropertyNames *Schema    `json:"propertyNames,omitempty"`
	Additional    any        `json:"additionalProperties,omitempty"` // a Schema, or false

	AllOf []Schema `json:"allOf,omitempty"`
	AnyOf []Schema `json:"anyOf,omitempty"`
	Not   *Schema  `json:"not,omitempty"`
	If    *Schema  `json:"if,omitempty"`
	Then  *Schema  `json:"then,omitempty"`
	Else  *Schema  `json:"else,omitempty"`

	Examples []string `json:"examples,omitempty"`
	// Expected is what an editor says of any other value, in place of words of its
	// own. To JSON Schema it is an annotation.
	Expected string `json:"errorMessage,omitempty"`

	Definitions Properties `json:"$defs,omitempty"`

	of *Schema // the definition that Ref will lead to
}

// Properties is a JSON object of schemas, in its order.
type Properties []Property

// Property is one of them.
type Property struct {
	Name   string
	Schema Schema
}

// TextLike is a text of a pattern, in the words of whoever expects it.
func TextLike(expected, pattern string) Schema {
	s := SpeltLike(expected, pattern)
	s.Expected += "; quote what could be a number, true, false or null"
	return s
}

// AnyText is any text.
var AnyText = TextLike("a text", "")

// SpeltLike is a text of a pattern that needs no quotes, such as a date: that is a text
// to JSON and to YAML 1.2.
func SpeltLike(expected, pattern string) Schema {
	return Schema{Type: "string", Pattern: pattern, Expected: "expected " + expected}
}

// Called is the schema as a definition of that name.
func (s Schema) Called(name string) Schema {
	s.Name = name
	return s
}

// AtMost is the text with so many characters at most.
func (s Schema) AtMost(characters int) Schema {
	s.MaxLength = characters
	return s
}

// Such is the text with examples of what it may well be.
func (s Schema) Such(examples ...string) Schema {
	s = s.used()
	s.Examples = examples
	return s
}

// Except is the text that is not a certain word; expected is what to write instead.
func (s Schema) Except(word, expected string) Schema {
	s = s.used()
	s.If = &Schema{Const: word}
	s.Then = &Schema{Type: "null", Expected: "expected " + expected} // which a word is not; editors say nothing of their own of a schema that takes nothing
	return s
}

// Or is the schema with what an editor says of any other value.
func (s Schema) Or(expected string) Schema {
	s.Expected = "expected " + expected
	return s
}

// used is the schema where it is used: a definition stays as it is.
func (s Schema) used() Schema {
	if s.Name != "" {
		return Schema{of: &s}
	}
	return s
}

// TrueOrFalse is the two truth values.
var TrueOrFalse = Schema{Type: "boolean", Expected: "expected true or false"}

// Word is one certain text.
func Word(word, expected string) Schema {
	return Schema{Type: "string", Const: word, Expected: "expected " + expected}
}

// WholeLike is a whole number from low to high.
func WholeLike(low, high int, expected string) Schema {
	s := Schema{Type: "integer", Minimum: &low, Maximum: &high, Expected: "expected " + expected}
	if low == high {
		s.Minimum, s.Maximum, s.Const = nil, nil, low
	}
	return s
}

// ListLike is a list of elements.
func ListLike(expected string, element Schema) Schema {
	return Schema{Type: "array", Items: element, Expected: "expected " + expected}
}

// MappingLike is a mapping with any keys and values of the given kinds.
func MappingLike(expected string, keys, values Schema) Schema {
	return Schema{Type: "object", PropertyNames: &keys, Additional: values, Expected: "expected " + expected}
}

// AnyOf is what at least one of several takes.
func AnyOf(several ...Schema) Schema { return Schema{AnyOf: several} }

// Codes is a closed list of words, each the code of a value.
func Codes[V fmt.Stringer](all []V) Schema {
	words := make([]string, len(all))
	for i, v := range all {
		words[i] = v.String()
	}
	return Words(words)
}

// Words is a closed list of words.
func Words(words []string) Schema { return Schema{Type: "string", Enum: words} }

// About is the schema with what is said of the value where it is used.
func (s Schema) About(description string) Schema {
	s = s.used()
	s.Description = description
	return s
}

// Each goes through the schema and every schema in it, definitions where they are
// used.
func (s Schema) Each(see func(Schema)) {
	see(s)
	for _, below := range s.below() {
		below.Each(see)
	}
}

// below is every schema right in this one.
func (s Schema) below() []Schema {
	list := slices.Concat(s.PrefixItems, s.AllOf, s.AnyOf)
	for _, one := range []*Schema{s.of, s.PropertyNames, s.Not, s.If, s.Then, s.Else} {
		if one != nil {
			list = append(list, *one)
		}
	}
	for _, some := range []any{s.Items, s.Additional} {
		if one, ok := some.(Schema); ok {
			list = append(list, one)
		}
	}
	for _, p := range s.Properties {
		list = append(list, p.Schema)
	}
	return list
}

// Schema is what a mapping of this shape looks like.
func (s Shape[T]) Schema() Schema {
	what := Schema{Name: s.definition(), Title: s.Title(), Type: "object", Additional: false}
	for _, key := range s.Keys {
		what.Properties = append(what.Properties, Property{key.name, key.takes().About(key.about)})
		if !key.optional {
			what.Required = append(what.Required, key.name)
		}
	}
	return what
}

// Title is the shape as a heading: "an accounting system" is "Accounting system".
func (s Shape[T]) Title() string {
	noun := strings.TrimPrefix(strings.TrimPrefix(s.Name, "a "), "an ")
	return strings.ToUpper(noun[:1]) + noun[1:]
}

// definition is the shape as a name among others: "accounting_system".
func (s Shape[T]) definition() string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return '_'
		}
		return r
	}, strings.ToLower(s.Title()))
}
