package layout

// Shape is what is known of a list or a mapping. A nil Shape is that nothing is.
type Shape struct {
	// Keys are those of a mapping, in the order in which they are written.
	Keys []string
	// Of are the shapes of what those keys have.
	Of map[string]*Shape
	// Each is the shape of every element of a list.
	Each *Shape
	// OneLine is that it is written on one line where it fits, however it was.
	OneLine bool
}

func (s *Shape) of(key string) *Shape {
	if s == nil {
		return nil
	}
	return s.Of[key]
}

func (s *Shape) each() *Shape {
	if s == nil {
		return nil
	}
	return s.Each
}

func (s *Shape) keys() []string {
	if s == nil {
		return nil
	}
	return s.Keys
}
