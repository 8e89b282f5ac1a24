package officefile

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/mandaat/mandaat/officefile/internal/layout"
	"github.com/mandaat/mandaat/officefile/internal/strict"
)

// Format is the text of an office file, or of a file of scenarios, in the one layout
// that all have: two blanks for each level, keys in the order of the documentation,
// lists and mappings on one line where they were and fit, quotes where they are
// needed, one blank line where there were some, every comment with what it is about.
// JSON stays JSON. A text that is laid out so already comes back as it is.
//
// It is read as YAML, within the limits of a file and without keys that stand twice,
// and not as an office: a file that refers to what is not there has a layout too. The
// errors are those of Parse about YAML, and one where the text, read again, would not
// hold the same values, anchors and comments, or would be laid out otherwise. With an
// error there is no text.
func Format(name string, data []byte) ([]byte, error) {
	d := Load(data)
	if err := ErrorsOf(name, d); err != nil {
		return nil, err
	}
	text, err := formatted(d)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return text, nil
}

func formatted(d *strict.Document) ([]byte, error) {
	if data := bytes.TrimPrefix(d.Data(), []byte("\ufeff")); json.Valid(data) {
		return formattedJSON(d, data)
	}
	if d.Key("scenarios") != nil {
		return layout.Format(d, scenariosLayout, Load)
	}
	return layout.Format(d, officeLayout, Load)
}

// formattedJSON is JSON with every value on a line of its own. It has no comments.
func formattedJSON(d *strict.Document, data []byte) ([]byte, error) {
	var b bytes.Buffer
	if err := json.Indent(&b, bytes.TrimSpace(data), "", "  "); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	again := Load(b.Bytes())
	if again.Root() == nil || !layout.Same(d.Root(), again.Root()) {
		return nil, layout.ErrOtherwise
	}
	return b.Bytes(), nil
}

// officeLayout is how an office file is laid out.
var officeLayout = &layout.Shape{Keys: fileShape.Names(), Of: map[string]*layout.Shape{
	"office": {Keys: officeShape.Names(), Of: map[string]*layout.Shape{
		"company_settings": listOf(&layout.Shape{Keys: settingKindShape.Names()}),
	}},
	"accounting_systems": listOf(&layout.Shape{Keys: systemShape.Names(), Of: map[string]*layout.Shape{
		"users": listOf(onOneLine(accountingUserShape.Names()...)),
	}}),
	"companies": listOf(&layout.Shape{Keys: companyShape.Names()}),
	"users": listOf(&layout.Shape{Keys: userShape.Names(), Of: map[string]*layout.Shape{
		"accounting_users": listOf(onOneLine(linkShape.Names()...)),
		"password_link":    {Keys: passwordLinkShape.Names()},
	}}),
	"deleted_users": listOf(onOneLine(deletedShape.Names()...)),
	"documents": listOf(&layout.Shape{Keys: documentShape.Names(), Of: map[string]*layout.Shape{
		"route": listOf(onOneLine(stepShape.Names()...)),
	}}),
	"acknowledged": listOf(&layout.Shape{Keys: acknowledgementShape.Names()}),
}}

// scenariosLayout is how a file of scenarios is laid out.
var scenariosLayout = &layout.Shape{Keys: []string{"office", "at", "scenarios"}, Of: map[string]*layout.Shape{
	"office": officeLayout,
	"scenarios": listOf(&layout.Shape{
		Keys: []string{"name", "at", "given", "can", "cannot", "tables", "findings", "no_findings"},
		Of: map[string]*layout.Shape{
			"given": listOf(onOneLine()), "can": listOf(onOneLine()), "cannot": listOf(onOneLine()),
			"tables":   listOf(&layout.Shape{Keys: []string{"users", "actions", "resources", "with", "can", "code"}}),
			"findings": listOf(findingLayout), "no_findings": listOf(findingLayout),
		},
	}),
}}

var findingLayout = onOneLine("id", "level", "user", "company", "acknowledged")

func listOf(each *layout.Shape) *layout.Shape { return &layout.Shape{Each: each} }

// onOneLine is what is written on one line, where it fits.
func onOneLine(keys ...string) *layout.Shape { return &layout.Shape{Keys: keys, OneLine: true} }
