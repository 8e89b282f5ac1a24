package strict

// longestTypo is the longest word that is compared with others.
const longestTypo = 40

// Nearest finds the word that was probably meant: the one reached with the
// fewest changes of a letter, and no more than a third of the word.
func Nearest(word string, words []string) (string, bool) {
	if len(word) > longestTypo {
		return "", false
	}
	best, found := len(word)/3+1, ""
	for _, candidate := range words {
		if n := changes(word, candidate); n < best {
			best, found = n, candidate
		}
	}
	return found, found != ""
}

// changes counts the letters to put in, take out or replace between two words.
func changes(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
