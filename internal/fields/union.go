package fields

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mandaat/mandaat/internal/strictjson"
	"github.com/mandaat/mandaat/problems"
)

// Named is a value of a closed list of types, each with a name of its own.
type Named interface{ Name() string }

// Variant is one type of a union.
type Variant[I Named] struct {
	name string
	is   func(v I) bool
	any  func(c *Coder, v I) I
}

// Of is the variant of a type whose fields are gone through so.
func Of[I, T Named](through func(v *T, c *Coder)) Variant[I] {
	var zero T
	is := func(v I) bool { _, ok := any(v).(T); return ok }
	return Variant[I]{zero.Name(), is, func(c *Coder, v I) I {
		value, _ := any(v).(T) // zero where it is yet to be read
		through(&value, c)
		return any(value).(I) //nolint:errcheck,forcetypeassert // a variant is made for types of the union
	}}
}

// Union is a closed list of types, told apart by a field with their name.
type Union[I Named] struct {
	key      string
	variants []Variant[I]
}

// UnionOf is the union of the given types, whose name is written under key.
func UnionOf[I Named](key string, variants ...Variant[I]) *Union[I] { return &Union[I]{key, variants} }

// Names is the names of the types, in order.
func (u *Union[I]) Names() []string {
	names := make([]string, len(u.variants))
	for i, v := range u.variants {
		names[i] = v.name
	}
	return names
}

// Describe is the fields of a type.
func (u *Union[I]) Describe(name string) []Field {
	var none I
	c := Coder{}
	if v, ok := u.variant(name); ok {
		v.any(&c, none)
	}
	return c.fields
}

func (u *Union[I]) variant(name string) (Variant[I], bool) {
	i := slices.IndexFunc(u.variants, func(v Variant[I]) bool { return v.name == name })
	if i < 0 {
		return Variant[I]{}, false
	}
	return u.variants[i], true
}

func (u *Union[I]) expected() string {
	return "one of " + strings.Join(u.Names(), ", ")
}

// Through goes through the name and the fields of a value. What it reads is v
// afterwards.
func (u *Union[I]) Through(c *Coder, v *I) {
	name := ""
	if c.mode != reading {
		// A value is known by its type: what it says its name is may not be so.
		i := slices.IndexFunc(u.variants, func(variant Variant[I]) bool { return variant.is(*v) })
		if i < 0 {
			c.list.Add(u.key, found(*v), u.expected())
			return
		}
		name = u.variants[i].name
	}
	known := func(s string) bool { _, ok := u.variant(s); return ok }
	Need(c, u.key, &name, text[string](u.expected(), known))
	if variant, ok := u.variant(name); ok {
		*v = variant.any(c, *v)
		return
	}
	c.in = nil // which keys there may be is not known either
}

// found is what stands where no type of the union does.
func found(v any) string {
	if v == nil {
		return "nothing"
	}
	return fmt.Sprintf("a %T", v)
}

// Text is what writes and reads a whole JSON text.
type Text[T any] struct {
	kind     Kind[T]
	maxBytes int
}

// TextOf is the text of values described by their fields.
func TextOf[T any](expected string, maxBytes int, fields func(c *Coder, v *T)) Text[T] {
	return Text[T]{Object(expected, fields), maxBytes}
}

// Read reads one value, or says all that is wrong with it.
func (t Text[T]) Read(data []byte) (T, error) {
	var none T
	in, err := strictjson.Parse(data, t.maxBytes)
	if err != nil {
		return none, err
	}
	v, err := t.kind.Read(in)
	if err != nil {
		return none, err
	}
	return v, nil
}

// Write writes a value on one line, or says all that is wrong with it.
func (t Text[T]) Write(v T) ([]byte, error) {
	if err := t.kind.Check(v); err != nil {
		return nil, err
	}
	text := t.kind.Append(nil, v)
	if len(text) > t.maxBytes {
		return nil, &problems.Problem{Found: strconv.Itoa(len(text)) + " bytes", Expected: "at most " + strconv.Itoa(t.maxBytes) + " bytes"}
	}
	return text, nil
}

// Check is all that is wrong with a value.
func (t Text[T]) Check(v T) error { return t.kind.Check(v) }

// Note adds a problem at a field, for what a field's own kind cannot know.
func (c *Coder) Note(key, found, expected string) { c.list.Add(key, found, expected) }

// Err is all that was wrong so far.
func (c *Coder) Err() error { return c.list.Err() }
