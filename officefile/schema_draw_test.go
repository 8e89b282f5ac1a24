package officefile_test

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/users"
)

// drawnFile draws a whole file that is valid, with documents and acknowledgements.
func drawnFile(t *rapid.T) mapping {
	p := anOffice(t)
	return append(writtenFile(t, p),
		entry{"documents", drawnDocuments(t, p)},
		entry{"acknowledged", drawnAcknowledgements(t, p)})
}

func drawnDocuments(t *rapid.T, p offices.Parts) (l list) {
	if len(p.Companies) == 0 {
		return nil
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "documents") {
		user := func(label string) string { return string(rapid.SampledFrom(p.Users).Draw(t, label).ID) }
		m := mapping{
			{"id", fmt.Sprint("inv-", i)},
			{"company", string(rapid.SampledFrom(p.Companies).Draw(t, "company").ID)},
			{"delivered_by", user("deliverer")},
		}
		approved := mapping{{"authoriser", user("authoriser")}, {"outcome", "approved"}}
		rejected := mapping{{"authoriser", user("authoriser")}, {"outcome", "rejected"}, {"comment", "too\nlate"}}
		pending := mapping{{"authoriser", user("authoriser")}, {"outcome", "pending"}}
		l = append(l, rapid.SampledFrom([]mapping{
			append(m, entry{"stage", "tagging"}),
			append(m, entry{"stage", "booking"}, entry{"ever_assigned", either(t, "ever assigned")}),
			append(m, entry{"stage", "tagging"}, entry{"route", list{rejected}}),
			append(m, entry{"stage", "authorisation"}, entry{"route", list{pending}}, entry{"ever_assigned", true}),
			append(m, entry{"stage", "archived"}, entry{"route", list{approved}}),
			append(m, entry{"stage", "archived"}, entry{"route", list{}}),
		}).Draw(t, "document"))
	}
	return l
}

func drawnAcknowledgements(t *rapid.T, p offices.Parts) (l list) {
	for range rapid.IntRange(0, 2).Draw(t, "acknowledgements") {
		m := mapping{
			{"finding", rapid.SampledFrom([]string{"R1", "O18", "S6"}).Draw(t, "finding")},
			{"reason", rapid.SampledFrom([]string{"two of us", "a\n\tb", "\ufeff"}).Draw(t, "reason")},
			{"until", rapid.SampledFrom([]any{"2027-06-30", plain("2028-02-29")}).Draw(t, "until")},
		}
		if either(t, "about a user") {
			m = append(m, entry{"user", string(rapid.SampledFrom(p.Users).Draw(t, "user").ID)})
		}
		if either(t, "about users") {
			m = append(m, entry{"users", listOf(some(t, "about", p.Users), func(u users.User) any { return string(u.ID) })})
		}
		if len(p.Companies) > 0 && either(t, "about a company") {
			m = append(m, entry{"company", asText(rapid.SampledFrom(p.Companies).Draw(t, "company").ID)})
		}
		l = append(l, m)
	}
	return l
}
