package schematest

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"
)

// A file before it is spelt out is made of these, of texts, of bools, and of what is
// written as it stands.
type (
	// Mapping is a mapping in its order; a key may stand there twice.
	Mapping []Member
	// Member is a key, which is mostly a text, with its value.
	Member struct{ Key, Value any }
	// List is a list.
	List []any
	// Plain is what no quotes go around.
	Plain string
)

// strange is values for anywhere: each is right in some places and wrong in others.
var strange = []any{
	Plain("~"), Plain("null"), Plain(""), true, Plain("yes"), Plain("TRUE"), "true", Plain("True"),
	Plain("7"), Plain("0"), Plain("-1"), Plain("1440"), Plain("1441"), Plain("9223372036854775807"), Plain("9223372036854775808"),
	Plain("1.5"), Plain("1.0"), Plain("1e0"), Plain("+2"), Plain("0x10"), Plain("0o7"), Plain("0b11"), Plain("007"), Plain("1_000"), Plain("-0"),
	Plain("1e400"), Plain("0xfffffffffffffffff"), Plain(".5"), Plain(".inf"), Plain(".nan"), Plain("-.inf"), Plain("12e03"), Plain("+.5"),
	Plain("2027-01-31"), "2027-01-31", Plain("2027-1-31"), "2027-02-30", "2028-02-29", "2027-13-01", "31-01-2027", "0000-01-01", Plain("2027-01-31 "),
	Plain("2026-11-22T09:00:00Z"), "2026-11-22T09:00:00.5+01:00", "2026-11-22T24:00:00Z", "2026-11-22t09:00:00z", "2026-11-22T09:00:00", "0000-11-22T09:00:00Z",
	"2026-11-22T09:00:00,5Z", "2026-11-22T09:00:60Z", "2026-11-22T09:00:00.Z", "2026-11-22T09:00:00+24:00", Plain("2026-11-22 09:00:00"),
	"", " ", "\u00a0", "\ufeff", "a@b", "@", "a@", "@a@b", "a@b@", "a b@c", "office", "Office", "all", "All", Plain("all"),
	"UTC", "Local", "Europe/Amsterdam", "..", Plain("<<"), Plain("!!set {}"), Plain("!x y"), Plain("! y"), Plain("!!str 7"), Plain("!!int '1'"),
	"a\u0007b", "a\nb", "a\tb", "a\u0085b", "a\u2028b", "\t", "é", "x\u007f", "\U0001f600",
	strings.Repeat("a", 128), strings.Repeat("a", 129), strings.Repeat("é", 64), strings.Repeat("é", 65), strings.Repeat("\U0001f600", 32), strings.Repeat("\U0001f600", 33),
	strings.Repeat("a", 1024), strings.Repeat("a", 1025), strings.Repeat("é", 512), strings.Repeat("é", 513), strings.Repeat("a", 1022) + "@b", strings.Repeat("a", 1023) + "@b",
	Mapping{},
	List{},
	List{""},
	List{Plain("1")},
	List{"a", "a"},
	List{List{}},
	List{Plain("")},
	Mapping{{"id", "x"}},
	Mapping{{"", ""}},
	Mapping{{Plain("7"), "x"}},
	Mapping{{Plain("[]"), "x"}},
	List{"super_user", "super_user"},
	List{"superuser"},
}

// place is a value somewhere in a file.
type place struct {
	value any
	put   func(any)
}

// places is every value of a tree.
func places(value any, put func(any)) []place {
	all := []place{{value, put}}
	switch v := value.(type) {
	case Mapping:
		for i := range v {
			all = append(all, places(v[i].Value, func(to any) { v[i].Value = to })...)
		}
	case List:
		for i := range v {
			all = append(all, places(v[i], func(to any) { v[i] = to })...)
		}
	}
	return all
}

// copied is a tree that shares nothing with another.
func copied(value any) any {
	switch v := value.(type) {
	case Mapping:
		c := slices.Clone(v)
		for i := range c {
			c[i].Value = copied(c[i].Value)
		}
		return c
	case List:
		c := slices.Clone(v)
		for i := range c {
			c[i] = copied(c[i])
		}
		return c
	default:
		return value
	}
}

// Spell is a file on one line.
func Spell(value any) string {
	switch v := value.(type) {
	case Mapping:
		var members []string
		for _, e := range v {
			members = append(members, Spell(e.Key)+": "+Spell(e.Value))
		}
		return "{" + strings.Join(members, ", ") + "}"
	case List:
		var elements []string
		for _, e := range v {
			elements = append(elements, Spell(e))
		}
		return "[" + strings.Join(elements, ", ") + "]"
	case string:
		var b strings.Builder
		for _, r := range v {
			if r < ' ' || r > '~' || r == '"' || r == '\\' {
				fmt.Fprintf(&b, `\U%08x`, r)
				continue
			}
			b.WriteRune(r)
		}
		return `"` + b.String() + `"`
	default:
		return fmt.Sprint(v)
	}
}

