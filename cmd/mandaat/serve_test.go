package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mandaat/mandaat/adapters/authzen"
)

const (
	evaluationPath = "/access/v1/evaluation"
	// annasTurn is denied to anna, since it is bob's turn.
	annasTurn = `{"subject":{"type":"user","id":"anna"},"action":{"name":"document.approve"},"resource":{"type":"document","id":"inv-1"}}`
)

func TestServeAnswersAndEndsWell(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		s := serveDevries(t)
		r := s.asked(evaluationPath, annasTurn)
		if r.status != 200 || !strings.Contains(r.body, `"decision":false,"context":{"code":"not_in_turn","reason":""`) ||
			r.header.Get("X-Request-ID") != "id-1" || r.header.Get(authzen.VersionHeader) == "" {
			t.Errorf("%+v", r)
		}
		if r := s.asked(evaluationPath, bookIt); !strings.Contains(r.body, `"decision":true`) {
			t.Errorf("%+v", r)
		}
		for path, says := range map[string]string{"/healthz": `"alive"`, "/readyz": `"ready"`} {
			if r := s.asked(path, ""); r.status != 200 || !strings.Contains(r.body, says) {
				t.Errorf("%s: %+v", path, r)
			}
		}
		s.client.CloseIdleConnections()
		s.signal(signal)
		if code := s.code(); code != exitYes || s.out.Len() > 0 || !strings.HasPrefix(s.errors(), "listening on 127.0.0.1:") {
			t.Errorf("exit %d, %s%s", code, s.out.String(), s.errors())
		}
	}
}

func TestServeTellsWhyItCannotStart(t *testing.T) {
	taken, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() }) // the test is over
	dir := t.TempDir()
	bad := written(t, filepath.Join(dir, "bad.yaml"), "version: 2\n")
	cert, key := certificateIn(t, dir)
	tokens := tokensIn(t, dir, "app "+digestOf(appToken))
	for _, c := range []struct{ flags, says string }{
		{"", `required flag(s) "file" not set`},
		{"-f " + bad, bad + ":1:10: found"},
		{"-f no-such.yaml", "cannot read the office file"},
		{"-f " + devries + " --listen " + taken.Addr().String(), "cannot listen"},
		{"-f " + devries + " --listen 8180", "expected HOST:PORT"},
		{"-f " + devries + " --listen :0", "other machines may reach"},
		{"-f " + devries + " --listen 0.0.0.0:0", "other machines may reach"},
		{"-f " + devries + " --listen [::]:0", "other machines may reach"},
		{"-f " + devries + " --listen 192.0.2.1:0", "other machines may reach"},
		{"-f " + devries + " --listen :0 --tokens " + tokens, "other machines may reach"},
		{"-f " + devries + " --listen :0 --tls-cert " + cert + " --tls-key " + key, "other machines may reach"},
		{"-f " + devries + " --tls-cert " + cert, "expected both or neither"},
		{"-f " + devries + " --tls-cert " + key + " --tls-key " + cert, "--tls-cert, --tls-key: "},
		{"-f " + devries + " --tokens " + cert, "--tokens: line 1: found"},
		{"-f " + devries + " --tokens no-such", "--tokens: "},
		{"-f " + devries + " --base-url http://pdp.example", "--base-url: found"},
		{"-f " + devries + " --audience all", "--audience: found"},
		{"-f " + devries + " --decision-log " + dir, "--decision-log: "},
		{"-f " + devries + " --max-batch 0 --drain 0s", "--max-batch: found no limit"},
		{"-f " + devries + " --reload-every -1s", "--reload-every: found no limit"},
		{"-f " + devries + " more", `unknown command "more"`},
	} {
		s := start(t, strings.Fields(c.flags)...)
		if code := s.code(); code != exitUnusable || s.address != "" || !strings.Contains(s.errors(), c.says) {
			t.Errorf("serve %s: exit %d, %s; expected %s", c.flags, code, s.errors(), c.says)
		}
	}
}

// appToken is one that is somebody's.
var appToken = strings.Repeat("a1", 32)

func digestOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func tokensIn(t testing.TB, dir string, lines ...string) string {
	t.Helper()
	return written(t, filepath.Join(dir, "tokens"), strings.Join(lines, "\n")+"\n")
}

// certificateIn writes a new certificate for localhost and its key.
func certificateIn(t testing.TB, dir string) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<60))
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: serial, DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	public, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	written(t, cert, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: public})))
	written(t, key, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})))
	return cert, key
}

