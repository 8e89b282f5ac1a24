package edit

import "go.yaml.in/yaml/v4"

// findUses notes what every alias stands for.
func (e *Editor) findUses(n *yaml.Node) {
	if n.Kind == yaml.AliasNode {
		e.uses[n.Alias] = append(e.uses[n.Alias], n)
		return
	}
	for _, child := range n.Content {
		e.findUses(child)
	}
}

// drop notes that a value goes, with all there is in it.
func (e *Editor) drop(n *yaml.Node) {
	if n.Kind == yaml.AliasNode {
		e.dropped[n] = true
		return
	}
	if _, known := e.became[n]; !known && len(e.uses[n]) > 0 {
		e.became[n] = nil
	}
	for _, child := range n.Content {
		e.drop(child)
	}
}

// aliases writes out those that no longer stand for what they are to say.
func (e *Editor) aliases() {
	for target, uses := range e.uses {
		for _, use := range uses {
			if wanted, stands := e.says(use, target); !stands && !e.dropped[use] {
				e.put(e.Offset(use), e.end(use), e.flow(wanted))
			}
		}
	}
}

// says is what an alias is to say, and whether what it stands for says so.
func (e *Editor) says(use, target *yaml.Node) (wanted Value, stands bool) {
	became, changed := e.became[target]
	wanted, told := e.wanted[use]
	if !told {
		wanted = valueOf(use)
	}
	if changed {
		return wanted, equal(wanted, became)
	}
	return wanted, !told
}
