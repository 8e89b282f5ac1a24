package policy

import (
	"fmt"
	"testing"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/users"
)

// floorUser and floorDocument are all that a bare test of bits needs.
type floorUser struct {
	reach []uint64
	facts uint64
}

type floorDocument struct {
	company, deliverer, turn uint32
	facts                    uint64
}

func (u *floorUser) may(rows []uint64, me uint32, d *floorDocument) bool {
	have := u.facts | d.facts
	if u.reach[d.company/64]>>(d.company%64)&1 != 0 {
		have |= uint64(CompanyAccess)
	}
	if d.deliverer == me {
		have |= uint64(DeliveredBySubject)
	}
	if d.turn == me {
		have |= uint64(InTurn)
	}
	for _, needs := range rows {
		if have&needs == needs {
			return true
		}
	}
	return false
}

func BenchmarkFloor(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		s := compileLarge(b, n)
		requests := largeRequests(n)
		subjects, docs, me := make([]floorUser, len(requests)), make([]floorDocument, len(requests)), make([]uint32, len(requests))
		for i, r := range requests {
			u := s.Subject(r.Subject, r.At)
			me[i] = uint32(u.place)
			subjects[i] = floorUser{make([]uint64, (s.companyAt.n+63)/64), uint64(u.facts)}
			u.reach.each(func(c int32) bool { subjects[i].reach[c/64] |= 1 << (c % 64); return true })
			d := r.Resource.Document
			k, _, _ := look(d)
			docs[i] = floorDocument{
				uint32(s.company(companies.ID(d.Company()))), uint32(s.user(users.ID(d.DeliveredBy()))),
				uint32(s.user(d.Route().InTurn())), uint64(k.facts()),
			}
		}
		for _, a := range []Action{DocumentView, DocumentTag} {
			var rows []uint64
			for _, r := range table[a].rows {
				rows = append(rows, uint64(r.needs|table[a].always))
			}
			b.Run(fmt.Sprintf("%s/users=%d", a, n), func(b *testing.B) {
				hits := 0
				for i := 0; b.Loop(); i++ {
					at := i & 1023
					if subjects[at].may(rows, me[at], &docs[at]) {
						hits++
					}
				}
			})
		}
	}
}