// Where other machines reach it, it speaks TLS alone and answers whoever has a token;
// each is told as much as the token says.
func TestServeToOtherMachines(t *testing.T) {
	dir := t.TempDir()
	cert, key := certificateIn(t, dir)
	other := strings.Repeat("b2", 32)
	tokens := tokensIn(t, dir, "app "+digestOf(appToken), "desk "+digestOf(other)+" staff")
	s := serving(t, "-f", devries, "--listen", "0.0.0.0:0", "--tls-cert", cert, "--tls-key", key, "--tokens", tokens,
		"--audience", "asker", "--reload-every", "50ms", "--base-url", "https://pdp.example.com")
	_, port, err := net.SplitHostPort(s.address)
	if err != nil {
		t.Fatal(err)
	}
	s.address = "127.0.0.1:" + port
	if r, err := s.ask("/healthz", ""); err == nil && r.status == 200 {
		t.Errorf("it answers plainly: %+v", r)
	}
	s.trusting([]byte(textOf(t, cert)))
	for token, says := range map[string]string{appToken: `for the authoriser in turn."`, other: "the turn is bob's"} {
		s.token = token
		if r := s.asked(evaluationPath, annasTurn); r.status != 200 || !strings.Contains(r.body, says) {
			t.Errorf("%.4s...: %+v", token, r)
		}
	}
	for _, token := range []string{"", "x", appToken[1:], appToken + "x", digestOf(appToken)} {
		s.token = token
		for path, open := range map[string]bool{
			evaluationPath: false, "/metrics": false, "/": false, "/healthz": true, "/readyz": true,
			"/.well-known/authzen-configuration": true,
		} {
			r := s.asked(path, "")
			challenged := strings.HasPrefix(r.header.Get("WWW-Authenticate"), "Bearer ")
			if open != (r.status == 200) || open == challenged || !open && (r.status != 401 || r.header.Get("X-Request-ID") != "id-1") {
				t.Errorf("%s with %q: %+v", path, token, r)
			}
		}
	}
	// A token that is taken out is nobody's; a file that is wrong changes nothing.
	tokensIn(t, dir, "desk "+digestOf(other))
	s.token = appToken
	s.until("the token is void", func() bool { return s.asked(evaluationPath, annasTurn).status == 401 })
	tokensIn(t, dir, "desk")
	s.token = other
	s.until("a bad file is told", func() bool { return s.metric("mandaat_credentials_reload_failures_total") == 1 })
	// So with a certificate: half a pair is none.
	old := s.client
	certificateIn(t, dir)
	s.trusting([]byte(textOf(t, cert)))
	s.until("the new certificate is shown", func() bool {
		r, err := s.ask("/healthz", "")
		return err == nil && r.status == 200
	})
	if r, err := s.askOf(old, "/healthz", ""); err == nil {
		t.Errorf("the old certificate is still shown: %+v", r)
	}
	if said := s.errors(); strings.Contains(said, appToken) || strings.Contains(said, other) {
		t.Error("a token is in the log")
	}
	s.stop()
}

// On this machine it is not asked by a name that a page in a browser chose.
func TestServeIsAskedByItsOwnName(t *testing.T) {
	s := serveDevries(t, "--base-url", "https://pdp.example.com")
	for host, status := range map[string]int{
		"localhost": 200, "127.0.0.1:1": 200, "[::1]:80": 200, "pdp.example.com": 200,
		"evil.example": 421, "127.0.0.1.evil.example": 421, "0.0.0.0": 421, "192.0.2.1": 421,
	} {
		c := dial(t, s)
		_, _ = fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
			evaluationPath, host, len(annasTurn), annasTurn)
		if first := firstLine(c); !strings.HasPrefix(first, fmt.Sprintf("HTTP/1.1 %d ", status)) {
			t.Errorf("%s: %s; expected %d", host, first, status)
		}
		c = dial(t, s)
		_, _ = fmt.Fprintf(c, "GET /.well-known/authzen-configuration HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", host)
		if text, err := io.ReadAll(c); err != nil || strings.Contains(string(text), "evil") ||
			!strings.Contains(string(text), `"policy_decision_point":"https://pdp.example.com"`) {
			t.Errorf("%s: metadata says %s, %v", host, text, err)
		}
	}
	s.stop()
}
