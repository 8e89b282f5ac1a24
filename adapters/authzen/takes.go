package authzen

import "github.com/mandaat/mandaat/policy"

// A search takes a property that was not given as well supplied; so its answer says, in
// its context, which properties the actions take:
// "takes":{"document.reject":{"needed":["comment"],"optional":[]}}.

// taker says what the actions of a search take, given its results.
type taker func(results []string) []taking

// taking is what one action takes.
type taking struct {
	action           policy.Action
	needed, optional policy.Properties
}

// takenBy is what the one action that was asked for takes.
func takenBy(a policy.Action) taker {
	needed, optional := a.Takes()
	if needed|optional == 0 {
		return nil
	}
	return func([]string) []taking { return []taking{{a, needed, optional}} }
}

// takenOn is what the actions that were found take of whoever asks: where an old
// password is needed for oneself only, it is needed of oneself.
func takenOn(s *policy.Subject, r policy.Resource) taker {
	return func(results []string) (list []taking) {
		for _, name := range results {
			a, _ := policy.ParseAction(name) // it is one
			needed, optional := a.Takes()
			if needed|optional != 0 {
				_, missing := s.Could(a, r, nil)
				list = append(list, taking{a, needed | missing, optional &^ missing})
			}
		}
		return list
	}
}

// appendTakes appends a context, where there is anything to say in it.
func appendTakes(b []byte, list []taking) []byte {
	if len(list) == 0 {
		return b
	}
	b = append(b, `"context":{"takes":{`...)
	for i, t := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, t.action.String()), `:{`...)
		b = append(appendStrings(b, "needed", named(t.needed), asIs), ',')
		b = append(appendStrings(b, "optional", named(t.optional), asIs), '}')
	}
	return append(b, `}},`...)
}

func named(p policy.Properties) (list []string) {
	for one := range p.Each() {
		list = append(list, one.String())
	}
	return list
}
