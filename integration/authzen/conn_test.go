package authzen_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"

	third "github.com/openfga/api/proto/authzen/v1"
	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// store is what the third party calls a policy decision point of one server; the
// identifier of one ends in storePath.
const (
	store     = "0000000000000000000MANDAAT"
	storePath = "/stores/" + store
)

// conn carries the messages of the third party's client over HTTP: each to the path
// that its own rule for the method says, in the JSON that its types have. The client
// itself speaks gRPC, for which AuthZEN has no binding.
type conn struct {
	*http.Client
	base    string            // scheme and host
	located map[string]string // by the method's name, where metadata says it is; nil goes by the rule
	write   protojson.MarshalOptions
	read    protojson.UnmarshalOptions // the zero options know no member that the types do not have
	raw     bool                       // whether requests are sent that the third party's own rules refuse
	header  http.Header                // to send along
	got     answer                     // the last one
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (a answer) Error() string { return fmt.Sprintf("%d: %s", a.status, a.body) }

func (p *pdp) conn() *conn { return &conn{Client: p.Client(), base: p.URL} }

// client is the third party's, over the connection.
func (c *conn) client() third.AuthZenServiceClient { return third.NewAuthZenServiceClient(c) }

func (*conn) NewStream(context.Context, *grpc.StreamDesc, string, ...grpc.CallOption) (grpc.ClientStream, error) {
	return nil, errors.ErrUnsupported
}

// Invoke asks, and fails where the answer has another status than 200 or is not whole.
func (c *conn) Invoke(ctx context.Context, method string, args, reply any, _ ...grpc.CallOption) error {
	in, inOK := args.(message)
	out, outOK := reply.(message)
	if !inOK || !outOK {
		return fmt.Errorf("%s: %T and %T are no messages", method, args, reply)
	}
	if err := in.Validate(); err != nil && !c.raw {
		return err
	}
	r, err := c.request(ctx, method, in)
	if err != nil {
		return err
	}
	if err := c.exchange(r); err != nil {
		return err
	}
	if err := c.read.Unmarshal(c.got.body, out); err != nil {
		return fmt.Errorf("%w: %s", err, c.got.body)
	}
	return out.Validate()
}

// message is one of the third party's, with its own rules for it.
type message interface {
	proto.Message
	Validate() error
}

// request is a message as the method's rule sends it: a field that the path has is not
// in the body.
func (c *conn) request(ctx context.Context, method string, in proto.Message) (*http.Request, error) {
	name := protoreflect.Name(method[strings.LastIndexByte(method, '/')+1:])
	service := third.File_authzen_v1_authzen_service_proto.Services().ByName("AuthZenService")
	rule, ok := proto.GetExtension(service.Methods().ByName(name).Options(), annotations.E_Http).(*annotations.HttpRule)
	if !ok {
		return nil, fmt.Errorf("%s has no rule", method)
	}
	verb, path := http.MethodPost, rule.GetPost()
	if path == "" {
		verb, path = http.MethodGet, rule.GetGet()
	}
	in = proto.Clone(in)
	m := in.ProtoReflect()
	id := m.Descriptor().Fields().ByName("store_id")
	url := c.base + strings.Replace(path, "{store_id}", m.Get(id).String(), 1)
	m.Clear(id)
	if c.located != nil {
		url = c.located[string(name)]
	}
	var body []byte
	if verb == http.MethodPost {
		var err error
		if body, err = c.write.Marshal(in); err != nil {
			return nil, err
		}
	}
	return http.NewRequestWithContext(ctx, verb, url, bytes.NewReader(body))
}

// exchange sends a request and keeps the answer.
func (c *conn) exchange(r *http.Request) error {
	maps.Copy(r.Header, c.header)
	if r.Method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	a, err := c.Do(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(a.Body)
	c.got = answer{a.StatusCode, a.Header, body}
	if err := errors.Join(err, a.Body.Close()); err != nil {
		return err
	}
	if a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != "application/json" {
		return c.got
	}
	return nil
}
