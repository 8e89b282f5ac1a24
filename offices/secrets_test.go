package offices_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/users"
)

// No type of the library holds a password, a token or any other secret: it only
// ever holds that one was sent or checked. Source: SETTINGS.
func TestNoTypeHasAPlaceForASecret(t *testing.T) {
	seen := make(map[reflect.Type]bool)
	for _, root := range []reflect.Type{
		reflect.TypeFor[offices.Parts](), reflect.TypeFor[offices.Office](), reflect.TypeFor[users.PasswordLink](),
	} {
		walk(t, root, seen)
	}
	for _, name := range []string{"users.User", "users.Deleted", "sync.User", "sync.System", "sync.Link", "companies.Company"} {
		if !reached(seen, name) {
			t.Errorf("%s was not looked at", name)
		}
	}
}

func reached(seen map[reflect.Type]bool, name string) bool {
	for typ := range seen {
		if typ.String() == name {
			return true
		}
	}
	return false
}

// walk looks at every field, hidden ones too, of the library's own types.
func walk(t *testing.T, typ reflect.Type, seen map[reflect.Type]bool) {
	t.Helper()
	if seen[typ] {
		return
	}
	seen[typ] = true
	switch typ.Kind() {
	case reflect.Slice, reflect.Pointer, reflect.Array:
		walk(t, typ.Elem(), seen)
	case reflect.Map:
		walk(t, typ.Key(), seen)
		walk(t, typ.Elem(), seen)
	case reflect.Struct:
		walkFields(t, typ, seen)
	default:
	}
}

func walkFields(t *testing.T, typ reflect.Type, seen map[reflect.Type]bool) {
	t.Helper()
	if !strings.HasPrefix(typ.PkgPath(), "github.com/mandaat/") {
		return
	}
	for f := range typ.Fields() {
		if isSecret(f.Name) {
			t.Errorf("%v has the field %s", typ, f.Name)
		}
		walk(t, f.Type, seen)
	}
}

// isSecret looks for the words a secret goes by. A password link is a message
// that was sent, and its name means only that.
func isSecret(name string) bool {
	lower := strings.ReplaceAll(strings.ToLower(name), "passwordlink", "")
	for _, word := range []string{"password", "secret", "token", "credential", "pin", "hash", "key"} {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return false
}

func TestTheWordsOfASecretAreRecognised(t *testing.T) {
	for name, want := range map[string]bool{
		"Password": true, "OldPassword": true, "apiToken": true, "SecretKey": true, "PasswordHash": true,
		"PasswordLink": false, "PasswordLinkToken": true, "Verified": false, "Email": false,
	} {
		if isSecret(name) != want {
			t.Errorf("%s: %v, want %v", name, isSecret(name), want)
		}
	}
}
