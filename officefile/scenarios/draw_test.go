package scenarios_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/workflow"
)

// Names of the example office, in words as they are written in YAML. What stands
// between ‹ and › is a name, which the tests of misspellings find by that.

var (
	drawnUsers = []string{
		"rosa", "pieter", "bram", "fatima", "joris", "noor", "gerrit", "els", "wim", "anna", "bob", "carla", "dirk", "sanne", "mark", "tim", "yasmin", "lisa", "tom",
	}
	drawnOn = map[policy.ResourceType][]string{
		policy.Document: {"inv-1", "inv-2", "inv-3", "inv-4", "inv-6", "inv-7", "inv-8", "inv-10", "inv-11", "inv-13"},
		policy.Company:  {"bakery", "garage", "florist", "dentist"}, policy.User: {"carla", "bram", "pieter", "lisa", "sanne", "wim"},
		policy.Connection: {"exact"}, policy.Office: {"devries"},
	}
	drawnValues = map[string][]string{
		"authorisers": {"[‹bob›]", "[‹anna›, ‹bob›]", "[‹sanne›]", "[‹mark›]"}, "comment": {"too late", "''"}, "with": {"[‹inv-3›]", "[‹inv-2›, ‹inv-4›]"},
		"role": {"‹authoriser›", "‹accountant›", "‹client_user›", "‹super_user›"}, "roles": {"[‹client_user›]", "[‹accountant›, ‹client_user›]", "[]"},
		"companies": {"[‹bakery›]", "[‹bakery›, ‹garage›]", "[]"}, "system": {"‹exact›"}, "user": {"‹nina@exact›", "‹bram@exact›"}, "users": {"[‹nina@exact›]"},
		"end_date": {"2031-01-31", "null"}, "old_password_verified": {"true", "false"}, "bill_to": {"office", "‹garage›"}, "accounting_system": {"‹exact›", "‹twinfield›"},
		"synchronisation_user": {"‹bram›", "‹rosa›", "‹fatima›"}, "accounting_user": {"‹fatima@exact›"},
	}
	drawnGiven = []string{
		"[‹rosa›, ‹user.grant_role›, {‹user›: ‹carla›, ‹role›: ‹authoriser›}]",
		"[‹rosa›, ‹user.change_end_date›, {‹user›: ‹bob›, ‹end_date›: 2026-01-01}]",
		"[‹rosa›, ‹user.change_company_access›, {‹user›: ‹anna›, ‹companies›: [‹garage›]}]",
		"[‹rosa›, ‹user.delete›, {‹user›: ‹dirk›}]",
		"[‹rosa›, ‹user.change_archive_right›, {‹user›: ‹carla›, ‹archive›: all}]",
		"[‹rosa›, ‹company.create›, {‹company›: butcher, ‹name›: Slager, ‹system›: ‹exact›}]",
		"[‹rosa›, ‹user.bulk›, {‹users›: [‹bob›, ‹carla›], ‹give_companies›: [‹garage›]}]",
		"[‹connection.record_disconnection›, {‹system›: ‹exact›}]",
		"[‹user.mark_used›, {‹user›: ‹lisa›}]",
		"[‹carla›, ‹document.assign›, {‹document›: ‹inv-2›, ‹authorisers›: [‹anna›, ‹bob›]}]",
		"[‹bob›, ‹document.approve›, {‹document›: ‹inv-1›}]",
		"[‹carla›, ‹document.tag›, {‹document›: ‹inv-3›}]",
		"[‹carla›, ‹document.upload›, {‹document›: inv-99, ‹company›: ‹bakery›}]",
		"[‹carla›, ‹document.split›, {‹document›: ‹inv-3›, ‹into›: [part-1, part-2]}]",
		"[‹bram›, ‹document.book›, {‹document›: ‹inv-7›}]",
	}
)

