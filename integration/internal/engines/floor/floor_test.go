package floor_test

import (
	"testing"

	"github.com/mandaat/mandaat/integration/internal/engines/enginetest"
	"github.com/mandaat/mandaat/integration/internal/engines/floor"
)

func TestTheFloorAgrees(t *testing.T) {
	w := enginetest.Small()
	enginetest.Agrees(t, new(floor.Engine), &w)
	enginetest.Agrees(t, &floor.Engine{ByIDs: true}, &w)
}
