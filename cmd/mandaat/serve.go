package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/hot"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/server"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/tokens"
	"github.com/mandaat/mandaat/policy"
)

// maxPEM is how many bytes a certificate, and a key, may have.
const maxPEM = 1 << 20

// serveFlags are those of a server: its options, and the files that they are read
// from.
type serveFlags struct {
	sourceFlags
	server.Options

	cert, key, tokens, log, decisions string
	level                             slog.Level
}

func (p program) serve() *cobra.Command {
	var flags serveFlags
	c := &cobra.Command{
		Use:   "serve -f OFFICE",
		Short: "Answer AuthZEN requests over HTTP",
		Long: `Answers OpenID AuthZEN requests over HTTP: evaluation, evaluations, the three
searches and, where there is a base URL, metadata. The office file is loaded anew when
it changes; one that cannot be read is told of, and the last good one stays.

Without TLS and tokens it listens at addresses of this machine alone. A line of the
file of tokens is NAME SHA256 [AUDIENCE]: whom the token was given to, the digest of
the token, and who reads the reasons. To make one:

  token=$(openssl rand -hex 32)
  printf %s "$token" | openssl dgst -sha256 -r | sed 's/\(.*\) .*/app \1/' >> tokens

SIGTERM and an interrupt end it once everything that it accepted is answered. SIGHUP
has it look at all its files, and open its logs anew. /healthz, /readyz and /metrics
tell how it is.`,
		Example: `  mandaat serve -f office.yaml
  mandaat serve -f office.yaml --listen :8443 --tls-cert cert.pem --tls-key key.pem --tokens tokens`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return p.serveUntilTold(c.Context(), &flags) },
	}
	flags.add(c)
	return c
}

func (f *serveFlags) add(c *cobra.Command) {
	f.sourceFlags.add(c)
	audience := c.Flags().Lookup("audience")
	audience.DefValue, f.audience = policy.Nobody.String(), policy.Nobody.String()
	flags := c.Flags()
	flags.StringVar(&f.Address, "listen", "127.0.0.1:8180", "the `address` to listen at; port 0 is any that is free")
	flags.StringVar(&f.cert, "tls-cert", "", "the server's certificate, and those it stands on, as PEM, in a `file`")
	flags.StringVar(&f.key, "tls-key", "", "the key of the certificate, as PEM, in a `file`")
	flags.StringVar(&f.tokens, "tokens", "", "who may ask, in a `file`; without it anybody on this machine")
	flags.StringVar(&f.BaseURL, "base-url", "", "the https `URL` that callers know the server by, for metadata (default none is served)")
	flags.BoolVar(&f.AllowContextTime, "allow-context-time", false, "let context.time of a request be the moment of asking")
	flags.StringVar(&f.decisions, "decision-log", "", "a `file` to record each decision in; - is standard output (default none is kept)")
	flags.StringVar(&f.log, "log", "", "a `file` for what happens to the server (default standard error)")
	flags.TextVar(&f.level, "log-level", slog.LevelInfo, "the least that is told there: debug, info, warn or error")
	f.addLimits(c)
}

func (f *serveFlags) addLimits(c *cobra.Command) {
	flags := c.Flags()
	flags.Int64Var(&f.MaxBody, "max-body", authzen.DefaultMaxBody, "`bytes` of a request")
	flags.IntVar(&f.MaxBatch, "max-batch", authzen.DefaultMaxBatch, "evaluations in a request")
	flags.Int64Var(&f.MaxHeld, "max-held", 256<<20, "`bytes` of long requests and answers that are held at once")
	flags.IntVar(&f.MaxConnections, "max-connections", 1024, "connections at once; one more makes the one go that waited longest")
	flags.IntVar(&f.MaxRequests, "max-requests", max(16, 4*runtime.GOMAXPROCS(0)), "requests that are answered at once; others wait, up to 5s")
	flags.Lookup("max-requests").DefValue = "four for each processor, and at least 16"
	flags.DurationVar(&f.Header, "header-timeout", 5*time.Second, "for the header of a request to come")
	flags.DurationVar(&f.Read, "read-timeout", 30*time.Second, "for all of a request to come")
	flags.DurationVar(&f.Write, "write-timeout", 30*time.Second, "for an answer to be read")
	flags.DurationVar(&f.Idle, "idle-timeout", 2*time.Minute, "between two requests of a connection")
	flags.DurationVar(&f.Every, "reload-every", time.Second, "between two looks at the files")
	flags.DurationVar(&f.Drain, "drain", 20*time.Second, "at the end, for what was accepted to be answered")
	flags.DurationVar(&f.Notice, "drain-notice", 0, "at the end, for being not ready before nothing is accepted any longer")
}

