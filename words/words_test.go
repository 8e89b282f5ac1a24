package words_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/words"
)

func TestTheLanguageOfALocale(t *testing.T) {
	for locale, want := range map[string]words.Language{
		"": words.English, "C": words.English, "POSIX": words.English, "en_GB.UTF-8": words.English, "de_DE": words.English,
		"nl": words.Dutch, "nl_NL": words.Dutch, "nl_NL.UTF-8": words.Dutch, "nl_BE@euro": words.Dutch, "nl.UTF-8": words.Dutch,
		"nld": words.English, "NL": words.English, "en_NL": words.English,
	} {
		if got := words.OfLocale(locale); got != want {
			t.Errorf("%q is %s, want %s", locale, got, want)
		}
	}
}

func TestLanguagesAreReadAsTheyArePrinted(t *testing.T) {
	for _, l := range []words.Language{words.English, words.Dutch} {
		if got, err := words.ParseLanguage(l.String()); err != nil || got != l {
			t.Errorf("%s is read as %s, %v", l, got, err)
		}
	}
	for _, code := range []string{"", "EN", "nl ", "nl_NL", "dutch"} {
		if got, err := words.ParseLanguage(code); err == nil {
			t.Errorf("%q is read as %s", code, got)
		}
	}
}

func TestASentenceIsSaidInEachLanguage(t *testing.T) {
	fill := func(name, with string) words.Blank { return words.Blank{Name: name, With: words.Plain(with)} }
	s := words.Say("{document} was delivered by {deliverer}, not by {user}.",
		fill("document", "inv-1"), fill("deliverer", "carla"), fill("user", "dirk"))
	for l, want := range map[words.Language]string{
		words.English: "inv-1 was delivered by carla, not by dirk.",
		words.Dutch:   "inv-1 is aangeleverd door carla, niet door dirk.",
	} {
		if got := s.In(l); got != want {
			t.Errorf("%s: %q, want %q", l, got, want)
		}
	}
	if got := words.Say("nobody translated this").In(words.Dutch); got != "nobody translated this" {
		t.Errorf("without a translation: %q", got)
	}
	if got := (words.Sentence{}).In(words.Dutch); got != "" {
		t.Errorf("the zero Sentence says %q", got)
	}
}

func TestListsAreSaidInEachLanguage(t *testing.T) {
	a, b, c := words.Plain("a"), words.Plain("b"), words.Plain("c")
	for _, row := range []struct {
		said   words.Said
		en, nl string
	}{
		{words.Or(), "", ""},
		{words.Or(a), "a", "a"},
		{words.Or(a, b), "a or b", "a of b"},
		{words.And(a, b, c), "a, b and c", "a, b en c"},
		{words.Expected("one of en, nl"), "one of en, nl", "een van en, nl"},
		{words.Expected("a list"), "a list", "een lijst"},
		{words.Clause("Who books sees what was booked."), "Who books sees what was booked", "Wie boekt ziet wat geboekt is"},
	} {
		if en, nl := row.said.In(words.English), row.said.In(words.Dutch); en != row.en || nl != row.nl {
			t.Errorf("%q and %q, want %q and %q", en, nl, row.en, row.nl)
		}
	}
}

// What fills a blank is never read as a sentence: a name may look like a blank.
func TestNamesThatLookLikeBlanks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(rapid.SampledFrom([]string{"{user}", "{turn}", "}", "{", "x", "{action}"}), 3, 3).Draw(t, "names")
		s := words.Say("{user}|{action}|{turn}",
			words.Blank{Name: "user", With: words.Plain(names[0])},
			words.Blank{Name: "action", With: words.Plain(names[1])},
			words.Blank{Name: "turn", With: words.Plain(names[2])})
		if got, want := s.In(words.English), strings.Join(names, "|"); got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}

func TestTheBlanksOfASentence(t *testing.T) {
	for sentence, want := range map[string][]string{
		"": nil, "none": nil, "{a}": {"a"}, "{b} then {a} then {b}": {"b", "a"}, "half a {blank": nil, "} {a}": {"a"},
	} {
		if got := words.Blanks(sentence); !slices.Equal(got, want) {
			t.Errorf("%q has %q, want %q", sentence, got, want)
		}
	}
}

func TestTheCatalogueIsTheCallersOwn(t *testing.T) {
	first := words.Catalogue(words.Dutch)
	clear(first)
	if len(words.Catalogue(words.Dutch)) == 0 || len(words.Catalogue(words.English)) != 0 {
		t.Error("a caller changed the catalogue")
	}
}

// The articles' own terms, and not their neighbours.
func TestTheDutchIsThatOfTheArticles(t *testing.T) {
	all := strings.Join(slices.Sorted(maps.Values(words.Catalogue(words.Dutch))), "\n")
	for _, term := range []string{
		"kantoor", "administratie", "gebruiker", "boekhoudsysteem", "boekhoudsysteemgebruiker", "archief",
		"Supergebruiker", "Boekhouder MKB", "Autorisatiebeheerder", "Autorisator", "Klantgebruiker", "Beperkte Klantgebruiker",
		"toegewezen", "aangeleverd", "gekoppeld", "synchronisatiegebruiker", "stambestanden", "einddatum",
	} {
		if !strings.Contains(all, term) {
			t.Errorf("the catalogue does not say %q", term)
		}
	}
	for _, stranger := range []string{"bedrijf", "dossier", "onderneming", "Super user", "SME", "Client user", "facturen", "approver"} {
		if strings.Contains(all, stranger) {
			t.Errorf("the catalogue says %q", stranger)
		}
	}
}
