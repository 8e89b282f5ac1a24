package main

import (
	"bytes"
	"encoding/json"
	"io"
)

// printed prints what there is to tell, and ends with 0 where the answer is yes and
// with 1 where it is no.
func (p program) printed(text string, err error, yes bool) error {
	if err != nil {
		return err
	}
	if _, err := io.WriteString(p.out, text); err != nil {
		return err
	}
	if !yes {
		return exit(exitNo)
	}
	return nil
}

// oneLine is a value as JSON on one line, without the escapes that only web pages
// need.
func oneLine(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.String(), err
}
