package authzen

import (
	"math"
	"strconv"
)

// listing writes the answer to a search.
type listing struct {
	*judge
	path    string
	page    page
	request Request
	takes   taker
	n       int    // results
	last    string // of them
	more    bool   // there are others
}

// answer writes all that is found, or a page of it. It says whether it came to the end.
// What is found is sent as it comes where nothing about it is said before it.
func (l *listing) answer(names found) bool {
	if !l.page.asked && l.path != searchActionPath {
		out := chunks{exchange: l.exchange, buf: l.begin(nil)}
		return l.list(&out, names, chunk) && out.flush(0)
	}
	results := chunks{exchange: l.exchange}
	var actions []string
	if l.path == searchActionPath {
		names = keep(names, &actions)
	}
	return l.list(&results, names, math.MaxInt) && l.sent(l.begin(actions)) && l.sent(results.buf)
}

func (l *listing) sent(b []byte) bool {
	_, err := l.w.Write(b)
	return err == nil
}

// keep keeps the names that go by.
func keep(names found, list *[]string) found {
	return func(yield func(string) bool) {
		for name := range names {
			if !yield(name) {
				return
			}
			*list = append(*list, name)
		}
	}
}

// begin is the answer up to its results.
func (l *listing) begin(actions []string) []byte {
	b := []byte{'{'}
	if l.page.asked {
		token := ""
		if l.more {
			token = l.page.query.next(l.page.limit, l.last)
		}
		b = appendMember(append(b, `"page":{`...), "next_token", token)
		b = strconv.AppendInt(append(b, `,"count":`...), int64(l.n), 10)
		b = append(b, '}', ',')
	}
	if l.takes != nil {
		b = appendTakes(b, l.takes(actions))
	}
	return append(b, `"results":[`...)
}

// list appends the results and the end, and sends what is more than some bytes.
func (l *listing) list(out *chunks, names found, over int) bool {
	before := l.before()
	l.last = l.page.after
	for name := range names {
		if l.page.limited && int64(l.n) == l.page.limit {
			l.more = true
			break
		}
		if l.n > 0 {
			out.buf = append(out.buf, ',')
		}
		out.buf = append(appendString(append(out.buf, before...), name), '}')
		l.n, l.last = l.n+1, name
		if !out.flush(over) || l.n%often == 0 && l.gone() {
			return false
		}
	}
	out.buf = append(out.buf, "]}"...)
	return !l.gone()
}

// before is what stands before the name of a result.
func (l *listing) before() string {
	kind := l.request.Resource.Type
	switch l.path {
	case searchActionPath:
		return `{"name":`
	case searchSubjectPath:
		kind = l.request.Subject.Type
	}
	return string(append(appendMember([]byte{'{'}, "type", kind), `,"id":`...))
}
