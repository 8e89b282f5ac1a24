package strict

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// dialect is the version of JSON Schema that is written.
const dialect = "https://json-schema.org/draft/2020-12/schema"

// lineWidth is how much of a value stands on one line.
const lineWidth = 120

// address is where the schemas are published, each under its name.
const address = "https://raw.githubusercontent.com/mandaat/mandaat/main/officefile/schema/"

// JSON is the schema as a document of its own, which goes by a name. The definitions that it uses stand below it, in the order in which it comes to
// them. Two of one name that are not alike are a mistake of whoever wrote the
// shapes, and an error.
func (s Schema) JSON(name string) ([]byte, error) {
	d := definitions{at: make(map[string]int)}
	if s.of != nil {
		about := s.Description
		s = *s.of
		s.Description = about
	}
	s.Name = ""
	whole := d.resolved(s)
	whole.Dialect, whole.ID, whole.Definitions = dialect, address+name, d.list
	text, err := compact(whole)
	if err = errors.Join(d.err, err); err != nil {
		return nil, err
	}
	return []byte(laidOut(text, "", 0) + "\n"), nil
}

// definitions gathers what has a name.
type definitions struct {
	list Properties
	at   map[string]int // in list
	raw  []Schema       // each of the list as it was met first
	err  error
}

// resolved is a schema in which whatever has a name is referred to.
func (d *definitions) resolved(s Schema) Schema {
	if s = s.used(); s.of != nil {
		s.Ref = d.refer(*s.of)
		s.of = nil
	}
	s.PrefixItems, s.AllOf, s.AnyOf = d.each(s.PrefixItems), d.each(s.AllOf), d.each(s.AnyOf)
	s.Not, s.If, s.Then, s.Else, s.PropertyNames = d.one(s.Not), d.one(s.If), d.one(s.Then), d.one(s.Else), d.one(s.PropertyNames)
	s.Items, s.Additional = d.any(s.Items), d.any(s.Additional)
	properties := s.Properties
	s.Properties = nil
	for _, p := range properties {
		s.Properties = append(s.Properties, Property{p.Name, d.resolved(p.Schema)})
	}
	return s
}

// refer defines a schema, once, and is where it is found.
func (d *definitions) refer(s Schema) string {
	i, known := d.at[s.Name]
	switch {
	case !known:
		i = len(d.list)
		d.at[s.Name] = i
		d.list, d.raw = append(d.list, Property{Name: s.Name}), append(d.raw, s)
		s.Name = ""
		d.list[i].Schema = d.resolved(s)
	case !reflect.DeepEqual(d.raw[i], s):
		d.err = fmt.Errorf("two definitions of %s that are not alike", s.Name)
	}
	return "#/$defs/" + d.list[i].Name
}

func (d *definitions) each(list []Schema) (resolved []Schema) {
	for _, s := range list {
		resolved = append(resolved, d.resolved(s))
	}
	return resolved
}

func (d *definitions) one(s *Schema) *Schema {
	if s == nil {
		return nil
	}
	return new(d.resolved(*s))
}

func (d *definitions) any(v any) any {
	if s, ok := v.(Schema); ok {
		return d.resolved(s)
	}
	return v
}

// MarshalJSON writes an object in the order of the list.
func (list Properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, p := range list {
		name, errName := compact(p.Name)
		value, err := compact(p.Schema)
		if err = errors.Join(errName, err); err != nil {
			return nil, err
		}
		b.WriteByte("{,"[min(i, 1)])
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// compact is a value as JSON in ASCII, since some of the blanks in patterns cannot
// be seen, and without the escapes that only web pages need.
func compact(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	var ascii []byte
	for _, r := range strings.TrimSpace(b.String()) {
		if r < utf8.RuneSelf {
			ascii = utf8.AppendRune(ascii, r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			ascii = fmt.Appendf(ascii, `\u%04x`, unit)
		}
	}
	return ascii, err
}

// laidOut is JSON for people: on one line what fits there behind what stands on the
// line already, and otherwise a line for each member or element.
func laidOut(value json.RawMessage, indent string, taken int) string {
	flat := spaced(value)
	if len(indent)+taken+len(flat) <= lineWidth || value[0] != '{' && value[0] != '[' {
		return flat
	}
	inner := indent + "  "
	var lines []string
	for _, part := range parts(value) {
		text := part.label + laidOut(part.value, inner, len(part.label)+1)
		last := len(lines) - 1
		if plain := part.value[0] != '{' && part.value[0] != '['; value[0] == '[' && plain && last >= 0 && len(lines[last])+len(text)+3 <= lineWidth {
			lines[last] += ", " + text
			continue
		}
		lines = append(lines, inner+text)
	}
	return fmt.Sprintf("%c\n%s\n%s%c", value[0], strings.Join(lines, ",\n"), indent, value[len(value)-1])
}

// part is a member of an object with its name, or an element of a list.
type part struct {
	label string
	value json.RawMessage
}

// parts takes compact JSON apart, one level deep. What was written as JSON is read
// as JSON.
func parts(value json.RawMessage) (all []part) {
	from := json.NewDecoder(bytes.NewReader(value))
	_, _ = from.Token()
	for from.More() {
		var p part
		if value[0] == '{' {
			name, _ := from.Token()
			label, _ := compact(name)
			p.label = string(label) + ": "
		}
		_ = from.Decode(&p.value)
		all = append(all, p)
	}
	return all
}

// spaced is compact JSON with a blank behind each colon and comma.
func spaced(value json.RawMessage) string {
	var b strings.Builder
	quoted, escaped := false, false
	for _, c := range value {
		b.WriteByte(c)
		if c == '"' && !escaped {
			quoted = !quoted
		}
		escaped = c == '\\' && !escaped
		if !quoted && (c == ':' || c == ',') {
			b.WriteByte(' ')
		}
	}
	return b.String()
}
