package decisionlog

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/internal/strictjson"
	"github.com/mandaat/mandaat/problems"
)

// Kind is what a record tells of.
type Kind uint8

// The kinds. The zero Kind is a record that is none of this log's, such as that a
// server started.
const (
	Other Kind = iota
	Decision
	Search
)

// Record is a line that was read. Codes, rules and endpoints are as they stand there:
// another version of mandaat may have written it.
type Record struct {
	Kind      Kind
	Time      time.Time // when it was written
	RequestID string    // "" where the caller gave none
	Caller    string    // who asked; "" where anybody may
	// Request is the question with the moment that it was decided for in its context,
	// to be asked again: as long as nothing was cut.
	Request authzen.Request
	At      time.Time // that moment; zero where there was none that could be read
	Cut     []string  // the paths of what the line does not hold whole
	Policy  string    // hash of the rule table
	Version string    // of the office

	// Of a decision.
	Decision bool
	Code     string // "" where it was allowed
	Rules    []string

	// Of a search.
	Endpoint string
	Results  int
}

// Read reads one line of a log. A line of another's is Other, and no error. A member
// that is not known is ignored; one that is missing, or that says what another denies,
// is a *problems.Problem, of which there may be several.
func Read(line []byte) (Record, error) {
	v, err := strictjson.Parse(line, MaxLine)
	if err != nil {
		return Record{}, err
	}
	members, ok := v.(map[string]any)
	if !ok {
		return Record{}, &problems.Problem{Found: strictjson.Kind(v), Expected: "an object"}
	}
	var record Record
	switch members["msg"] {
	case decisionMessage:
		record.Kind = Decision
	case searchMessage:
		record.Kind = Search
	default:
		return Record{}, nil
	}
	var list problems.List
	r := reader{&list, members}
	r.read(&record)
	list.AddAt(keyRequest, record.readRequest(line))
	if err := list.Err(); err != nil {
		return Record{}, err
	}
	r.agrees(record)
	if err := list.Err(); err != nil {
		return Record{}, err
	}
	return record, nil
}

// readRequest reads the question, as strictly as one that is asked.
func (record *Record) readRequest(line []byte) error {
	var members map[string]json.RawMessage // by their exact names, as a struct would not have it
	if err := json.Unmarshal(line, &members); err != nil {
		return err
	}
	if members[keyRequest] == nil {
		return &problems.Problem{Found: "nothing", Expected: "an object"}
	}
	var err error
	if record.Request, err = authzen.Parse(members[keyRequest]); err != nil {
		return err
	}
	at, given := record.Request.Context["time"]
	text, isText := at.(string)
	switch {
	case !given, at != nil && !isText:
		return &problems.Problem{Path: "context.time", Found: strictjson.Kind(at), Expected: "a moment, or null where there was none"}
	case isText:
		record.At, err = authzen.ParseTime(text)
	}
	for _, problem := range problems.All(err) {
		problem.Path = "context.time"
	}
	return err
}

// reader takes members out of a line and notes what is not as it should be.
type reader struct {
	*problems.List
	members map[string]any
}

func (r reader) read(record *Record) {
	record.Time = r.moment("time")
	record.RequestID, record.Caller = r.optional(keyRequestID), r.optional(keyCaller)
	record.Policy, record.Version = r.text(keyPolicy), r.text(keyVersion)
	if _, ok := r.members[keyCut]; ok {
		record.Cut = r.texts(keyCut)
	}
	if record.Kind == Search {
		record.Endpoint, record.Results = r.text(keyEndpoint), r.count(keyResults)
		return
	}
	record.Decision, record.Rules = r.truth(keyDecision), r.texts(keyRules)
	record.Code = r.optional(keyCode)
	if _, ok := r.members[keyCode]; ok == record.Decision {
		r.Add(keyCode, r.kind(keyCode), "a code where it was denied, and only there")
	}
}

// agrees holds what stands in a line twice against each other.
func (r reader) agrees(record Record) {
	for key, want := range map[string]string{
		keySubject: name(record.Request.Subject), keyAction: record.Request.Action.Name, keyResource: name(record.Request.Resource),
	} {
		if got := r.text(key); got != want {
			r.Add(key, problems.Quote(got), problems.Quote(want)+", as the request has it")
		}
	}
}

func (r reader) kind(key string) string {
	v, ok := r.members[key]
	if !ok {
		return "nothing"
	}
	return strictjson.Kind(v)
}

// member is a member of one type.
func member[T any](r reader, key, expected string) T {
	v, ok := r.members[key].(T)
	if !ok {
		r.Add(key, r.kind(key), expected)
	}
	return v
}

func (r reader) text(key string) string { return member[string](r, key, "a string") }

func (r reader) truth(key string) bool { return member[bool](r, key, "true or false") }

// optional is a text that is not empty where it is there.
func (r reader) optional(key string) string {
	if _, ok := r.members[key]; !ok {
		return ""
	}
	s := r.text(key)
	if s == "" {
		r.Add(key, r.kind(key), "a string that is not empty, or nothing")
	}
	return s
}

func (r reader) moment(key string) time.Time {
	at, err := authzen.ParseTime(r.text(key))
	r.AddAt(key, err)
	return at
}

func (r reader) texts(key string) []string {
	list := member[[]any](r, key, "a list of strings")
	texts := make([]string, len(list))
	for i, e := range list {
		s, ok := e.(string)
		if !ok {
			r.Add(problems.At(key, i), strictjson.Kind(e), "a string")
		}
		texts[i] = s
	}
	return slices.Clip(texts)
}

func (r reader) count(key string) int {
	n, err := strconv.Atoi(string(member[json.Number](r, key, "a count")))
	if err != nil || n < 0 {
		r.Add(key, r.kind(key), "a count")
	}
	return n
}