// sensible says which limit is none.
func (f *serveFlags) sensible() error {
	var errs []error
	for _, limit := range []struct {
		flag  string
		value int64
	}{
		{"max-body", f.MaxBody},
		{"max-batch", int64(f.MaxBatch)},
		{"max-held", f.MaxHeld},
		{"max-connections", int64(f.MaxConnections)},
		{"max-requests", int64(f.MaxRequests)},
		{"header-timeout", int64(f.Header)},
		{"read-timeout", int64(f.Read)},
		{"write-timeout", int64(f.Write)},
		{"idle-timeout", int64(f.Idle)},
		{"reload-every", int64(f.Every)},
		{"drain", int64(f.Drain)},
		{"drain-notice", int64(f.Notice) + 1},
	} {
		if limit.value <= 0 {
			errs = append(errs, fmt.Errorf("--%s: found no limit, expected one", limit.flag))
		}
	}
	if (f.cert == "") != (f.key == "") {
		errs = append(errs, errors.New("found one of --tls-cert and --tls-key, expected both or neither"))
	}
	if f.BaseURL != "" {
		if _, err := authzen.ParseBaseURL(f.BaseURL); err != nil {
			errs = append(errs, fmt.Errorf("--base-url: %w", err))
		}
	}
	return errors.Join(errs...)
}

func (p program) serveUntilTold(ctx context.Context, f *serveFlags) error {
	if err := f.sensible(); err != nil {
		return err
	}
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	if err := p.options(f); err != nil {
		return err
	}
	s, err := server.New(ctx, f.Options)
	if err != nil {
		return err
	}
	return s.Run(ctx, signals)
}

// options reads the files that a server is made of.
func (p program) options(f *serveFlags) (err error) {
	f.Now, f.Env = p.now, os.Getenv
	f.Said = func(format string, a ...any) {
		_, _ = fmt.Fprintf(p.problems, format+"\n", a...) // who does not listen misses nothing
	}
	if f.Reader, err = f.reader(p.locale); err != nil {
		return err
	}
	if err = p.logs(f); err != nil {
		return err
	}
	if f.Office, err = p.served(f.office); err != nil {
		return err
	}
	return f.credentials()
}

func (p program) logs(f *serveFlags) (err error) {
	if f.LogFile, err = p.logTo(f.log, p.problems); err != nil {
		return fmt.Errorf("--log: %w", err)
	}
	f.Log = slog.New(slog.NewJSONHandler(f.LogFile, &slog.HandlerOptions{Level: f.level}))
	if f.decisions == "" {
		return nil
	}
	if f.Records, err = p.logTo(f.decisions, nil); err != nil {
		return fmt.Errorf("--decision-log: %w", err)
	}
	return nil
}

func (f *serveFlags) credentials() (err error) {
	if f.tokens != "" {
		f.Tokens, err = hot.Open(tokens.MaxBytes, func(c hot.Content) (tokens.Tokens, error) { return tokens.Parse(c.Data[0]) }, f.tokens)
		if err != nil {
			return fmt.Errorf("--tokens: %w", err)
		}
	}
	if f.cert != "" {
		if f.TLS, err = hot.Open(maxPEM, certificate, f.cert, f.key); err != nil {
			return fmt.Errorf("--tls-cert, --tls-key: %w", err)
		}
	}
	return nil
}

func certificate(c hot.Content) (*tls.Certificate, error) {
	pair, err := tls.X509KeyPair(c.Data[0], c.Data[1])
	return &pair, err
}
