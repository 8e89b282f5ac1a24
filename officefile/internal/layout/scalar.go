package layout

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mandaat/mandaat/officefile/internal/spell"
)

// asKey is a key of a block.
func (v *value) asKey() string {
	return v.key(v.inLine(false))
}

// asFlowKey is a key within brackets. It is nothing where nothing stands there.
func (v *value) asFlowKey() string {
	if v.empty() {
		return ""
	}
	return v.key(v.inLine(true))
}

// key is a key with what stands before it. A colon at the end of an anchor could be
// taken for a part of it.
func (v *value) key(text string) string {
	key := joined(v.properties(), text)
	if text == "" && key != "" {
		return key + " "
	}
	return key
}

// inLine is a scalar on one line.
func (v *value) inLine(flow bool) string {
	s := v.node.Value
	switch {
	case v.empty():
		return ""
	case v.isQuoted() && spell.Plain(s):
		return s
	case v.isQuoted() && len(brokenUp(v.text)) == 1:
		return v.quoted()
	case v.isPlain() && (v.node.ShortTag() != "!!str" || safe(s, flow)):
		return s
	}
	return spell.Quoted(s, false)
}

func (v *value) isQuoted() bool { return v.node.Style&quoted != 0 }

func (v *value) isPlain() bool { return v.node.Style&(quoted|inBlock) == 0 }

// quoted is a text in the quotes that it has: in double ones, where that takes no
// escapes.
func (v *value) quoted() string {
	s := v.node.Value
	if v.text[0] == '\'' && spell.Printable(s) && !strings.ContainsAny(s, `"\`) {
		return spell.Quoted(s, false)
	}
	return v.text
}

// written is a scalar in a block, with the lines that it has.
func (v *value) written() []string {
	lines := brokenUp(v.text)
	if len(lines) == 1 || v.isPlain() && v.flow || v.isQuoted() && spell.Plain(v.node.Value) {
		return []string{v.inLine(false)}
	}
	for i := range lines {
		if i > 0 {
			lines[i] = strings.TrimLeft(lines[i], " \t")
		}
		if v.isPlain() {
			lines[i] = strings.TrimRight(lines[i], " \t")
		}
	}
	return lines
}

// brokenUp is the lines of a text.
func brokenUp(text string) []string {
	return strings.Split(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n")
}

// safe says whether a text that had no quotes needs none on one line.
func safe(s string, flow bool) bool {
	if s != strings.TrimSpace(s) || strings.ContainsFunc(s, unicode.IsControl) ||
		strings.Contains(s, ": ") || strings.Contains(s, " #") || strings.HasSuffix(s, ":") ||
		strings.HasPrefix(s, "---") || strings.HasPrefix(s, "...") {
		return false
	}
	if strings.IndexByte("-?:", s[0]) >= 0 && (len(s) == 1 || s[1] == ' ') {
		return false
	}
	return !flow || !strings.ContainsAny(s, ",[]{}") && s[0] != ':' && s[0] != '?'
}

// textBlock is a block of text: its sign and its lines.
func (v *value) textBlock() (header string, lines []string) {
	s := v.node.Value
	lines = v.lines
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	if leads(lines) {
		header = "2"
	}
	switch ends := len(s) - len(strings.TrimRight(s, "\n")); ends {
	case 0:
		header += "-"
	case 1:
	default:
		header += "+"
		lines = append(slices.Clip(lines), make([]string, ends-1)...)
	}
	return v.text + header, lines
}

// leads says whether white space begins a block of text, so that it has to say how
// far it is indented.
func leads(lines []string) bool {
	for _, l := range lines {
		if l != "" {
			return l[0] == ' ' || l[0] == '\t'
		}
	}
	return false
}
