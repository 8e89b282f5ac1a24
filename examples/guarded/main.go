// Command guarded is a small web service for invoices, whose every handler is
// guarded by an office's policy. It listens on this machine alone, and keeps what
// is booked until it stops:
//
//	go run ./examples/guarded -password open-sesame
//	curl -u bram:open-sesame http://127.0.0.1:8080/invoices/inv-7
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/mandaat/mandaat/officefile"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Stdout, os.Args[1:]...); err != nil {
		log.Fatal(err) //nolint:gocritic // nothing is left to stop
	}
}

// run serves until the context ends, and says where once it does.
func run(ctx context.Context, out io.Writer, args ...string) error {
	flags := flag.NewFlagSet("guarded", flag.ContinueOnError)
	flags.SetOutput(out)
	office := flags.String("office", "examples/devries/office.yaml", "the office `file`")
	address := flags.String("listen", "127.0.0.1:8080", "the `address` to listen on, of this machine alone")
	password := flags.String("password", "", "the password of everybody; needed")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *password == "" {
		return errors.New("-password: found none, expected one of your choice")
	}
	file, err := read(*office)
	if err != nil {
		return err
	}
	listener, err := listen(ctx, *address)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out, "listening on", listener.Addr()); err != nil {
		return errors.Join(err, listener.Close())
	}
	return serve(ctx, listener, newService(file, *password))
}

func read(name string) (*officefile.File, error) {
	in, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close() //nolint:errcheck // it was only read
	return officefile.Read(name, in)
}

// listen listens on this machine alone: passwords in the clear go no further.
func listen(ctx context.Context, address string) (net.Listener, error) {
	at, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		return nil, err
	}
	if !at.IP.IsLoopback() {
		return nil, fmt.Errorf("-listen: found %s, expected an address of this machine alone, such as 127.0.0.1:8080", address)
	}
	return new(net.ListenConfig).Listen(ctx, "tcp", at.String())
}

// serve serves until the context ends, and finishes what it began.
func serve(ctx context.Context, on net.Listener, h http.Handler) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		stopped <- server.Shutdown(within)
	}()
	if err := server.Serve(on); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}