// Mutated is a file with one thing about it changed. words are keys and values of
// such files, which may get where they do not belong.
func Mutated(t *rapid.T, file any, words ...string) any {
	m := mutator{t, words}
	file = copied(file)
	at := rapid.SampledFrom(places(file, func(to any) { file = to })).Draw(t, "place")
	switch v := at.value.(type) {
	case Mapping:
		at.put(m.mapping(v))
	case List:
		at.put(m.list(v))
	case string:
		at.put(m.text(v))
	default:
		at.put(m.anything())
	}
	return file
}

// mutator draws what a value becomes.
type mutator struct {
	*rapid.T
	words []string
}

// oneIn says yes once in so many times.
func (m mutator) oneIn(n int) bool { return rapid.IntRange(1, n).Draw(m.T, "one in") == 1 }

func (m mutator) anything() any {
	if m.oneIn(4) {
		return rapid.SampledFrom(m.words).Draw(m.T, "word")
	}
	return copied(rapid.SampledFrom(strange).Draw(m.T, "strange"))
}

func (m mutator) text(s string) any {
	switch rapid.IntRange(0, 5).Draw(m.T, "text") {
	case 0:
		return s + rapid.SampledFrom([]string{"x", " ", "\n", "\u0301"}).Draw(m.T, "tail")
	case 1:
		return strings.ToUpper(s)
	case 2:
		return List{s}
	default:
		return m.anything()
	}
}

func (m mutator) list(l List) any {
	if len(l) == 0 || m.oneIn(4) {
		return rapid.SampledFrom([]any{m.anything(), append(l, m.anything())}).Draw(m.T, "other list")
	}
	i := rapid.IntRange(0, len(l)-1).Draw(m.T, "element")
	switch rapid.IntRange(0, 2).Draw(m.T, "list") {
	case 0:
		return slices.Delete(l, i, i+1)
	case 1:
		return append(l, copied(l[i]))
	default:
		return slices.Insert(l, i, m.anything())
	}
}

func (m mutator) mapping(old Mapping) any {
	if len(old) == 0 || m.oneIn(6) {
		return rapid.SampledFrom([]any{m.anything(), append(old, Member{m.strangeKey(), m.anything()})}).Draw(m.T, "other mapping")
	}
	i := rapid.IntRange(0, len(old)-1).Draw(m.T, "key")
	one := old[i]
	switch rapid.IntRange(0, 5).Draw(m.T, "mapping") {
	case 0:
		return slices.Delete(old, i, i+1)
	case 1:
		return append(old, Member{m.strangeKey(), m.anything()})
	case 2:
		return append(old, Member{one.Key, copied(one.Value)})
	case 3:
		return append(slices.Delete(old, i, i+1), Member{Plain("<<"), Mapping{one}})
	default:
		old[i].Key = m.misspelt(one.Key)
		return old
	}
}

func (m mutator) strangeKey() any {
	return rapid.SampledFrom([]any{
		rapid.SampledFrom(m.words).Draw(m.T, "known key"), "x", "", "ID", Plain("7"), Plain("~"), Plain("true"), Plain("2027-01-31"),
		Plain("[]"), "a\u0007", strings.Repeat("k", 129),
	}).Draw(m.T, "strange key")
}

func (m mutator) misspelt(key any) any {
	s, ok := key.(string)
	if !ok || s == "" {
		return m.strangeKey()
	}
	return rapid.SampledFrom([]any{strings.ToUpper(s), s[:len(s)-1], s + "s", " " + s, m.strangeKey()}).Draw(m.T, "misspelt")
}

// Tree is the file that a text is.
func Tree(text string) (any, error) {
	root, err := node([]byte(text))
	if err != nil {
		return nil, err
	}
	return treeOf(root), nil
}

func treeOf(n *yaml.Node) any {
	n = follow(n)
	switch {
	case n.Kind == yaml.MappingNode:
		m := Mapping{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m = append(m, Member{treeOf(n.Content[i]), treeOf(n.Content[i+1])})
		}
		return m
	case n.Kind == yaml.SequenceNode:
		l := List{}
		for _, element := range n.Content {
			l = append(l, treeOf(element))
		}
		return l
	case n.ShortTag() == "!!str":
		return n.Value
	default:
		return Plain(n.Value)
	}
}
