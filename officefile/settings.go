package officefile

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/officefile/internal/texts"
	"github.com/mandaat/mandaat/problems"
)

// setting is what a company's setting is set to. It knows where it stands, because
// its code may hold what a path could not be cut at.
type setting struct {
	code, value string
	key, at     *yaml.Node
}

const expectedSettings = "a mapping of settings"

// settings is a mapping whose keys are the office's own.
var settings = strict.As(strict.MappingLike(expectedSettings, texts.Identifier, texts.Name), readSettings)

func readSettings(d *strict.Document, n *yaml.Node) (list []setting) {
	mapping := strict.Follow(n)
	if mapping.Kind != yaml.MappingNode {
		d.Fault(n, strict.Describe(n), expectedSettings)
		return nil
	}
	seen := make(map[string]bool, len(mapping.Content)/2)
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := mapping.Content[i], mapping.Content[i+1]
		s := setting{strict.TextOf[string](d, key), strict.TextOf[string](d, value), key, value}
		if !seen[s.code] {
			list = append(list, s)
		}
		seen[s.code] = true
	}
	return list
}

// settingPlace is where in the file a setting of offices.Parts.Settings stands.
type settingPlace struct{ company, setting int }

// settings completes a company's settings, and notes where they stand.
func (r *reader) settings(company int) (list []companies.Setting) {
	c := &r.companies[company]
	for i, s := range c.settings {
		list = append(list, companies.Setting{Company: c.ID, Code: s.code, Value: s.value})
		r.settingPlaces = append(r.settingPlaces, settingPlace{company, i})
	}
	return list
}

// settingProblem complains of a setting at its key or at its value. What is wrong
// with its company, or follows from that, is said of the company.
func (r *reader) settingProblem(field string, at settingPlace, p *problems.Problem) {
	s := r.companies[at.company].settings[at.setting]
	switch {
	case field == "value":
		r.Fault(s.at, p.Found, p.Expected)
	case field == "code" && !r.knownSetting(s.code):
		r.Fault(s.key, p.Found, p.Expected)
	default:
		r.problem(problems.At("companies", at.company)+".id", p)
	}
}

func (r *reader) knownSetting(code string) bool {
	for _, k := range r.office.kinds {
		if k.Code == code {
			return true
		}
	}
	return false
}

// ofSetting takes a path such as "settings[2].value" apart.
func (r *reader) ofSetting(path string) (at settingPlace, field string, ok bool) {
	i, field, ok := indexed(path, "settings")
	if !ok {
		return at, "", false
	}
	return r.settingPlaces[i], strings.TrimPrefix(field, "."), true
}
