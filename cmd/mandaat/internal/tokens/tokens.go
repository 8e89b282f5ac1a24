// Package tokens knows who may ask a server, by bearer tokens.
//
// The file holds digests, so whoever reads it can ask nothing. That takes tokens that
// nobody can guess: random ones, of MinLength characters or more.
package tokens

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
)

// Limits of a file and of what is in it.
const (
	MinLength = 32      // characters of a token; a shorter one is nobody's
	MaxLength = 1024    // bytes of a token
	MaxBytes  = 1 << 20 // of a file
	maxName   = 128     // bytes of a name
)

// Caller is whom a token was given to.
type Caller struct {
	Name string // in the log; the zero Caller has none
	// Audience is who reads the reasons that this caller is given. Where Given is
	// false, the file does not say.
	Audience policy.Audience
	Given    bool
}

// Tokens are those of a file. The zero Tokens has none, and knows nobody.
type Tokens struct{ all []token }

type token struct {
	digest [sha256.Size]byte
	caller Caller
}

// Find is who a token was given to. It takes the same time whether or not it is one,
// and whichever it is.
func (t Tokens) Find(presented string) (caller Caller, ok bool) {
	if len(presented) > MaxLength {
		return Caller{}, false
	}
	digest, found, which := sha256.Sum256([]byte(presented)), 0, 0
	for i := range t.all {
		same := subtle.ConstantTimeCompare(digest[:], t.all[i].digest[:])
		which = subtle.ConstantTimeSelect(same, i, which)
		found |= same
	}
	if found == 0 || utf8.RuneCountInString(presented) < MinLength {
		return Caller{}, false
	}
	return t.all[which].caller, true
}

// Parse reads a file: one token a line, as its caller's name, the SHA-256 of the token
// in hexadecimal and, where they are told otherwise than others, the audience. Empty
// lines and lines that begin with # say nothing. Everything that is wrong is told, each
// a *problems.Problem.
func Parse(data []byte) (Tokens, error) {
	var list problems.List
	if !utf8.Valid(data) {
		list.Add("", "bytes that are not UTF-8", "lines of text")
		return Tokens{}, list.Err()
	}
	p := parser{&list, map[string]bool{}, map[[sha256.Size]byte]bool{}}
	var t Tokens
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		if words := strings.Fields(line); len(words) > 0 && !strings.HasPrefix(words[0], "#") {
			t.all = append(t.all, p.token("line "+strconv.Itoa(number), words))
		}
	}
	if len(t.all) == 0 {
		list.Add("", "no token", "at least one, or nobody could ask")
	}
	if err := list.Err(); err != nil {
		return Tokens{}, err
	}
	return t, nil
}

type parser struct {
	*problems.List
	names   map[string]bool
	digests map[[sha256.Size]byte]bool
}

func (p parser) token(place string, words []string) (t token) {
	if len(words) < 2 || len(words) > 3 {
		p.Add(place, strconv.Itoa(len(words))+" words", "NAME SHA256 [AUDIENCE]")
		return t
	}
	t.caller.Name = p.name(place, words[0])
	t.digest = p.digest(place, words[1])
	if len(words) == 3 {
		var err error
		t.caller.Audience, err = policy.ParseAudience(words[2])
		t.caller.Given = true
		p.AddAt(place, err)
	}
	return t
}

func (p parser) name(place, name string) string {
	switch {
	case len(name) > maxName || strings.ContainsFunc(name, func(r rune) bool { return !strconv.IsPrint(r) }):
		p.Add(place, problems.Quote(name), "a name of at most "+strconv.Itoa(maxName)+" bytes that can be printed")
	case p.names[name]:
		p.Add(place, problems.Quote(name)+" again", "each name once")
	}
	p.names[name] = true
	return name
}

// digest does not tell what it found: it may be a token that was written there by
// mistake, and errors go into logs.
func (p parser) digest(place, text string) (d [sha256.Size]byte) {
	n, err := hex.Decode(d[:], []byte(text[:min(len(text), 2*sha256.Size)]))
	switch {
	case err != nil || n != sha256.Size || len(text) != 2*sha256.Size:
		p.Add(place, "a word of "+strconv.Itoa(len(text))+" bytes", "the SHA-256 of a token: 64 hexadecimal digits")
	case d == sha256.Sum256(nil):
		p.Add(place, "the SHA-256 of nothing", "that of a token")
	case p.digests[d]:
		p.Add(place, "a digest again", "each token once")
	}
	p.digests[d] = true
	return d
}
