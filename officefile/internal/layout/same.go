package layout

import (
	"cmp"
	"slices"

	"go.yaml.in/yaml/v4"
)

// Same says whether two trees are the same but for the order of keys and how they
// are written.
func Same(a, b *yaml.Node) bool {
	c := comparison{of: map[*yaml.Node]*yaml.Node{}}
	if !c.same(a, b) {
		return false
	}
	for _, pair := range c.aliases {
		if c.of[pair[0].Alias] != pair[1].Alias {
			return false
		}
	}
	return true
}

type comparison struct {
	of      map[*yaml.Node]*yaml.Node // of each value that has an anchor, the other
	aliases [][2]*yaml.Node
}

func (c *comparison) same(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || a.Value != b.Value || a.Anchor != b.Anchor || len(a.Content) != len(b.Content) ||
		a.ShortTag() != b.ShortTag() || (a.Style^b.Style)&yaml.TaggedStyle != 0 {
		return false
	}
	if a.Kind == yaml.AliasNode {
		c.aliases = append(c.aliases, [2]*yaml.Node{a, b})
		return true
	}
	if a.Anchor != "" {
		c.of[a] = b
	}
	others := b.Content
	if a.Kind == yaml.MappingNode {
		return c.content(sorted(a.Content), sorted(others))
	}
	return c.content(a.Content, others)
}

func (c *comparison) content(a, b []*yaml.Node) bool {
	for i := range a {
		if !c.same(a[i], b[i]) {
			return false
		}
	}
	return true
}

// sorted is what a mapping holds, by its keys.
func sorted(content []*yaml.Node) []*yaml.Node {
	pairs := make([][2]*yaml.Node, 0, len(content)/2)
	for i := 0; i+1 < len(content); i += 2 {
		pairs = append(pairs, [2]*yaml.Node{content[i], content[i+1]})
	}
	slices.SortStableFunc(pairs, func(a, b [2]*yaml.Node) int { return cmp.Compare(a[0].Value, b[0].Value) })
	all := make([]*yaml.Node, 0, len(content))
	for _, p := range pairs {
		all = append(all, p[0], p[1])
	}
	return all
}
