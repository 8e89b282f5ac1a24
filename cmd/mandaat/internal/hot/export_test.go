package hot

// SettleAtOnce makes the value wait for nobody who may still be writing.
func (v *Value[T]) SettleAtOnce() { v.settle = 0 }
