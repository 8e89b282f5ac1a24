package officefile_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/officefile"
)

// baseAsJSON is base as encoding/json writes it.
func baseAsJSON(t *testing.T) []byte {
	t.Helper()
	var content map[string]any
	// Dates become texts, as JSON has them.
	quoted := strings.NewReplacer("2027-01-31", `"2027-01-31"`, "until: 2027-06-30", `until: "2027-06-30"`).Replace(base)
	if err := yaml.Load([]byte(quoted), &content); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(content)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// escaped writes all that is not ASCII as JSON escapes.
func escaped(text []byte) []byte {
	var b strings.Builder
	for _, r := range string(text) {
		if r < 0x80 {
			b.WriteRune(r)
			continue
		}
		b.WriteString(jsonEscape(r))
	}
	return []byte(b.String())
}

func TestJSON(t *testing.T) {
	data := baseAsJSON(t)
	data = bytes.ReplaceAll(data, []byte("Bakkerij Jansen"), []byte(`Bakk\u0065rij \"Jansen\" \/ \\ 🥐 <é>`))
	var indented, tabbed bytes.Buffer
	if err := json.Indent(&indented, data, "", "  "); err != nil {
		t.Fatal(err)
	}
	if err := json.Indent(&tabbed, data, "\t", "\t"); err != nil {
		t.Fatal(err)
	}
	want := baseParts(t)
	want.Companies[0].Name = `Bakkerij "Jansen" / \ 🥐 <é>`
	for name, form := range map[string][]byte{
		"one line": data, "indented": indented.Bytes(), "with tabs": tabbed.Bytes(), "with carriage returns": bytes.ReplaceAll(tabbed.Bytes(), []byte("\n"), []byte("\r\n")),
		"escaped": escaped(data), "with spaces around": []byte("\n\t " + tabbed.String() + "\t\n \n"),
	} {
		t.Run(name, func(t *testing.T) {
			file, err := officefile.Parse("office.json", form)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, file.Office.Parts(), byValue); diff != "" {
				t.Errorf("office (-expected +found):\n%s", diff)
			}
		})
	}
}

func TestJSONErrors(t *testing.T) {
	_, err := officefile.Parse("f", []byte(`{"version": 1, "office": {"code": "a", "name": "b", "time_zone": "UTC", "code": "c"}, "users": null}`))
	want := "f:1:73: found the key \"code\" again, expected it once, as on line 1\nf:1:96: found null, expected a list"
	if err == nil || err.Error() != want {
		t.Errorf("found %v, expected %s", err, want)
	}
}
