package strict

import "strings"

// longestTypo is the longest word that is compared with others.
const longestTypo = 40

// Nearest finds the word that was probably meant: the one reached with the
// fewest changes of a letter, and no more than a third of the word; of a name such
// as document.view, a third of what is behind the last sign.
func Nearest(word string, words []string) (string, bool) {
	if len(word) > longestTypo {
		return "", false
	}
	best, found := (len(word)-1-strings.LastIndexAny(word, "./"))/3+1, ""
	for _, candidate := range words {
		if far := len(word) - len(candidate); far >= best || -far >= best {
			continue
		}
		if n := changes(word, candidate); n < best {
			best, found = n, candidate
		}
	}
	return found, found != ""
}

// changes counts the letters to put in, take out or replace between two words, and the
// neighbours to swap.
func changes(a, b string) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	next := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next[0] = i + 1
		for j := range len(b) {
			replaced := row[j]
			if a[i] != b[j] {
				replaced++
			}
			next[j+1] = min(replaced, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}
