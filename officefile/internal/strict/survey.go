package strict

import (
	"fmt"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/problems"
)

// extent is what reading a value takes: how many nodes it has with its aliases
// followed, how many of those only aliases add, and how deep it goes.
type extent struct{ nodes, aliased, height int }

// holding is the extent of something that holds one more value.
func (e extent) holding(child extent) extent {
	return extent{e.nodes + child.nodes, e.aliased + child.aliased, max(e.height, child.height+1)}
}

// surveyor goes once through the whole tree, before anything is read from it.
type surveyor struct {
	*Document
	limits   Limits
	aliases  int
	anchored map[*yaml.Node]extent // those whose end has been seen
	beyond   bool                  // a limit was passed; nothing more is looked at
}

// survey complains of what no file may have, whatever it is about. It is false
// where a limit was passed, so that reading on would not be safe.
func (d *Document) survey(root *yaml.Node, limits Limits) bool {
	s := &surveyor{Document: d, limits: limits, anchored: make(map[*yaml.Node]extent)}
	s.node(root, 0)
	return !s.beyond
}

// node measures a value that stands below so many lists and mappings.
func (s *surveyor) node(n *yaml.Node, above int) extent {
	switch {
	case s.beyond:
		return extent{}
	case n.Kind == yaml.AliasNode:
		return s.alias(n, above)
	}
	s.tag(n)
	if n.Kind == yaml.MappingNode {
		s.keys(n)
	}
	e := s.children(n, above)
	if n.Anchor != "" {
		s.anchored[n] = e
	}
	return e
}

func (s *surveyor) children(n *yaml.Node, above int) extent {
	e := extent{nodes: 1}
	if n.Kind == yaml.ScalarNode {
		return e
	}
	e.height = 1
	s.deep(n, above+1)
	for _, child := range n.Content {
		e = e.holding(s.node(child, above+1))
		s.many(child, e.aliased)
	}
	return e
}

func (s *surveyor) alias(n *yaml.Node, above int) extent {
	s.aliases++
	if s.aliases > s.limits.Aliases {
		s.stop(n, "one alias more", fmt.Sprintf("at most %d aliases", s.limits.Aliases))
	}
	target, ended := s.anchored[n.Alias]
	if !ended {
		s.stop(n, "the alias *"+shorten(n.Value)+" inside what it stands for", "an alias of something that ended before")
	}
	s.deep(n, above+target.height)
	s.many(n, target.nodes)
	return extent{target.nodes, target.nodes, target.height}
}

func (s *surveyor) deep(n *yaml.Node, depth int) {
	if depth > s.limits.Nesting {
		s.stop(n, fmt.Sprintf("a list or mapping at depth %d", depth), fmt.Sprintf("at most %d", s.limits.Nesting))
	}
}

func (s *surveyor) many(n *yaml.Node, aliased int) {
	if aliased > s.limits.AliasedNodes {
		s.stop(n, fmt.Sprintf("aliases that add %d values", aliased), fmt.Sprintf("at most %d", s.limits.AliasedNodes))
	}
}

// stop complains of a passed limit, once.
func (s *surveyor) stop(n *yaml.Node, found, expected string) {
	if !s.beyond {
		s.beyond = true
		s.complain(n.Line, n.Column, found, expected)
	}
}

// plainTags are those that a value could have without writing them.
var plainTags = map[yaml.Kind]map[string]bool{
	yaml.MappingNode:  {"!!map": true},
	yaml.SequenceNode: {"!!seq": true},
	yaml.ScalarNode: {
		"!!str": true, "!!int": true, "!!float": true, "!!bool": true, "!!null": true, "!!timestamp": true,
	},
}

func (s *surveyor) tag(n *yaml.Node) {
	if (n.Style&yaml.TaggedStyle != 0 || n.Tag == "!") && !plainTags[n.Kind][n.Tag] {
		s.Fault(n, "the tag "+shorten(n.Tag), "a value without a tag")
	}
}

// keys wants each key of a mapping to be a text that stands there once.
func (s *surveyor) keys(n *yaml.Node) {
	seen := keysOf(n)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if !s.key(key) {
			continue
		}
		if first := seen.first(key); first != key {
			s.Fault(key, "the key "+problems.Quote(key.Value)+" again",
				fmt.Sprintf("it once, as on line %d", first.Line))
		}
	}
}

func (s *surveyor) key(n *yaml.Node) bool {
	switch {
	case n.Kind == yaml.AliasNode:
		s.Fault(n, "the alias *"+shorten(n.Value)+" as a key", "a key written out")
	case n.Kind != yaml.ScalarNode:
		s.Fault(n, Describe(n)+" as a key", "a text")
	case n.ShortTag() == "!!merge":
		s.Fault(n, "the merge key <<", "each key written out")
	default:
		return true
	}
	return false
}

// few is how many keys are found faster by looking at each.
const few = 32

// firsts finds the first key of a mapping that is spelt in a certain way.
type firsts struct {
	few  []*yaml.Node
	many map[string]*yaml.Node
}

func keysOf(mapping *yaml.Node) firsts {
	if len(mapping.Content) <= 2*few {
		return firsts{few: mapping.Content}
	}
	many := make(map[string]*yaml.Node, len(mapping.Content)/2)
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key := mapping.Content[i]
		if _, known := many[key.Value]; !known && key.Kind == yaml.ScalarNode {
			many[key.Value] = key
		}
	}
	return firsts{many: many}
}

func (f firsts) first(key *yaml.Node) *yaml.Node {
	for i := 0; i+1 < len(f.few); i += 2 {
		if other := f.few[i]; other.Kind == yaml.ScalarNode && other.Value == key.Value {
			return other
		}
	}
	if other, ok := f.many[key.Value]; ok {
		return other
	}
	return key
}
