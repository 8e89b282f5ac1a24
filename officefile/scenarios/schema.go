package scenarios

import (
	"slices"
	"strings"

	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/officefile/internal/texts"
	"github.com/mandaat/mandaat/policy"
)

// Schema is what a scenario file looks like, for the packages of this module. Others
// have it as JSON from package schema.
func Schema() strict.Schema {
	return fileShape.Schema().About("What must and must not be possible in an office, which mandaat test tries.")
}

// atLeastOne is a list that is not empty.
func atLeastOne(list strict.Schema) strict.Schema {
	list.MinItems = 1
	return list
}

// tellingSomething is a mapping that is not empty.
func tellingSomething(mapping strict.Schema) strict.Schema {
	mapping.MinProperties = 1
	return mapping
}

// expecting is a scenario that expects something.
func expecting(scenario strict.Schema) strict.Schema {
	for _, key := range expectations {
		scenario.AnyOf = append(scenario.AnyOf, strict.Schema{
			Required: []string{key}, Expected: "expected at least one of " + strings.Join(expectations, ", "),
		})
	}
	return scenario
}

const expectedQuestion = questionExpected + ", and then the properties of the action and what is expected of the answer"

// aName names something of the office. It may be made known by a command that is given,
// and by one that is refused not be, so that any text will do.
var aName = texts.Word

// anAction and aResource are what a question that is not wrong on purpose is about.
var (
	anAction  = strict.Codes(slices.Collect(policy.AllActions())).Or("an action such as document.view").Called("action")
	aResource = resourceOf(resourceTypes()...).Called("resource")
)

func resourceTypes() (types []policy.ResourceType) {
	for t := policy.Document; t <= policy.Office; t++ {
		types = append(types, t)
	}
	return types
}

// resourceOf is the resource of a question on one of several types.
func resourceOf(types ...policy.ResourceType) strict.Schema {
	names := strict.Codes(types).Enum
	s := strict.SpeltLike(strings.Join(names, ":id or ")+":id", "^("+strings.Join(names, "|")+"):"+texts.RestOfLine+"$")
	for _, name := range names {
		s.Examples = append(s.Examples, name+":")
	}
	return s
}

// questionSchema is a question. One that is to be denied may be wrong on purpose,
// where the code is expected that this leads to.
func questionSchema(answer strict.Shape[expected], allowed bool) strict.Schema {
	s := strict.ListLike(expectedQuestion, strict.AnyOf(anAction, aResource))
	s.MinItems, s.MaxItems = 3, 5
	s.PrefixItems = []strict.Schema{
		aName.About("who asks: a user"),
		anAction.About("what they would do"),
		texts.Word.About("what they would do it to: type:id"),
		{Type: "object", Expected: "expected the properties of the action, which are a mapping"},
		answer.Schema(),
	}
	if !allowed {
		s.PrefixItems[1] = texts.Word.About("what they would do")
		s.PrefixItems[2] = strict.SpeltLike("type:id", "^"+texts.RestOfLine+":"+texts.RestOfLine+"$").About("what they would do it to: type:id")
		known := unless(policy.UnknownAction, at(1, anAction))
		known.Then = new(at(2, aResource))
		s.AllOf = []strict.Schema{known}
	}
	for _, t := range resourceTypes() {
		on := at(2, resourceOf(t))
		if !allowed {
			on = unless(policy.UnknownResource, on)
		}
		s.AllOf = append(s.AllOf, whenAction(func(a policy.Action) bool { return a.On() == t }, on))
	}
	for _, takes := range everyTaking() {
		given := at(3, propertiesOf(takes))
		if !allowed && takes != 0 {
			given = unless(policy.BadProperty, given)
			given.Then = new(at(3, strict.Schema{PropertyNames: new(strict.Words(namesOf(takes)))}))
		}
		s.AllOf = append(s.AllOf, whenAction(func(a policy.Action) bool { return taking(a) == takes }, given))
	}
	if allowed {
		return s.Called("question_that_is_allowed")
	}
	return s.Called("question_that_is_denied")
}

// at is a list of which one element is so.
func at(i int, element strict.Schema) strict.Schema {
	s := strict.Schema{PrefixItems: make([]strict.Schema, i+1)}
	s.PrefixItems[i] = element
	return s
}

// unless is a question that is so, unless a certain code is expected of the answer.
func unless(code policy.Code, so strict.Schema) strict.Schema {
	expected := at(4, havingCode(code))
	expected.MinItems = 5
	return strict.Schema{If: &expected, Else: &so}
}

func havingCode(code policy.Code) strict.Schema {
	return strict.Schema{
		Properties: strict.Properties{{Name: "code", Schema: strict.Schema{Const: code.String()}}},
		Required:   []string{"code"},
	}
}

// whenAction is a question that is so where its action is one of some.
func whenAction(one func(policy.Action) bool, so strict.Schema) strict.Schema {
	var names []string
	for a := range policy.AllActions() {
		if one(a) {
			names = append(names, a.String())
		}
	}
	return strict.Schema{If: new(at(1, strict.Schema{Enum: names})), Then: &so}
}

// taking is the properties that an action may be asked with.
func taking(a policy.Action) policy.Properties {
	needed, optional := a.Takes()
	return needed | optional
}

// everyTaking is each set of properties that some action takes.
func everyTaking() (all []policy.Properties) {
	for a := range policy.AllActions() {
		if p := taking(a); !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}

func namesOf(set policy.Properties) (names []string) {
	for p := range set.Each() {
		names = append(names, p.String())
	}
	return names
}

// propertiesOf is the properties of a question, of which these may be given.
func propertiesOf(set policy.Properties) strict.Schema {
	s := strict.Schema{Type: "object", Additional: false}
	for p := range set.Each() {
		s.Properties = append(s.Properties, strict.Property{Name: p.String(), Schema: propertyValue(p)})
	}
	if set == 0 {
		return s.Called("no_properties")
	}
	return s.Called("properties_" + strings.Join(namesOf(set), "_"))
}

func everyProperty() (all policy.Properties) {
	for a := range policy.AllActions() {
		all |= taking(a)
	}
	return all
}

// tableSchema is a table, of which the properties may be unreadable on purpose.
func tableSchema() strict.Schema {
	s := tableShape.Schema()
	with := func(takes strict.Schema) *strict.Schema {
		return &strict.Schema{Properties: strict.Properties{{Name: "with", Schema: takes}}}
	}
	s.If = new(havingCode(policy.BadProperty))
	s.Then = with(strict.Schema{PropertyNames: new(strict.Words(namesOf(everyProperty())))})
	s.Else = with(propertiesOf(everyProperty()).Called("properties"))
	return s
}
