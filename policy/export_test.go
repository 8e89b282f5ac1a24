package policy

// What the enumeration, which stands outside, may see of the engine.

// Mentioned is the facts that an action's guards and rules speak of.
func Mentioned(a Action) Facts { return spokenOf(a) }

// WordsOf appends the words of facts that decide a question, one for each part
// of it; none where it could not be asked.
func WordsOf(words []Facts, s *Snapshot, r Request) []Facts {
	subject := s.Subject(r.Subject, r.At)
	q := ask(&subject, r.Action, r.Resource, r.With, false)
	if q.fault() != 0 {
		return words
	}
	whole := q.wholeFacts()
	for i := range q.parts() {
		words = append(words, whole|q.partFacts(i))
	}
	return words
}
