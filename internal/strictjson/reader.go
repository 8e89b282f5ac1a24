package strictjson

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/mandaat/mandaat/problems"
)

// reader reads what is known to be valid, whole and within its bounds: that the text is
// JSON was found before, by json.Valid. A json.Decoder that is asked for one token after
// another takes several times as long.
type reader struct {
	rest   []byte
	values int // read so far
}

// next skips white space and gives the byte that what follows begins with.
func (r *reader) next() byte {
	for i, b := range r.rest {
		if b != ' ' && b != '\t' && b != '\n' && b != '\r' {
			r.rest = r.rest[i:]
			return b
		}
	}
	r.rest = nil
	return 0
}

// more says whether a list or an object goes on, and skips what stands between.
func (r *reader) more(closing byte) bool {
	switch r.next() {
	case closing:
		r.rest = r.rest[1:]
		return false
	case ',':
		r.rest = r.rest[1:]
	}
	return true
}

func (r *reader) value(depth int) (any, error) {
	if r.values++; r.values > MaxValues {
		return nil, notJSON("more values", fmt.Sprintf("at most %d values", MaxValues))
	}
	switch first := r.next(); first {
	case '{', '[':
		if depth >= MaxDepth {
			return nil, notJSON("deeper nesting", fmt.Sprintf("at most %d levels", MaxDepth))
		}
		r.rest = r.rest[1:]
		if first == '{' {
			return r.object(depth)
		}
		return r.array(depth)
	case '"':
		return r.text()
	}
	return r.scalar(), nil
}

func (r *reader) object(depth int) (any, error) {
	members := map[string]any{}
	for r.more('}') {
		r.next()
		key, err := r.text()
		if err != nil {
			return nil, err
		}
		if _, twice := members[key]; twice {
			return nil, notJSON("the key "+problems.Quote(key)+" twice", "each key once")
		}
		r.next()
		r.rest = r.rest[1:] // the colon
		if members[key], err = r.value(depth + 1); err != nil {
			return nil, err
		}
	}
	return members, nil
}

func (r *reader) array(depth int) (any, error) {
	elements := []any{}
	for r.more(']') {
		v, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		elements = append(elements, v)
	}
	return elements, nil
}

// text reads a string. Escapes are left to the standard library.
func (r *reader) text() (s string, err error) {
	end := bytes.IndexByte(r.rest[1:], '"') + 1
	if bytes.IndexByte(r.rest[1:end], '\\') < 0 {
		s, r.rest = string(r.rest[1:end]), r.rest[end+1:]
		return s, nil
	}
	for end = 1; r.rest[end] != '"'; end++ {
		if r.rest[end] == '\\' {
			end++
		}
	}
	if err := json.Unmarshal(r.rest[:end+1], &s); err != nil {
		return "", notJSON(err.Error(), "one JSON value")
	}
	r.rest = r.rest[end+1:]
	return s, nil
}

// scalar reads a number or a literal: what goes up to the next white space, comma or
// bracket.
func (r *reader) scalar() any {
	end := bytes.IndexAny(r.rest, " \t\n\r,]}")
	if end < 0 {
		end = len(r.rest)
	}
	text := string(r.rest[:end])
	r.rest = r.rest[end:]
	switch text {
	case "null":
		return nil
	case "true":
		return true
	case "false":
		return false
	}
	return json.Number(text)
}
