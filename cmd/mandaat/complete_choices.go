package main

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
)

func userChoices(t *typing) offer { return offer{choices: usersOf(t.office())} }

func actionChoices(*typing) (o offer) {
	for a := range policy.AllActions() {
		o.choices = append(o.choices, choice{text: a.String(), about: "on " + a.On().String()})
	}
	return o
}

func commandChoices(*typing) (o offer) {
	for _, name := range admin.CommandNames() {
		o.choices = append(o.choices, choice{text: name})
	}
	return o
}

// abilityChoices offers actions, the last of several.
func abilityChoices(t *typing) offer {
	head := t.word[:strings.LastIndex(t.word, ",")+1]
	o := actionChoices(t)
	for i := range o.choices {
		o.choices[i].text = head + o.choices[i].text
	}
	return o
}

// action is the one that is asked about, if it is known.
func (t *typing) action() (policy.Action, bool) {
	place := map[string]int{"can": 1, "why-not": 1, "who": 0}
	i, has := place[t.command]
	if !has || i >= len(t.args) {
		return 0, false
	}
	a, err := policy.ParseAction(t.args[i])
	return a, err == nil
}

// resourceChoices offers the types that an action is asked on, and then the ids.
func resourceChoices(t *typing) offer {
	var types []policy.ResourceType
	for a := range policy.AllActions() {
		if asked, known := t.action(); (!known || asked == a) && !slices.Contains(types, a.On()) {
			types = append(types, a.On())
		}
	}
	kind, _, complete := strings.Cut(t.word, ":")
	o := offer{hangs: !complete}
	for _, on := range types {
		switch {
		case !complete:
			o.choices = append(o.choices, choice{text: on.String() + ":"})
		case on.String() == kind:
			for _, one := range resourcesOf[on](t.office()) {
				o.choices = append(o.choices, choice{text: kind + ":" + one.text, about: one.about})
			}
		}
	}
	return o
}

// withChoices offers the properties that an action takes, and their values.
func withChoices(t *typing) offer {
	a, known := t.action()
	if !known {
		return offer{hangs: true}
	}
	if key, value, ok := strings.Cut(t.word, "="); ok {
		return t.valuesOf(key, value, propertyValues)
	}
	o := offer{hangs: true}
	needed, optional := a.Takes()
	for p := range (needed | optional).Each() {
		o.key(p.String(), optional&p != 0, t.given)
	}
	return o
}

// doChoices offers commands, and then their fields and the values of those.
func doChoices(t *typing) offer {
	if len(t.args) == 0 {
		return commandChoices(t)
	}
	if key, value, ok := strings.Cut(t.word, "="); ok {
		return t.valuesOf(key, value, fieldValues)
	}
	o := offer{hangs: true}
	if slices.Contains(admin.CommandNames(), t.args[0]) {
		for _, f := range admin.CommandFields(t.args[0]) {
			o.key(f.Key, f.Optional, t.args[1:])
		}
	}
	return o
}

// key offers a key that has no value yet.
func (o *offer) key(key string, optional bool, given []string) {
	if slices.ContainsFunc(given, func(pair string) bool { return strings.HasPrefix(pair, key+"=") }) {
		return
	}
	about := "needed"
	if optional {
		about = "optional"
	}
	o.choices = append(o.choices, choice{text: key + "=", about: about})
}

// lister is all that a value may be.
type lister func(*officefile.File) []choice

// keyValues is what the values of a key may be, or in a list its elements.
type keyValues struct {
	of   lister
	list bool
}

var (
	aTruth    = keyValues{of: fixed("true", "false")}
	aRole     = keyValues{of: roleChoices}
	someRoles = keyValues{roleChoices, true}
	aUser     = keyValues{of: usersOf}
	manyUsers = keyValues{usersOf, true}
	aCompany  = keyValues{of: companiesOf}
	someFirms = keyValues{companiesOf, true}
	aSystem   = keyValues{of: systemsOf}
	anAccount = keyValues{of: accountsOf}
	aPayer    = keyValues{of: func(f *officefile.File) []choice { return append(fixed("office")(f), companiesOf(f)...) }}
	noDate    = keyValues{of: fixed("null")}
)

// propertyValues are those of the properties of actions.
var propertyValues = map[string]keyValues{
	"authorisers": manyUsers, "with": {documentsOf, true}, "role": aRole, "roles": someRoles, "companies": someFirms,
	"system": aSystem, "accounting_system": aSystem, "bill_to": aPayer, "synchronisation_user": aUser,
	"user": anAccount, "users": {accountsOf, true}, "accounting_user": anAccount,
	"old_password_verified": aTruth, "end_date": noDate,
}

// fieldValues are those of the fields of commands.
var fieldValues = map[string]keyValues{
	"user": aUser, "users": manyUsers, "synchronisation_user": aUser, "role": aRole, "roles": someRoles, "grant_roles": someRoles,
	"company": aCompany, "companies": someFirms, "give_companies": someFirms, "system": aSystem, "accounting_user": anAccount,
	"bill_to": aPayer, "archive": {of: fixed("by_role", "all")}, "authorisation_workflow": aTruth, "payment_agreement": aTruth,
	"synchronisation": aTruth, "later_companies": aTruth, "give_later_companies": aTruth, "change_bank_details": aTruth, "spenser": aTruth,
	"old_password_verified": aTruth, "end_date": noDate,
}

// valuesOf offers the values of a key.
func (t *typing) valuesOf(key, value string, of map[string]keyValues) offer {
	v, known := of[key]
	if !known {
		return offer{}
	}
	head, o := key+"=", offer{hangs: v.list}
	var there []string
	if v.list {
		inner := "[" + strings.TrimPrefix(value, "[")
		last := strings.LastIndexAny(inner, "[,") + 1
		head, there = head+inner[:last], strings.FieldsFunc(inner[:last], func(r rune) bool { return strings.ContainsRune("[, ", r) })
		if rest := inner[last:]; strings.HasPrefix(rest, " ") {
			head += " "
		}
	}
	for _, one := range v.of(t.office()) {
		if text := one.asYAML(); !slices.Contains(there, text) {
			o.choices = append(o.choices, choice{text: head + text, about: one.about})
		}
	}
	return o
}

var plainWord = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.@-]*$`)

// asYAML is a choice as it stands in YAML, also within a list: an id in quotes where it
// would be something else than a text.
func (c choice) asYAML() string {
	id := c.text
	if c.said {
		return id
	}
	v, err := any(id), error(nil)
	if !plainWord.MatchString(id) || len(id) < 6 {
		v, err = officefile.ParseValue("", "["+id+"]")
		if list, ok := v.([]any); ok && len(list) == 1 {
			v = list[0]
		}
	}
	if err == nil && v == any(id) {
		return id
	}
	quoted, err := json.Marshal(id)
	if err != nil {
		return id
	}
	return string(quoted)
}

func fixed(list ...string) lister {
	var all []choice
	for _, text := range list {
		all = append(all, choice{text: text, said: true})
	}
	return func(*officefile.File) []choice { return slices.Clip(all) }
}

func roleChoices(*officefile.File) (all []choice) {
	for _, r := range roles.All() {
		all = append(all, choice{text: r.String()})
	}
	return all
}
