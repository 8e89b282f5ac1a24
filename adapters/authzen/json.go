package authzen

import (
	"strconv"

	"github.com/mandaat/mandaat/policy"
)

// appendString appends a JSON string.
func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			text, _ := encode(s) // no string fails
			return append(b, text...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

// appendMember appends a member with a string.
func appendMember(b []byte, key, value string) []byte {
	return appendString(append(append(append(b, '"'), key...), `":`...), value)
}

// appendStrings appends a member with a list of strings.
func appendStrings[T any](b []byte, key string, list []T, text func(T) string) []byte {
	b = append(append(append(b, '"'), key...), `":[`...)
	for i, v := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, text(v))
	}
	return append(b, ']')
}

// appendError appends {"error":{...}}.
func appendError(b []byte, e *Error) []byte {
	b = append(b, `{"error":{"status":`...)
	b = strconv.AppendInt(b, int64(e.Status), 10)
	b = appendMember(append(b, ','), "message", e.Message)
	return append(b, '}', '}')
}

// appendAnswer appends what Answer.JSON writes.
func appendAnswer(b []byte, a Answer) []byte {
	b = strconv.AppendBool(append(b, `{"decision":`...), a.Decision)
	b = append(b, `,"context":`...)
	if a.Context.Error != nil {
		return append(appendError(b, a.Context.Error), '}')
	}
	b = append(b, '{')
	c := &a.Context
	if c.Code != 0 {
		b = append(appendMember(b, "code", c.Code.String()), ',')
	}
	b = append(appendMember(b, "reason", c.Reason), ',')
	b = append(appendStrings(b, "rules", c.Rules, ruleName), ',')
	b = append(appendMember(b, "source", c.Source), ',')
	b = append(appendStrings(b, "warnings", c.Warnings, asIs), ',')
	return append(appendMember(b, "policy", c.Policy), '}', '}')
}

func asIs(s string) string            { return s }
func ruleName(r policy.RuleID) string { return r.String() }
