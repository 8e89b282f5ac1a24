package changes

import (
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/policy"
)

// Maybe is the kind of a value that may not have been given. It goes with
// fields.OmitZero, since what was not given is not written.
func Maybe[T comparable](k fields.Kind[T]) fields.Kind[policy.Optional[T]] {
	return fields.Kind[policy.Optional[T]]{
		Expected: k.Expected,
		Fields:   k.Fields,
		Read: func(in any) (policy.Optional[T], error) {
			v, err := k.Read(in)
			return policy.Given(v), err
		},
		Append: func(dst []byte, v policy.Optional[T]) []byte {
			given, _ := v.Get()
			return k.Append(dst, given)
		},
		Check: func(v policy.Optional[T]) error {
			given, _ := v.Get()
			return k.Check(given)
		},
	}
}
