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
	// Office and Scenarios say in which files it is made.
	Office, Scenarios bool
	of                func(message string, file any) bool
}

// Differences is every kind there is. What a reader says of a mistake belongs to one
// of them at most.
var Differences = []Difference{
	{"references", true, true, but(ofRemedy, says(
		`expected (office, or )?(a|an|the) (company|user|user or a deleted user|accounting system|user of (the )?accounting system ".*"(\.\.\. \([0-9]+ bytes\))?|setting|document|code|company setting)`+
			`( of (this office|an accounting system of this office|this table|the office file|company_settings)| that is (given too|known here))?(: the step is pending)?(, perhaps .*)?$`,
	))},
	{"other files", false, true, says(`, expected (an office file|an office, which is a mapping)$|^found (an office file without|the unknown key .* in an office file)`)},
	{"values of a setting", true, true, ofSetting},
	{"used twice", true, true, says(`expected (an id|a username) that (.* does not have|no .* (has|had)|nobody has or had)$|expected one link to a system for each user$`)},
	{"commands as a whole", false, true, says(
		`found nothing to (change|do), |expected (the fields? [a-z_, ]+$|each .* once$|at least one |name, password_link_minutes or both$|(two|one) [a-z]+ or more$|the accounting_user, |a value: the setting is mandatory$)`,
	)},
	{"tables as a whole", false, true, says(
		`expected a property that one of the actions takes|, which is what [a-z._]+ is asked on$|found a code in a table where all can` +
			`|expected none: the actions take no properties$|found a table about every user`,
	)},
	{"rules of another action", false, true, says(`found the rule .*, expected a rule of `)},
	{"changes of a remedy", false, true, ofRemedy},
	{"findings that there are not", false, true, says(`, which is the level of |expected none: [ROS][0-9]+ is about `)},
	{"properties of an unknown action", false, true, says(`expected none: what an action takes that is not known|, expected properties here, and what is expected of the answer behind them`)},
	{"look-alikes", true, true, says(`by more than case or Unicode form$|this one looks like office`)},
	{"contradictions", true, true, says(
		`found .* (with|without) a pending route, |a comment only where the outcome is rejected$|true: the document has a route$`,
	)},
	{"the calendar", true, true, says(`found (the date )?"?[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T[0-9:.]+(Z|[-+][0-9:]+))?"?, expected a (date|moment) such as|expected a moment of the years 1 to 9999$|found (a command at )?000[01]-.* UTC, expected a moment such as`)},
	{"time zones", true, true, says(`expected a time zone such as`)},
	{"bytes", true, true, says(`found ".*[^\x00-\x7f].*"(\.\.\.)? \([0-9]+ bytes\), expected (an identifier|a text|an address)`)},
	{"numbers spelt otherwise", true, true, says(
		`found (the number )?([-+]?0[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|\+[0-9]+|-0|[-+]?[0-9.]*\.[0-9]*|[-+]?[0-9.]+[eE][-+]?[0-9]+), expected (a whole number|the number|a number in plain digits)` +
			`|found a number that JSON cannot write`,
	)},
	{"plain texts that are none to all", true, true, ofPlainText},
	{"keys that are no texts", true, true, ofKey},
	{"YAML that asks for care", true, true, says(
		`found the (key ".*" again|tag|merge key <<|alias \*)|found a second document|found the character|invalid Unicode character escape code|found a line that declares a tag| as a key, `,
	)},
	{"limits", true, true, says(`expected (at most [0-9]+( aliases)?|a smaller file)$`)},
}

func says(pattern string) func(string, any) bool {
	compiled := regexp.MustCompile("(?s)" + pattern)
	return func(message string, _ any) bool { return compiled.MatchString(message) }
}

// ofRemedy says whether a complaint is about a change that why_not expects, or about a
// name in one.
var ofRemedy = says(`expected a change such as|found ".*" in ".*", expected `)

// but is the one and not the other.
func but(not, of func(string, any) bool) func(string, any) bool {
	return func(message string, file any) bool { return of(message, file) && !not(message, file) }
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

var (
	plainText = regexp.MustCompile(`found the (date .*|merge sign <<|number (.*)), expected (?:a number in plain digits, such as 30, or )?a text; quote it`)
	oldNumber = regexp.MustCompile(`^([-+]?[0-9]*_[0-9_]*|[-+]?0b[01]+|[-+]0[xo][0-9a-fA-F]+)$`)
)

// ofPlainText says whether a complaint is about what is a text by YAML 1.2, and was
// something else by YAML 1.1.
func ofPlainText(message string, file any) bool {
	found := plainText.FindStringSubmatch(message)
	return found != nil && (found[2] == "" || oldNumber.MatchString(found[2])) ||
		strings.HasSuffix(message, "found a number, expected a string") && hasText(file, oldNumber)
}

func hasText(file any, like *regexp.Regexp) bool {
	switch v := file.(type) {
	case string:
		return like.MatchString(v)
	case map[string]any:
		for _, value := range v {
			if hasText(value, like) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, func(element any) bool { return hasText(element, like) })
	}
	return false
}

var quoteIt = regexp.MustCompile(`^found (?:the (?:number|boolean) )?(.*), expected a text(; quote it.*)?$`)

// ofKey says whether a complaint is about a number, a truth value or nothing that is a
// key somewhere in the file: to JSON, each key is a text.
func ofKey(message string, file any) bool {
	found := quoteIt.FindStringSubmatch(message)
	return found != nil && hasKey(file, found[1])
}

func hasKey(file any, name string) bool {
	switch v := file.(type) {
	case map[string]any:
		_, known := v[name]
		for _, value := range v {
			known = known || hasKey(value, name)
		}
		return known
	case []any:
		return slices.ContainsFunc(v, func(element any) bool { return hasKey(element, name) })
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
