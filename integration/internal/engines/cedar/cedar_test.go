package cedar_test

import (
	"testing"

	"github.com/mandaat/mandaat/integration/internal/engines/cedar"
	"github.com/mandaat/mandaat/integration/internal/engines/enginetest"
)

func TestCedarAgrees(t *testing.T) {
	w := enginetest.Small()
	enginetest.Agrees(t, new(cedar.Engine), &w)
	enginetest.Agrees(t, &cedar.Engine{PerCall: true}, &w)
}
