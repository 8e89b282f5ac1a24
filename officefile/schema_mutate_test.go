package officefile_test

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// strange is values for anywhere: each is right in some places and wrong in others.
var strange = []any{
	plain("~"), plain("null"), plain(""), true, plain("yes"), plain("TRUE"), "true", plain("True"),
	plain("7"), plain("0"), plain("-1"), plain("1440"), plain("1441"), plain("9223372036854775807"), plain("9223372036854775808"),
	plain("1.5"), plain("1.0"), plain("1e0"), plain("+2"), plain("0x10"), plain("0o7"), plain("0b11"), plain("007"), plain("1_000"), plain("-0"),
	plain("1e400"), plain("0xfffffffffffffffff"), plain(".5"), plain(".inf"), plain(".nan"), plain("-.inf"), plain("12e03"), plain("+.5"),
	plain("2027-01-31"), "2027-01-31", plain("2027-1-31"), "2027-02-30", "2028-02-29", "2027-13-01", "31-01-2027", "0000-01-01", plain("2027-01-31 "),
	plain("2026-11-22T09:00:00Z"), "2026-11-22T09:00:00.5+01:00", "2026-11-22T24:00:00Z", "2026-11-22t09:00:00z", "2026-11-22T09:00:00", "0000-11-22T09:00:00Z",
	"2026-11-22T09:00:00,5Z", "2026-11-22T09:00:60Z", "2026-11-22T09:00:00.Z", "2026-11-22T09:00:00+24:00", plain("2026-11-22 09:00:00"),
	"", " ", "\u00a0", "\ufeff", "a@b", "@", "a@", "@a@b", "a@b@", "a b@c", "office", "Office", "all", "All", plain("all"),
	"UTC", "Local", "Europe/Amsterdam", "..", plain("<<"), plain("!!set {}"), plain("!x y"), plain("! y"), plain("!!str 7"), plain("!!int '1'"),
	"a\u0007b", "a\nb", "a\tb", "a\u0085b", "a\u2028b", "\t", "é", "x\u007f", "\U0001f600",
	strings.Repeat("a", 128), strings.Repeat("a", 129), strings.Repeat("é", 64), strings.Repeat("é", 65), strings.Repeat("\U0001f600", 32), strings.Repeat("\U0001f600", 33),
	strings.Repeat("a", 1024), strings.Repeat("a", 1025), strings.Repeat("é", 512), strings.Repeat("é", 513), strings.Repeat("a", 1022) + "@b", strings.Repeat("a", 1023) + "@b",
	mapping{}, list{}, list{""}, list{plain("1")}, list{"a", "a"}, list{list{}}, list{plain("")}, mapping{{"id", "x"}}, mapping{{"", ""}}, mapping{{plain("7"), "x"}}, mapping{{plain("[]"), "x"}},
	"super_user", "Accountant", "client_user ", "login_success", "disconnected", "by_role", "tagging", "authorisation", "archived", "pending", "rejected",
	"S1", "S7", "O18", "O19", "R0", "R01", "s1", list{"super_user", "super_user"}, list{"superuser"},
}

// A place is a value somewhere in a file.
type place struct {
	value any
	put   func(any)
}

// places is every value of a tree.
func places(value any, put func(any)) []place {
	all := []place{{value, put}}
	switch v := value.(type) {
	case mapping:
		for i := range v {
			all = append(all, places(v[i].value, func(to any) { v[i].value = to })...)
		}
	case list:
		for i := range v {
			all = append(all, places(v[i], func(to any) { v[i] = to })...)
		}
	}
	return all
}

// copied is a tree that shares nothing with another.
func copied(value any) any {
	switch v := value.(type) {
	case mapping:
		c := slices.Clone(v)
		for i := range c {
			c[i].value = copied(c[i].value)
		}
		return c
	case list:
		c := slices.Clone(v)
		for i := range c {
			c[i] = copied(c[i])
		}
		return c
	default:
		return value
	}
}

// plainly spells a tree on one line, without drawing how.
func plainly(value any) string {
	switch v := value.(type) {
	case mapping:
		var members []string
		for _, e := range v {
			members = append(members, plainly(e.key)+": "+plainly(e.value))
		}
		return "{" + strings.Join(members, ", ") + "}"
	case list:
		var elements []string
		for _, e := range v {
			elements = append(elements, plainly(e))
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

// mutated is a file with one thing about it changed.
func mutated(t *rapid.T, file any) any {
	file = copied(file)
	at := rapid.SampledFrom(places(file, func(to any) { file = to })).Draw(t, "place")
	switch v := at.value.(type) {
	case mapping:
		at.put(otherMapping(t, v))
	case list:
		at.put(otherList(t, v))
	case string:
		at.put(otherText(t, v))
	default:
		at.put(anything(t))
	}
	return file
}

func anything(t *rapid.T) any { return copied(rapid.SampledFrom(strange).Draw(t, "strange")) }

func otherText(t *rapid.T, s string) any {
	switch rapid.IntRange(0, 5).Draw(t, "text") {
	case 0:
		return s + rapid.SampledFrom([]string{"x", " ", "\n", "\u0301"}).Draw(t, "tail")
	case 1:
		return strings.ToUpper(s)
	case 2:
		return list{s}
	default:
		return anything(t)
	}
}

func otherList(t *rapid.T, l list) any {
	if len(l) == 0 || rapid.IntRange(0, 3).Draw(t, "wholly") == 0 {
		return rapid.SampledFrom([]any{anything(t), append(l, anything(t))}).Draw(t, "other list")
	}
	i := rapid.IntRange(0, len(l)-1).Draw(t, "element")
	switch rapid.IntRange(0, 2).Draw(t, "list") {
	case 0:
		return slices.Delete(l, i, i+1)
	case 1:
		return append(l, copied(l[i]))
	default:
		return append(l, anything(t))
	}
}

func otherMapping(t *rapid.T, m mapping) any {
	if len(m) == 0 || rapid.IntRange(0, 5).Draw(t, "wholly") == 0 {
		return anything(t)
	}
	i := rapid.IntRange(0, len(m)-1).Draw(t, "key")
	one := m[i]
	switch rapid.IntRange(0, 5).Draw(t, "mapping") {
	case 0:
		return slices.Delete(m, i, i+1)
	case 1:
		return append(m, entry{strangeKey(t), anything(t)})
	case 2:
		return append(m, entry{one.key, copied(one.value)})
	case 3:
		return append(slices.Delete(m, i, i+1), entry{plain("<<"), mapping{one}})
	default:
		m[i].key = misspelt(t, one.key)
		return m
	}
}

// keys are words that are a key somewhere.
var keys = []string{
	"id", "name", "code", "users", "user", "companies", "company", "version", "end_date", "comment", "settings", "values", "reason",
}

func strangeKey(t *rapid.T) any {
	return rapid.SampledFrom([]any{
		rapid.SampledFrom(keys).Draw(t, "known key"), "x", "", "ID", plain("7"), plain("~"), plain("true"), plain("2027-01-31"), plain("[]"), "a\u0007", strings.Repeat("k", 129),
	}).Draw(t, "strange key")
}

func misspelt(t *rapid.T, key any) any {
	s, ok := key.(string)
	if !ok || s == "" {
		return strangeKey(t)
	}
	return rapid.SampledFrom([]any{strings.ToUpper(s), s[:len(s)-1], s + "s", " " + s, strangeKey(t)}).Draw(t, "misspelt")
}
