package casbin_test

import (
	"testing"

	"github.com/mandaat/mandaat/integration/internal/engines/casbin"
	"github.com/mandaat/mandaat/integration/internal/engines/enginetest"
)

func TestCasbinAgrees(t *testing.T) {
	w := enginetest.Small()
	enginetest.Agrees(t, new(casbin.Engine), &w)
}
