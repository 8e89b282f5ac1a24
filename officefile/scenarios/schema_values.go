package scenarios

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/officefile/internal/texts"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/workflow"
)

var dateOrNot = strict.AnyOf(texts.Date, strict.Schema{Type: "null", Expected: "expected " + texts.ExpectedDate + ", or null"})

// propertyValue is a property of an action. It may name what is not there, on
// purpose.
func propertyValue(p policy.Properties) strict.Schema {
	named := strict.TextLike("an id", `[\s\S]`)
	ids := strict.ListLike("a list of ids", strict.AnyText)
	switch p {
	case policy.PropertyAuthorisers:
		return ids.About("whom it is assigned to, in order")
	case policy.PropertyComment:
		return strict.AnyText.About("why; blank is absent")
	case policy.PropertyWith:
		return ids.About("the documents to merge with")
	case policy.PropertyRole:
		return texts.Role.About("the role")
	case policy.PropertyRoles:
		return strict.ListLike("a list of roles", texts.Role).About("the roles")
	case policy.PropertyCompanies:
		return ids.About("the companies")
	case policy.PropertySystem, policy.PropertyAccountingSystem:
		return named.About("an accounting system")
	case policy.PropertyUser, policy.PropertyAccountingUser:
		return named.About("a user of the accounting system")
	case policy.PropertyUsers:
		return ids.About("users of the accounting system")
	case policy.PropertyEndDate:
		return dateOrNot.About("the first day on which they are inactive; null is never")
	case policy.PropertyOldPasswordVerified:
		return strict.TrueOrFalse.About("whether the old password was found right")
	case policy.PropertyBillTo:
		return named.Such("office").About("who pays: office, or a company")
	case policy.PropertySynchronisationUser:
		return named.About("a user")
	}
	return strict.Schema{}
}

const expectedGiven = "[user, command, {its fields}], or [command, {its fields}] where the software gives it"

// givenSchema is a command that is given.
func givenSchema() strict.Schema {
	names := slices.Concat(admin.CommandNames(), workflow.CommandNames())
	command := strict.Words(names).Or("a command such as user.grant_role").Called("command")
	byItself := strict.Words(bySoftware).Or("a command that the software gives by itself, or else [user, command, {its fields}]")
	s := strict.ListLike(expectedGiven, command)
	s.MinItems, s.MaxItems = 2, 3
	s.PrefixItems = make([]strict.Schema, s.MaxItems)
	s.If = &strict.Schema{MaxItems: 2}
	s.Then, s.Else = new(commandAt(0, byItself, bySoftware)), new(commandAt(1, command, names))
	s.Else.PrefixItems[0] = aName.About("who gives it: a user")
	return s.Called("given_command")
}

// commandAt is a list with a command at a place and its fields behind it.
func commandAt(i int, command strict.Schema, names []string) strict.Schema {
	s := at(i+1, strict.Schema{Type: "object", Expected: "expected the fields of the command, which are a mapping"})
	s.PrefixItems[i] = command.About("what is done")
	for _, name := range names {
		s.AllOf = append(s.AllOf, strict.Schema{
			If:   new(at(i, strict.Schema{Const: name})),
			Then: new(at(i+1, fieldsOf(name))),
		})
	}
	return s
}

// fieldsOf is the fields of a command.
func fieldsOf(name string) strict.Schema {
	s := objectOf(slices.Concat(admin.CommandFields(name), workflow.CommandFields(name)))
	if admin.CommandFields(name) != nil {
		s.Properties = append(s.Properties, strict.Property{
			Name: versionField, Schema: strict.WholeLike(0, math.MaxInt, "a whole number from 0").About("the version that the office must be at"),
		})
	}
	s.Title = name
	return s.Called("fields_of_" + strings.ReplaceAll(name, ".", "_"))
}

// objectOf is a mapping with these fields.
func objectOf(fields []changes.Field) strict.Schema {
	s := strict.Schema{Type: "object", Additional: false}
	for _, f := range fields {
		s.Properties = append(s.Properties, strict.Property{Name: f.Key, Schema: fieldValue(f).About(f.Expected)})
		if !f.Optional {
			s.Required = append(s.Required, f.Key)
		}
	}
	return s
}

const expectedReach = "all, or a list of company ids"

// kinds is what the values of fields are, by what is expected of them.
var kinds = map[string]strict.Schema{
	ident.Expected:                           texts.Identifier,
	ident.ExpectedText:                       texts.Name,
	ident.ExpectedText + ", or an empty one": texts.Detail,
	users.ExpectedAddress:                    texts.Address,
	"a text of at most 10000 bytes":          strict.TextLike("a text of at most 10000 bytes", "").AtMost(10_000),
	"true or false":                          strict.TrueOrFalse,
	"a whole number from 1 to 1440":          strict.WholeLike(1, 1440, "a whole number from 1 to 1440"),
	texts.ExpectedDate + ", or null":         dateOrNot,
	"by_role or all":                         strict.Codes(users.ArchiveRights()),
	"office, or a company id":                texts.Payer,
	"a role such as accountant":              texts.Role,
	"a list of roles, each once":             eachOnce(strict.ListLike("a list of roles, each once", texts.Role)),
	expectedReach:                            strict.AnyOf(strict.Word("all", expectedReach), strict.ListLike(expectedReach, texts.Identifier)),
	"a whole number from 1 to 2147483647":    strict.WholeLike(1, math.MaxInt32, "a whole number from 1 to 2147483647"),
}

func eachOnce(list strict.Schema) strict.Schema {
	list.UniqueItems = true
	return list
}

// objectLike is a mapping of which no more is told.
func objectLike(expected string) strict.Schema {
	return strict.Schema{Type: "object", Expected: "expected " + expected}
}

var listed = regexp.MustCompile(`^a list of at most ([0-9]+), each (.*)$`)

func fieldValue(f changes.Field) strict.Schema {
	if list := listed.FindStringSubmatch(f.Expected); list != nil {
		element := changes.Field{Expected: list[2], Fields: f.Fields}
		s := strict.ListLike("a list, each "+list[2], fieldValue(element))
		s.MaxItems, _ = strconv.Atoi(list[1])
		return s
	}
	if f.Fields != nil {
		return objectOf(f.Fields)
	}
	return kinds[f.Expected]
}
