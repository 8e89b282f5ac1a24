package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

func runIn(locale string, args ...string) result {
	var out, problems bytes.Buffer
	p := program{in: strings.NewReader(bookIt), out: &out, problems: &problems, now: now, locale: locale}
	code := p.run(context.Background(), append(args, "-f", devries))
	return result{code, out.String(), problems.String()}
}

const (
	inEnglish = "the turn is bob's"
	inDutch   = "dat is bob"
)

func TestTheLanguageOfReasons(t *testing.T) {
	for _, c := range []struct {
		locale, lang, says string
	}{
		{"", "", inEnglish},
		{"C.UTF-8", "", inEnglish},
		{"nl_NL.UTF-8", "", inDutch},
		{"nl_NL.UTF-8", "en", inEnglish},
		{"en_US.UTF-8", "nl", inDutch},
	} {
		args := []string{"can", "anna", "document.approve", "document:inv-1"}
		if c.lang != "" {
			args = append(args, "--lang", c.lang)
		}
		got := runIn(c.locale, args...)
		if got.code != exitNo || !strings.HasPrefix(got.out, "no\n") || !strings.Contains(got.out, c.says) {
			t.Errorf("LANG=%s --lang %s: exit %d\n%s%s", c.locale, c.lang, got.code, got.out, got.errors)
		}
		if json := runIn(c.locale, append(args, "--json")...); !strings.Contains(json.out, c.says) {
			t.Errorf("LANG=%s --lang %s --json: %s", c.locale, c.lang, json.out)
		}
	}
	if got := runIn("nl_NL", "can", "noor", "document.book", "document:inv-13"); !strings.Contains(got.out, "let op   connection_disconnected: Het boekhoudsysteem") {
		t.Errorf("the warning is\n%s", got.out)
	}
	if got := runIn("nl_NL", "evaluate"); !strings.Contains(got.out, "Wie boekt doet dat") {
		t.Errorf("evaluate answers %s", got.out)
	}
}

func TestTheAudienceOfReasons(t *testing.T) {
	for audience, c := range map[string]struct{ says, not string }{
		"staff":  {"the turn is bob's", "\x00"},
		"asker":  {"document.approve is for the authoriser in turn.", "bob"},
		"nobody": {"no\ncode     not_in_turn\n", "reason"},
	} {
		got := runIn("", "can", "anna", "document.approve", "document:inv-1", "--audience", audience)
		if got.code != exitNo || !strings.Contains(got.out, c.says) || strings.Contains(got.out, c.not) {
			t.Errorf("--audience %s:\n%s", audience, got.out)
		}
	}
	got := runIn("", "can", "anna", "document.approve", "document:inv-1", "--audience", "nobody", "--json")
	if !strings.Contains(got.out, `"code":"not_in_turn","reason":"","rules":[],"source":"","warnings":[]`) {
		t.Errorf("nobody is told %s", got.out)
	}
	for _, args := range [][]string{{"--audience", "everybody"}, {"--lang", "de"}, {"--lang", "NL"}} {
		got := runIn("", append([]string{"can", "anna", "document.approve", "document:inv-1"}, args...)...)
		if got.code != exitUnusable || !strings.HasPrefix(got.errors, args[0]+": found ") {
			t.Errorf("%s: exit %d %s", args, got.code, got.errors)
		}
	}
}
