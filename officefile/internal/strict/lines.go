package strict

import (
	"fmt"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"
)

// ProseOf reads a text for people, of one line or several. Other control characters
// would reach the screen of whoever reads it.
func ProseOf(d *Document, n *yaml.Node) string { return proseOf(d, n, "\n\t", "control characters") }

// LineOf reads a text for people on one line.
func LineOf(d *Document, n *yaml.Node) string {
	return proseOf(d, n, "", "line ends and other control characters")
}

func proseOf(d *Document, n *yaml.Node, but, without string) string {
	text := TextOf[string](d, n)
	for _, r := range text {
		if unicode.IsControl(r) && !strings.ContainsRune(but, r) {
			d.Fault(n, fmt.Sprintf("a text with the character %U", r), "a text without "+without)
		}
	}
	return text
}
