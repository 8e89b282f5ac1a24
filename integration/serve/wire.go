package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
)

// wire is a connection that speaks HTTP/1.1. Requests are written out beforehand and
// answers read by the standard library's parser, but without its client, which takes
// more time than the servers do.
type wire struct {
	net.Conn
	requests [][]byte
	answers  *bufio.Reader
	body     bytes.Buffer
}

// overHTTP dials for requests that are written out.
func overHTTP(addr string, requests [][]byte) func() (connection, error) {
	return func() (connection, error) {
		c, err := new(net.Dialer).DialContext(context.Background(), "tcp", addr)
		if err != nil {
			return nil, err
		}
		return &wire{Conn: c, requests: requests, answers: bufio.NewReader(c)}, nil
	}
}

// post writes a request out.
func post(addr, path string, body []byte) []byte {
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", path, addr, len(body))
	return append([]byte(head), body...)
}

func (c *wire) ask(i int) ([]byte, error) {
	if _, err := c.Write(c.requests[i]); err != nil {
		return nil, err
	}
	answer, err := http.ReadResponse(c.answers, nil)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close() //nolint:errcheck // read to its end
	c.body.Reset()
	if _, err := io.Copy(&c.body, answer.Body); err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %.500s", answer.Status, c.body.Bytes())
	}
	return c.body.Bytes(), nil
}