// exampleOffice is the office that the tests ask about.
func exampleOffice(t testing.TB) ([]byte, *officefile.File) {
	t.Helper()
	text, err := os.ReadFile("../../examples/devries/office.yaml")
	if err != nil {
		t.Fatal(err)
	}
	file, err := officefile.Parse("office.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	return text, file
}

// direct is the office after what is given, asked without this package.
type direct struct {
	file  *officefile.File
	state admin.State
	moved map[documents.ID]*documents.Document
}

func directly(file *officefile.File) *direct {
	return &direct{file, admin.Open(file.Office), make(map[documents.ID]*documents.Document)}
}

func (d *direct) document(id documents.ID) (*documents.Document, bool) {
	if doc, ok := d.moved[id]; ok {
		return doc, doc != nil
	}
	return d.file.Document(id)
}

// give carries out a command as it is written, and says whether it was done.
func (d *direct) give(t testing.TB, written string) bool {
	t.Helper()
	value, err := officefile.ParseValue("given", unmarked(written))
	list, ok := value.([]any)
	if err != nil || !ok {
		t.Fatalf("%s: %v", written, err)
	}
	actor := ""
	if len(list) == 3 {
		actor, list = fmt.Sprint(list[0]), list[1:]
	}
	fields, _ := list[1].(map[string]any)
	fields["command"] = list[0]
	text, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := admin.ReadCommand(text); err == nil {
		d.state, _, err = admin.Apply(d.state, users.ID(actor), moment, c)
		return err == nil
	}
	c, err := workflow.ReadCommand(text)
	if err != nil {
		t.Fatalf("%s: %v", written, err)
	}
	return d.move(actor, fields, c)
}

func (d *direct) move(actor string, fields map[string]any, c workflow.Command) bool {
	var doc documents.Document
	id, _ := fields["document"].(string)
	if there, ok := d.document(documents.ID(id)); ok {
		doc = *there
	} else if c.Name() != "document.upload" {
		return false
	}
	result, err := workflow.Do(d.state.Snapshot(), doc, users.ID(actor), moment, c)
	if err != nil {
		return false
	}
	for i := range result.Documents {
		d.moved[result.Documents[i].ID()] = &result.Documents[i]
	}
	for _, gone := range result.Gone {
		d.moved[gone] = nil
	}
	return true
}

func (d *direct) request(who, action, on string, properties map[string]any) policy.Request {
	kind, id, _ := strings.Cut(on, ":")
	source := authzen.Source{Snapshot: d.state.Snapshot(), Documents: d.document}
	return source.Request(authzen.Request{
		Subject: authzen.Entity{Type: "user", ID: who}, Action: authzen.Action{Name: action, Properties: properties},
		Resource: authzen.Entity{Type: kind, ID: id},
	}, moment)
}

// unmarked is a text without the marks around names.
func unmarked(text string) string { return strings.NewReplacer("‹", "", "›", "").Replace(text) }

// drawn is a scenario, with what it expects as the policy answers, and with the
// opposite.
type drawn struct {
	text, opposite string
	asked          int
	allowed        int
}

// drawScenario draws a scenario of one expectation, with what is given before.
func drawScenario(t testing.TB, rt *rapid.T, file *officefile.File, name string) drawn {
	d, head := directly(file), fmt.Sprintf("  - ‹name›: %s\n", name)
	var given string
	for _, g := range rapid.SliceOfNDistinct(rapid.SampledFrom(drawnGiven), 0, 3, rapid.ID[string]).Draw(rt, "given") {
		before := *d
		before.moved = maps.Clone(d.moved)
		if d.give(t, g) {
			given += "      - " + g + "\n"
		} else {
			d = &before
		}
	}
	if given != "" {
		head += "    ‹given›:\n" + given
	}
	if rapid.Bool().Draw(rt, "a table") {
		return d.table(rt, head)
	}
	return d.question(rt, head)
}

func (*direct) action(rt *rapid.T) policy.Action {
	return rapid.SampledFrom(slices.Collect(policy.AllActions())).Draw(rt, "action")
}

// properties draws properties of an action, all that it needs or some.
func (*direct) properties(rt *rapid.T, a policy.Action) (written string, read map[string]any) {
	var parts []string
	needed, optional := a.Takes()
	for p := range (needed | optional).Each() {
		if needed&p != 0 || rapid.Bool().Draw(rt, "optional") {
			parts = append(parts, "‹"+p.String()+"›: "+rapid.SampledFrom(drawnValues[p.String()]).Draw(rt, p.String()))
		}
	}
	written = "{" + strings.Join(parts, ", ") + "}"
	value, err := officefile.ParseValue("properties", unmarked(written))
	if err != nil {
		rt.Fatal(err)
	}
	read, _ = value.(map[string]any)
	return written, read
}

func (d *direct) question(rt *rapid.T, head string) drawn {
	a := d.action(rt)
	who, id := rapid.SampledFrom(drawnUsers).Draw(rt, "who"), rapid.SampledFrom(drawnOn[a.On()]).Draw(rt, "on")
	written, properties := d.properties(rt, a)
	request := d.request(who, a.String(), a.On().String()+":"+id, properties)
	answer := d.state.Snapshot().Check(request)
	asker, on := "‹"+who+"›", fmt.Sprintf("\"‹%s›:‹%s›\"", a.On(), id)
	switch answer.Code() { // then another unknown name would be one on purpose
	case policy.UnknownUser:
		asker = who
	case policy.UnknownResource:
		on = unmarked(on)
	case policy.BadProperty, policy.AuthoriserUnfit, policy.CandidateUnfit, policy.AccountingUserUnfit:
		written = unmarked(written)
	}
	question := fmt.Sprintf("[%s, ‹%s›, %s, %s", asker, a, on, written)
	can := "    ‹can›:\n      - " + question
	cannot := "    ‹cannot›:\n      - " + question
	if answer.Allowed() {
		return drawn{head + can + fmt.Sprintf(", {‹rule›: ‹%s›}]\n", answer.Rule()), head + cannot + "]\n", 1, 1}
	}
	return drawn{head + cannot + fmt.Sprintf(", {‹code›: ‹%s›}]\n", answer.Code()), head + can + "]\n", 1, 0}
}

func (d *direct) table(rt *rapid.T, head string) drawn {
	a := d.action(rt)
	id := rapid.SampledFrom(drawnOn[a.On()]).Draw(rt, "on")
	among := rapid.SliceOfNDistinct(rapid.SampledFrom(drawnUsers), 1, 6, rapid.ID[string]).Draw(rt, "users")
	var can []string
	codes := make(map[policy.Code]bool)
	for _, who := range among {
		if answer := d.could(who, a.String(), a.On().String()+":"+id); answer.Allowed() {
			can = append(can, who)
		} else {
			codes[answer.Code()] = true
		}
	}
	code := "" // that of all denials, where they have the same
	for only := range codes {
		if len(codes) == 1 {
			code = fmt.Sprintf("        ‹code›: ‹%s›\n", only)
		}
	}
	head += fmt.Sprintf("    ‹tables›:\n      - ‹users›: %s\n        ‹actions›: [‹%s›]\n        ‹resources›: [\"‹%s›:‹%s›\"]\n        ‹can›: ", marked(among), a, a.On(), id)
	flipped := rapid.SampledFrom(among).Draw(rt, "flipped")
	other := slices.DeleteFunc(slices.Clone(can), func(who string) bool { return who == flipped })
	if len(other) == len(can) {
		other = append(other, flipped)
	}
	return drawn{head + onlyThese(can, len(among)) + code, head + onlyThese(other, len(among)), len(among), len(can)}
}

func onlyThese(can []string, of int) string {
	switch len(can) {
	case 0:
		return "‹none›\n"
	case of:
		return "‹all›\n"
	}
	return "{‹only›: " + marked(can) + "}\n"
}

func marked(names []string) string { return "[‹" + strings.Join(names, "›, ‹") + "›]" }
