package schematest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Difference is a kind of mistake that a reader refuses and a schema lets pass.
type Difference struct {
	Name string // as docs/editors.md has it
	of   func(message string, file any) bool
}

// Differences is every kind there is. What a reader says of a mistake belongs to one
// of them at most.
var Differences = []Difference{
	difference("references",
		`expected (office, or )?(a|an) (company|user|user or a deleted user|accounting system|user of accounting system ".*"|setting)( of (this office|company_settings))?(: the step is pending)?$`),
	{"values of a setting", ofSetting},
	difference("used twice",
		`expected (an id|a username) that .* does not have$|expected one link to a system for each user$`),
	difference("look-alikes",
		`by more than case or Unicode form$|this one looks like office`),
	difference("contradictions",
		`found .* (with|without) a pending route, |a comment only where the outcome is rejected$|true: the document has a route$`),
	difference("the calendar",
		`found "?[0-9]{4}-[0-9]{2}-[0-9]{2}"?, expected a date such as|expected a moment of the years 1 to 9999$`),
	difference("time zones",
		`expected a time zone such as`),
	difference("bytes",
		`\([0-9]+ bytes\), expected (an identifier|a text|an address)`),
	difference("numbers spelt otherwise",
		`found the number ([-+]?0[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|\+[0-9]+|-0|[-+]?[0-9.]*\.[0-9]*|[-+]?[0-9.]+[eE][-+]?[0-9]+), expected (a whole number|the number)`),
	difference("plain texts that are none to all",
		`found the (date .*|merge sign <<|number [-+]?[0-9][0-9a-fA-FxobXOB_]*), expected a text; quote it`),
	difference("YAML that asks for care",
		`found the (key ".*" again|tag|merge key <<|alias \*)|found a second document|found the character|invalid Unicode character escape code|found a line that declares a tag| as a key, `),
	difference("limits",
		`expected (at most [0-9]+( aliases)?|a smaller file)$`),
}

func difference(name, says string) Difference {
	pattern := regexp.MustCompile(says)
	return Difference{name, func(message string, _ any) bool { return pattern.MatchString(message) }}
}

// ofSetting says whether a complaint names the values that a setting of the file's
// own may have.
func ofSetting(message string, file any) bool {
	switch v := file.(type) {
	case map[string]any:
		for key, value := range v {
			if key == "values" && strings.HasSuffix(message, ", expected "+oneOf(value)) || ofSetting(message, value) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, func(element any) bool { return ofSetting(message, element) })
	}
	return false
}

func oneOf(values any) string {
	list, _ := values.([]any)
	var texts []string
	for _, v := range list {
		texts = append(texts, fmt.Sprint(v))
	}
	if len(texts) == 1 {
		return texts[0]
	}
	return "one of " + strings.Join(texts, ", ")
}

// Kinds is the names of the differences that what a reader says of a file belongs
// to.
func Kinds(message string, file any) (names []string) {
	for _, d := range Differences {
		if d.of(message, file) {
			names = append(names, d.Name)
		}
	}
	return names
}

// Follows says whether a complaint may only follow from another of all those of a
// file: to a reader that does not merge, a merge key is a key with a strange value,
// and what it would have brought is missing.
func Follows(all string) bool { return strings.Contains(all, "found the merge key <<") }
