package authzen

// chunk is how many bytes of an answer are held before they are sent.
const chunk = 1 << 15

// chunks sends a long answer as it comes.
type chunks struct {
	*exchange
	buf []byte
}

// flush sends what is held where it is more than some bytes. It says whether to go on:
// not where nobody waits for the answer any longer. What was sent is then no JSON.
func (c *chunks) flush(over int) bool {
	if len(c.buf) <= over {
		return true
	}
	if c.gone() {
		return false
	}
	_, err := c.w.Write(c.buf)
	c.buf = c.buf[:0]
	return err == nil
}
