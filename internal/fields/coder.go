// Package fields writes, reads and checks plain values as JSON objects, each
// described once: a value's fields are gone through in order, and what goes
// through them decides which of the three it is. So what is written can be read,
// what is read was checked, and neither can forget a field the other has.
package fields

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/mandaat/mandaat/internal/strictjson"
	"github.com/mandaat/mandaat/problems"
)

// Coder goes through the fields of one value.
type Coder struct {
	mode   mode
	in     map[string]any
	out    []byte
	fields []Field
	list   problems.List
}

type mode uint8

const (
	checking mode = iota
	reading
	writing
)

// Field is what there is to know of a field.
type Field struct {
	Key      string
	Optional bool
	Expected string
	// Fields is those of its value, or of each element of it; nil where that has none.
	Fields func() []Field
}

// Kind says how values of a type are read from JSON, written to it and checked.
type Kind[T any] struct {
	Expected string
	// Fields is those that a value, or each element of it, has; nil where it has none.
	Fields func() []Field
	// Read takes what strictjson.Parse gives.
	Read func(any) (T, error)
	// Append writes the value behind dst.
	Append func(dst []byte, v T) []byte
	// Check is what is wrong with a value, whoever made it.
	Check func(T) error
}

// Need is a field that must be there.
func Need[T any](c *Coder, key string, v *T, k Kind[T]) {
	through(c, Field{key, false, k.Expected, k.Fields}, v, k, true)
}

// OmitZero is a field that may be absent, which is the zero value.
func OmitZero[T comparable](c *Coder, key string, v *T, k Kind[T]) {
	var zero T
	through(c, Field{key, true, k.Expected, k.Fields}, v, k, *v != zero)
}

// through goes through one field. Whether there is something to write or to check
// is the caller's to say; whether there is something to read, the input's.
func through[T any](c *Coder, f Field, v *T, k Kind[T], given bool) {
	c.fields = append(c.fields, f)
	if c.mode == reading {
		var in any
		if in, given = c.in[f.Key]; given {
			read, err := k.Read(in)
			if err != nil {
				c.list.AddAt(f.Key, err)
				return
			}
			*v = read
		} else if !f.Optional {
			c.list.Add(f.Key, "nothing", f.Expected)
		}
	}
	if !given {
		return
	}
	c.list.AddAt(f.Key, k.Check(*v))
	if c.mode == writing {
		c.out = k.Append(c.key(f.Key), *v)
	}
}

// key writes a key, and a comma before it where it is not the first.
func (c *Coder) key(key string) []byte {
	if len(c.out) > 0 && c.out[len(c.out)-1] != '{' {
		c.out = append(c.out, ',')
	}
	return append(String(c.out, key), ':')
}

// unknown notes the keys of the input that were not gone through.
func (c *Coder) unknown() {
	var strange []string
	for key := range c.in {
		if !slices.ContainsFunc(c.fields, func(f Field) bool { return f.Key == key }) {
			strange = append(strange, key)
		}
	}
	slices.Sort(strange)
	for _, key := range strange {
		c.list.Add("", "the key "+problems.Quote(key), c.expectedKeys())
	}
}

func (c *Coder) expectedKeys() string {
	keys := make([]string, len(c.fields))
	for i, f := range c.fields {
		keys[i] = f.Key
	}
	return "one of " + strings.Join(keys, ", ")
}

// Object is the kind of a value within another, described by its fields.
func Object[T any](expected string, fields func(c *Coder, v *T)) Kind[T] {
	return Kind[T]{
		Expected: expected,
		Fields: func() []Field {
			var c Coder
			fields(&c, new(T))
			return c.fields
		},
		Read: func(in any) (v T, err error) {
			members, ok := in.(map[string]any)
			if !ok {
				return v, Wrong(in, expected)
			}
			c := Coder{mode: reading, in: members}
			fields(&c, &v)
			c.unknown()
			return v, c.list.Err()
		},
		Append: func(dst []byte, v T) []byte {
			c := Coder{mode: writing, out: append(dst, '{')}
			fields(&c, &v)
			return append(c.out, '}')
		},
		Check: func(v T) error {
			c := Coder{}
			fields(&c, &v)
			return c.list.Err()
		},
	}
}

// Wrong is the problem that something else was expected.
func Wrong(found any, expected string) error {
	return &problems.Problem{Found: strictjson.Kind(found), Expected: expected}
}

// String writes a text as JSON, without the escapes that only web pages need.
func String(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for i := range len(s) {
		switch b := s[i]; {
		case b == '"' || b == '\\':
			dst = append(dst, '\\', b)
		case b < 0x20 || b == 0x7f:
			dst = append(dst, '\\', 'u', '0', '0', hex[b>>4], hex[b&0xf])
		default:
			dst = append(dst, b)
		}
	}
	return append(dst, '"')
}

// whole reads a number that is whole and fits.
func whole(in any, expected string) (int64, error) {
	n, ok := in.(json.Number)
	if !ok {
		return 0, Wrong(in, expected)
	}
	i, err := n.Int64()
	if err != nil {
		return 0, &problems.Problem{Found: cmp.Or(n.String(), "nothing"), Expected: expected}
	}
	return i, nil
}
