package server

import (
	"context"
	"fmt"
	"net"
	"net/netip"
)

// listen listens at an address. Unless guarded, by TLS and tokens, that must be one
// that no other machine reaches. A name is looked up once, and what it stood for then
// is listened at: it may stand for something else a moment later.
func listen(ctx context.Context, address string, guarded bool) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("--listen: found %q, expected HOST:PORT", address)
	}
	if !guarded {
		at, err := loopback(ctx, host)
		if err != nil {
			return nil, fmt.Errorf("--listen %s: %w", address, err)
		}
		address = net.JoinHostPort(at.String(), port)
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("cannot listen: %w", err)
	}
	if at, ok := l.Addr().(*net.TCPAddr); !guarded && (!ok || !at.IP.IsLoopback()) {
		return nil, errExposed(l.Addr().String(), l.Close())
	}
	return l, nil
}

func errExposed(found string, err error) error {
	if err != nil {
		return err
	}
	return fmt.Errorf("found %s, which other machines may reach, expected a loopback address such as 127.0.0.1, or --tls-cert, --tls-key and --tokens", found)
}

// loopback is the address of a host, where every address that it has is this machine's
// own.
func loopback(ctx context.Context, host string) (netip.Addr, error) {
	if host == "" {
		return netip.Addr{}, errExposed("every address", nil)
	}
	all := make([]netip.Addr, 1)
	var err error
	if all[0], err = netip.ParseAddr(host); err != nil {
		if all, err = net.DefaultResolver.LookupNetIP(ctx, "ip", host); err != nil {
			return netip.Addr{}, err
		}
	}
	for _, at := range all {
		if !at.Unmap().IsLoopback() {
			return netip.Addr{}, errExposed(at.String(), nil)
		}
	}
	if len(all) == 0 {
		return netip.Addr{}, errExposed("no address", nil)
	}
	return all[0].Unmap(), nil
}

// ownName says whether a Host header names this machine itself, or by a name that it
// was given. A page in a browser that has its own name point here names that one.
func ownName(header string, given ...string) bool {
	host, _, err := net.SplitHostPort(header)
	if err != nil {
		host = header
	}
	if len(host) > 1 && host[0] == '[' && host[len(host)-1] == ']' {
		host = host[1 : len(host)-1]
	}
	if host == "localhost" {
		return true
	}
	for _, name := range given {
		if name != "" && host == name {
			return true
		}
	}
	at, err := netip.ParseAddr(host)
	return err == nil && at.Unmap().IsLoopback()
}
