package hot

// SettleAtOnce makes the value wait for nobody who may still be writing.
func (v *Value[T]) SettleAtOnce() { v.Settling(func() {}) }

// Settling has something happen between two readings, instead of a while passing.
func (v *Value[T]) Settling(meanwhile func()) { v.settle = meanwhile }
