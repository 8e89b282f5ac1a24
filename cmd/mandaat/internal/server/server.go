package server

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/mandaat/mandaat/cmd/mandaat/internal/metrics"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/traces"
)

// farewell is how long what is left of traces has to be sent, at the end.
const farewell = 5 * time.Second

// ErrCut is why a server ended before all that it had accepted was answered.
var ErrCut = errors.New("requests were cut off")

// Server serves an office.
type Server struct {
	Options

	metrics  *metrics.Metrics
	traces   *traces.Traces
	listener *conns
	names    []string // by which it may be asked without a token
	inFlight atomic.Int64
	ready    atomic.Bool
	failing  bool // whether it was told that the decision log cannot be written
}

// New listens, and has everything ready to serve.
func New(ctx context.Context, o Options) (*Server, error) {
	s := &Server{Options: o}
	l, err := listen(ctx, o.Address, o.TLS != nil && o.Tokens != nil)
	if err != nil {
		return nil, err
	}
	s.metrics = metrics.New(metrics.State{
		Version: func() string { return s.Office.Get().Version }, Loaded: s.Office.TakenAt,
		Stale: func() bool { return s.Office.Stale() != nil }, Ready: s.ready.Load, LogFails: s.logFails,
		Open: func() int { return s.listener.count() },
	})
	s.listener = &conns{Listener: l, most: o.MaxConnections, evicted: func() { s.metrics.Refused(metrics.Evicted) }}
	if s.traces, err = traces.Start(ctx, o.Env, s.untraced()); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	host, _, _ := net.SplitHostPort(o.Address) // it is listened at
	s.names = []string{host}
	if base, err := url.Parse(o.BaseURL); err == nil {
		s.names = append(s.names, base.Hostname())
	}
	return s, nil
}

// untraced tells once that traces are not taken, and counts it each time.
func (s *Server) untraced() func(error) {
	var once sync.Once
	return func(err error) {
		s.metrics.ExportFailed()
		once.Do(func() { s.Log.Warn("traces cannot be sent; this is told once, and counted", "error", err) })
	}
}

// Run serves until a signal to end, and then until everything that it accepted is
// answered. Where that takes too long, or a second signal comes, it ends with ErrCut.
// It is told of signals by the channel; SIGHUP has it look at its files.
func (s *Server) Run(ctx context.Context, signals <-chan os.Signal) error {
	server := s.http(ctx)
	watching, stop := context.WithCancel(ctx)
	told, watched := make(chan struct{}, 1), make(chan struct{})
	go func() {
		defer close(watched)
		s.watch(watching, told)
	}()
	served := make(chan error, 1)
	s.ready.Store(true)
	go func() { served <- s.serve(server) }()
	s.Said("listening on %s", s.listener.Addr())
	err := s.await(ctx, signals, told, served)
	if err == nil {
		err = s.drain(server, signals) //nolint:contextcheck // what was accepted outlives what told it to end
	}
	stop()
	<-watched
	return errors.Join(err, s.end())
}

func (s *Server) http(ctx context.Context) *http.Server {
	server := &http.Server{
		Handler: s.routes(), ReadHeaderTimeout: s.Header, ReadTimeout: s.Read, IdleTimeout: s.Idle,
		WriteTimeout:   s.Read + queueing + s.Write, // the gate sets a nearer one for each answer
		MaxHeaderBytes: maxHeader, ConnContext: withConn,
		// Clients that break off would fill the log.
		ErrorLog:    slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
		Protocols:   new(http.Protocols),
	}
	// One connection carries one request at a time, so that what is limited by connection
	// is limited.
	server.Protocols.SetHTTP1(true)
	if s.TLS != nil {
		server.TLSConfig = &tls.Config{
			MinVersion:     tls.VersionTLS12,
			GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return s.TLS.Get(), nil },
		}
	}
	return server
}

func (s *Server) serve(server *http.Server) error {
	if s.TLS != nil {
		return server.ServeTLS(s.listener, "", "")
	}
	return server.Serve(s.listener)
}

// await waits for a signal to end, or for a fault.
func (s *Server) await(ctx context.Context, signals <-chan os.Signal, told chan<- struct{}, served <-chan error) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-served:
			return fmt.Errorf("cannot serve any longer: %w", err)
		case signal := <-signals:
			if signal != syscall.SIGHUP {
				s.Log.Info("ending", "signal", signal.String())
				return nil
			}
			select {
			case told <- struct{}{}:
			default: // it is to look already
			}
		}
	}
}

// drain says that the server is not ready, stops accepting, and waits for what was
// accepted.
func (s *Server) drain(server *http.Server, signals <-chan os.Signal) error {
	s.ready.Store(false)
	ctx, cancel := context.WithTimeout(context.Background(), s.Notice+s.Drain)
	defer cancel()
	go func() {
		defer cancel() // the second signal
		ended(ctx, signals)
	}()
	select {
	case <-time.After(s.Notice):
	case <-ctx.Done():
	}
	err := server.Shutdown(ctx)
	if err == nil {
		return nil
	}
	cut := s.inFlight.Load()
	_ = server.Close() // what is open is cut, whatever becomes of it
	if cut == 0 {
		return nil
	}
	return fmt.Errorf("%w: %d", ErrCut, cut)
}

// ended waits for a signal to end.
func ended(ctx context.Context, signals <-chan os.Signal) {
	for {
		select {
		case <-ctx.Done():
			return
		case signal := <-signals:
			if signal != syscall.SIGHUP {
				return
			}
		}
	}
}

// end sends and writes what is left.
func (s *Server) end() error {
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	if err := s.traces.Stop(ctx); err != nil {
		s.Log.Warn("the last traces were not sent", "error", err)
	}
	var err error
	if s.Records != nil {
		err = s.Records.Close()
	}
	s.Log.Info("ended")
	return errors.Join(err, s.LogFile.Close())
}
