package mandaat_test

import (
	"testing"

	"github.com/mandaat/mandaat/integration/internal/engines/enginetest"
	"github.com/mandaat/mandaat/integration/internal/engines/mandaat"
)

func TestTheLibraryAgreesInEachWay(t *testing.T) {
	w := enginetest.Small()
	enginetest.Agrees(t, new(mandaat.Engine), &w)
	enginetest.Agrees(t, &mandaat.Engine{ByIDs: true}, &w)
	enginetest.Agrees(t, &mandaat.Engine{Scan: true}, &w)
}
