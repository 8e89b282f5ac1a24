package main

import (
	"fmt"
	"slices"
	"strings"
)

// around is how many lines that stay are shown before and behind those that change.
const around = 3

// mostSteps is how many lines two texts may differ by for the shortest way from one
// to the other to be looked for.
const mostSteps = 2000

// textLine is a line of one of two texts, or of both.
type textLine struct {
	sign byte // a blank for both, - for the one before, + for the one after
	text string
}

// unified is how two texts of a file differ, as patch takes it.
func unified(name string, before, after []byte) string {
	lines := compared(linesOf(before), linesOf(after))
	var b strings.Builder
	fmt.Fprintf(&b, "--- %s\n+++ %s\n", name, name)
	was, is := 1, 1
	for i := 0; i < len(lines); {
		end := hunkEnd(lines, i)
		if end == i {
			was, is, i = was+1, is+1, i+1
			continue
		}
		hunk := lines[i:end]
		gone, come := count(hunk, '-'), count(hunk, '+')
		fmt.Fprintf(&b, "@@ -%d,%d +%d,%d @@\n", hunkStart(was, gone), gone, hunkStart(is, come), come)
		for _, l := range hunk {
			b.WriteString(l.String())
		}
		was, is, i = was+gone, is+come, end
	}
	return b.String()
}

// hunkStart is the line that a hunk says it begins at: where it has no lines of a text,
// the one before.
func hunkStart(line, count int) int {
	if count == 0 {
		return line - 1
	}
	return line
}

func linesOf(text []byte) []string {
	lines := strings.SplitAfter(string(text), "\n")
	if last := len(lines) - 1; lines[last] == "" {
		return lines[:last]
	}
	return lines
}

// hunkEnd is where the lines end that are shown together from i on; i itself where
// no change is near.
func hunkEnd(lines []textLine, i int) int {
	end := i
	for at := i; at < len(lines) && at <= max(end, i)+around; at++ {
		if lines[at].sign != ' ' {
			end = at + 1
		} else if end > i && at-end >= 2*around {
			break
		}
	}
	if end == i {
		return i
	}
	return min(end+around, len(lines))
}

// count is how many lines a hunk has of one text.
func count(hunk []textLine, sign byte) (n int) {
	for _, l := range hunk {
		if l.sign == ' ' || l.sign == sign {
			n++
		}
	}
	return n
}

func (l textLine) String() string {
	if !strings.HasSuffix(l.text, "\n") {
		return string(l.sign) + l.text + "\n\\ No newline at end of file\n"
	}
	return string(l.sign) + l.text
}

// compared is the lines of two texts in one row.
func compared(a, b []string) (lines []textLine) {
	first := 0
	for first < min(len(a), len(b)) && a[first] == b[first] {
		first++
	}
	last := 0
	for last < min(len(a), len(b))-first && a[len(a)-1-last] == b[len(b)-1-last] {
		last++
	}
	lines = signed(lines, ' ', a[:first])
	lines = append(lines, shortest(a[first:len(a)-last], b[first:len(b)-last])...)
	return signed(lines, ' ', a[len(a)-last:])
}

func signed(lines []textLine, sign byte, of []string) []textLine {
	for _, text := range of {
		lines = append(lines, textLine{sign, text})
	}
	return lines
}

// shortest is the row with the fewest changes (Myers 1986); beyond mostSteps, all of
// one text and then all of the other.
func shortest(a, b []string) []textLine {
	most := min(len(a)+len(b), mostSteps)
	reached := reach{make([]int, 2*most+3), most + 1}
	var trail []reach
	for steps := 0; steps <= most; steps++ {
		trail = append(trail, reached.upTo(steps+1))
		for k := -steps; k <= steps; k += 2 {
			x := reached.from(k, steps).next(k)
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			reached.of[reached.zero+k] = x
			if x == len(a) && x-k == len(b) {
				return walked(a, b, trail)
			}
		}
	}
	return signed(signed(nil, '-', a), '+', b)
}

// reach is how far into one text each diagonal comes, where diagonal k has as many
// lines of the other text less k.
type reach struct {
	of   []int
	zero int // the index of diagonal 0
}

// upTo is a copy of the diagonals that are at most so far from 0.
func (r reach) upTo(k int) reach {
	return reach{slices.Clone(r.of[r.zero-k : r.zero+k+1]), k}
}

// step is the way to a diagonal from one beside it.
type step struct{ diagonal, x int }

// from is where the last of so many changes to a diagonal comes from.
func (r reach) from(k, steps int) step {
	less, more := r.of[r.zero+k-1], r.of[r.zero+k+1]
	if k == -steps || k != steps && less < more {
		return step{k + 1, more}
	}
	return step{k - 1, less}
}

// next is how far into the one text the step to a diagonal comes.
func (s step) next(k int) int {
	if s.diagonal > k {
		return s.x
	}
	return s.x + 1
}

// walked is the row of lines that leads to the end, found from there backwards.
func walked(a, b []string, trail []reach) (lines []textLine) {
	x, y := len(a), len(b)
	for steps, reached := range slices.Backward(trail) {
		from := reached.from(x-y, steps)
		begin := 0
		if steps > 0 {
			begin = from.next(x - y)
		}
		for ; x > begin; x, y = x-1, y-1 {
			lines = append(lines, textLine{' ', a[x-1]})
		}
		switch {
		case steps == 0:
		case from.diagonal > x-y:
			y--
			lines = append(lines, textLine{'+', b[y]})
		default:
			x--
			lines = append(lines, textLine{'-', a[x]})
		}
	}
	slices.Reverse(lines)
	return lines
}
