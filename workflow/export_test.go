package workflow

import "github.com/mandaat/mandaat/documents"

// Impossible is what comes of a move that was allowed and then could not be made,
// which no command comes to.
func Impossible(err error) (Result, error) {
	m := move{command: "document.tag", actor: "carla"}
	m.became(outcome{changed: []documents.Document{{}}}, err)
	return m.result, m.err
}
