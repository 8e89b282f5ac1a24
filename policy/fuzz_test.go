package policy

import "testing"

func FuzzParseResourceType(f *testing.F) {
	for t := Document; t <= Office; t++ {
		f.Add(t.String())
	}
	fuzzParse(f, ParseResourceType, func(t ResourceType) bool { return t >= Document && t <= Office })
}

func FuzzParseAudience(f *testing.F) {
	for _, a := range []Audience{Nobody, Asker, Staff} {
		f.Add(a.String())
	}
	f.Add("Audience(3)")
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ParseAudience(text)
		if err == nil && a.String() != text || err != nil && a != Nobody {
			t.Fatalf("%q was read as %s, %v", text, a, err)
		}
	})
}
