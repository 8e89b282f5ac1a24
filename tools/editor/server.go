package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// server is a language server that is running, spoken to as the Language Server
// Protocol has it: JSON-RPC, each message behind a header with its length.
type server struct {
	root     string
	command  *exec.Cmd
	in       io.WriteCloser
	calls    int
	answers  chan message
	reports  chan report
	failures chan error
}

type message struct {
	ID     *int            `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  json.RawMessage `json:"error,omitempty"`
}

// position counts from 0.
type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// report is what is wrong with a file.
type report struct {
	URI         string       `json:"uri"`
	Diagnostics []diagnostic `json:"diagnostics"`
}

type diagnostic struct {
	Range struct {
		Start position `json:"start"`
	} `json:"range"`
	Severity int    `json:"severity"`
	Message  string `json:"message"`
	Source   string `json:"source"`
}

// start starts a server for the files below root.
func start(command *exec.Cmd, root string) (*server, error) {
	in, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	command.Stderr = os.Stderr
	if err := command.Start(); err != nil {
		return nil, err
	}
	s := &server{
		root: root, command: command, in: in,
		answers: make(chan message), reports: make(chan report, 10_000), failures: make(chan error, 1),
	}
	go s.listen(bufio.NewReader(out))
	var ignored any
	markdown := map[string]any{"completionItem": map[string]any{"documentationFormat": []string{"markdown"}, "snippetSupport": true}}
	err = s.call("initialize", map[string]any{
		"processId": os.Getpid(), "rootUri": "file://" + root,
		"capabilities": map[string]any{
			"workspace":    map[string]any{"configuration": true},
			"textDocument": map[string]any{"completion": markdown},
		},
	}, &ignored)
	return s, errors.Join(err, s.send(message{Method: "initialized", Params: json.RawMessage("{}")}))
}

func (s *server) stop() error {
	var ignored any
	return errors.Join(
		s.call("shutdown", nil, &ignored), s.send(message{Method: "exit"}), s.in.Close(), s.command.Wait())
}

// listen hands over what the server says, and answers what it asks.
func (s *server) listen(out *bufio.Reader) {
	for {
		m, err := receive(out)
		switch {
		case err != nil:
			s.failures <- err
			return
		case m.Method == "textDocument/publishDiagnostics":
			var r report
			if err := json.Unmarshal(m.Params, &r); err == nil {
				s.reports <- r
			}
		case m.Method == "workspace/configuration":
			m.Method, m.Params, m.Result = "", nil, s.settings()
			err = s.send(m)
		case m.Method != "" && m.ID != nil: // whatever else it asks
			err = s.send(message{ID: m.ID, Result: json.RawMessage("null")})
		case m.ID != nil:
			s.answers <- m
		}
		if err != nil {
			s.failures <- err
			return
		}
	}
}

// settings is what an editor would have in its settings: which schema is of which
// files, and nothing from the network.
func (s *server) settings() json.RawMessage {
	of := func(name string) string { return "file://" + filepath.Join(s.root, "officefile/schema", name) }
	text, err := json.Marshal([]any{map[string]any{
		"schemas": map[string]any{
			of("office.schema.json"):    []string{"office.yaml", "*.office.yaml"},
			of("scenarios.schema.json"): []string{"*.scenarios.yaml"},
		},
		"schemaStore": map[string]any{"enable": false},
		"validate":    true, "hover": true, "completion": true,
	}, nil, nil, nil})
	if err != nil {
		panic(err) // it is texts and bools
	}
	return text
}

func receive(out *bufio.Reader) (m message, err error) {
	header, err := textproto.NewReader(out).ReadMIMEHeader()
	if err != nil {
		return m, err
	}
	length, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return m, err
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(out, body); err != nil {
		return m, err
	}
	return m, json.Unmarshal(body, &m)
}

func (s *server) send(m message) error {
	body, err := json.Marshal(struct {
		Version string `json:"jsonrpc"`
		message
	}{"2.0", m})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
	return err
}

// call asks, and reads the answer into result.
func (s *server) call(method string, params, result any) error {
	text, err := json.Marshal(params)
	if err != nil {
		return err
	}
	s.calls++
	if err := s.send(message{ID: new(s.calls), Method: method, Params: text}); err != nil {
		return err
	}
	select {
	case answer := <-s.answers:
		if answer.Error != nil {
			return fmt.Errorf("%s: %s", method, answer.Error)
		}
		return json.Unmarshal(answer.Result, result)
	case err := <-s.failures:
		return fmt.Errorf("%s: %w", method, err)
	}
}

// open shows the server a file of a name, which needs not be there.
func (s *server) open(name, text string) (uri string, err error) {
	uri = "file://" + filepath.Join(s.root, "tools/editor", name)
	params, err := json.Marshal(map[string]any{"textDocument": map[string]any{
		"uri": uri, "languageId": "yaml", "version": 1, "text": text,
	}})
	if err != nil {
		return "", err
	}
	return uri, s.send(message{Method: "textDocument/didOpen", Params: params})
}

// quiet is how long the server may take to report on a file.
const quiet = 30 * time.Second

// reported waits until each of so many files was reported on.
func (s *server) reported(uris map[string]bool) (map[string][]diagnostic, error) {
	reports := make(map[string][]diagnostic)
	for len(reports) < len(uris) {
		select {
		case r := <-s.reports:
			if uris[r.URI] {
				reports[r.URI] = r.Diagnostics
			}
		case err := <-s.failures:
			return nil, err
		case <-time.After(quiet):
			return nil, fmt.Errorf("the server reported on %d files of %d", len(reports), len(uris))
		}
	}
	return reports, nil
}
