package authzen

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"strconv"

	"github.com/mandaat/mandaat/internal/strictjson"
	"github.com/mandaat/mandaat/policy"
)

// page is which part of a search is asked for. The zero page is all of it.
type page struct {
	asked   bool
	limited bool
	limit   int64
	after   string // the last element that one has had; empty before the first
	query   query
}

// query tells one search from another.
type query [16]byte

// maxLimit is the largest number that every reader of JSON reads as it is.
const maxLimit = 1<<53 - 1

// page reads the page of a search. A token is good for the search that it came with.
func (r reader) page(root map[string]any, path string, request Request) (p page) {
	if v, given := root["page"]; !given || v == nil {
		return page{}
	}
	asked := r.properties(root, "", "page")
	p.asked, p.query = true, queryOf(path, request)
	if v, given := asked["limit"]; given {
		n, _ := v.(json.Number)
		limit, err := strconv.ParseInt(string(n), 10, 64)
		if err != nil || limit < 0 || limit > maxLimit {
			r.Add("page.limit", strictjson.Kind(v), "a whole number, not negative")
		}
		p.limit, p.limited = limit, true
	}
	v, given := asked["token"]
	if !given {
		return p
	}
	text, _ := v.(string)
	limit, after, ok := p.query.resume(text)
	switch {
	case !ok || path == searchActionPath && !isAction(after):
		r.Add("page.token", strictjson.Kind(v), "the next_token of an answer to this search")
	case p.limited && p.limit != limit:
		r.Add("page.limit", strconv.FormatInt(p.limit, 10), "the limit of the page before, or none")
	}
	p.limit, p.limited, p.after = limit, true, after
	return p
}

// isAction says whether a token names an action, or none yet.
func isAction(name string) bool {
	_, err := policy.ParseAction(name)
	return name == "" || err == nil
}

// queryOf digests a search as it was asked. The keys of an object have one order in it.
func queryOf(path string, r Request) (q query) {
	text, _ := encode([]any{path, r.Subject, r.Action, r.Resource, r.Context}) // what was read can be written
	sum := sha256.Sum256(text)
	copy(q[:], sum[:])
	return q
}

// A token is the limit, the digest of the search and the last element, in base64. It
// holds nothing secret, and nothing is won by making one up: the next page is decided
// like any other, and begins after an element whether there is such a thing or not.

// tokens has one spelling for each token.
var tokens = base64.RawURLEncoding.Strict()

// next is the token for what comes after an element.
func (q query) next(limit int64, last string) string {
	b := binary.AppendUvarint(nil, uint64(limit)) //nolint:gosec // not negative
	b = append(append(b, q[:]...), last...)
	return tokens.EncodeToString(b)
}

// resume reads a token of this search.
func (q query) resume(token string) (limit int64, last string, ok bool) {
	b, err := tokens.DecodeString(token)
	n, size := binary.Uvarint(b)
	if err != nil || size <= 0 || n > maxLimit {
		return 0, "", false
	}
	after, ok := bytes.CutPrefix(b[size:], q[:])
	limit, last = int64(n), string(after)
	return limit, last, ok && q.next(limit, last) == token
}
