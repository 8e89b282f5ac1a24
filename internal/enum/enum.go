// Package enum reads and prints the closed lists of the domain. A list is the
// codes in order; code 0 is the zero value's and "" where it has none.
package enum

import (
	"strconv"
	"strings"

	"github.com/mandaat/mandaat/problems"
)

// Print is the code of v, or "Kind(7)" for a value outside the list.
func Print[T ~uint8](kind string, codes []string, v T) string {
	if int(v) < len(codes) && codes[v] != "" {
		return codes[v]
	}
	return kind + "(" + strconv.Itoa(int(v)) + ")"
}

// Parse reads a code exactly as it is spelt, or returns a *problems.Problem.
func Parse[T ~uint8](codes []string, text string) (T, error) {
	for i, code := range codes {
		if code != "" && code == text {
			return T(i), nil
		}
	}
	return 0, &problems.Problem{Found: problems.Quote(text), Expected: Expected(codes)}
}

// Marshal is the code of v as text; a value outside the list has none.
func Marshal[T ~uint8](kind string, codes []string, v T) ([]byte, error) {
	if int(v) >= len(codes) || codes[v] == "" {
		return nil, &problems.Problem{Found: Print(kind, codes, v), Expected: Expected(codes)}
	}
	return []byte(codes[v]), nil
}

// Expected names the codes a reader could have meant.
func Expected(codes []string) string {
	var named []string
	for _, code := range codes {
		if code != "" {
			named = append(named, code)
		}
	}
	if len(named) == 1 {
		return named[0]
	}
	return "one of " + strings.Join(named, ", ")
}
