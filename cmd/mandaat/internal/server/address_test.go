package server

import (
	"net"
	"net/netip"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// Whatever address is given, nothing but a loopback address is listened at unless TLS
// and tokens guard it.
func TestNoOtherMachineReachesWhatIsNotGuarded(t *testing.T) {
	hosts := rapid.OneOf(
		rapid.SampledFrom([]string{
			"", "0.0.0.0", "::", "127.0.0.1", "127.255.0.3", "::1", "::ffff:127.0.0.1", "::ffff:0.0.0.0", "localhost",
			"0", "127.1", "2130706433", "0x7f.1", "::127.0.0.1", "fe80::1%lo", "no-such-name.invalid", "*",
		}),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 4, 4), addressOf),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 16, 16), addressOf),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 3, 3), func(b []byte) string { return addressOf(append([]byte{127}, b...)) }),
	)
	rapid.Check(t, func(t *rapid.T) {
		host := hosts.Draw(t, "host")
		l, err := listen(t.Context(), net.JoinHostPort(host, "0"), false)
		if err != nil {
			return
		}
		defer func() { _ = l.Close() }() // it is not wanted any longer
		at, err := netip.ParseAddrPort(l.Addr().String())
		if err != nil || !at.Addr().Unmap().IsLoopback() {
			t.Fatalf("%q is listened at as %s, %v", host, l.Addr(), err)
		}
	})
}

func addressOf(b []byte) string {
	at, ok := netip.AddrFromSlice(b)
	return map[bool]string{true: at.String(), false: ""}[ok]
}

// The loopback addresses are listened at, and any where it is guarded.
func TestWhatIsListenedAt(t *testing.T) {
	for address, guarded := range map[string]bool{
		"127.0.0.1:0": false, "localhost:0": false, "[::ffff:127.0.0.1]:0": false, "127.0.0.1:00": true, "0.0.0.0:0": true, ":0": true,
	} {
		l, err := listen(t.Context(), address, guarded)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
	for _, address := range []string{"", "127.0.0.1", "8180", "127.0.0.1:no-such-port", "127.0.0.1:-1", "127.0.0.1:65536"} {
		for _, guarded := range []bool{true, false} {
			if l, err := listen(t.Context(), address, guarded); err == nil {
				t.Errorf("%q is listened at as %s", address, l.Addr())
			}
		}
	}
}

// A name is this machine's own where it is a loopback address, localhost or given, with
// any port; nothing that merely holds one.
func TestOnlyOwnNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		own := rapid.SampledFrom([]string{"localhost", "127.0.0.1", "127.9.8.7", "[::1]", "pdp.example"}).Draw(t, "own")
		name := own
		if rapid.Bool().Draw(t, "with a port") {
			name += ":" + strconv.Itoa(rapid.IntRange(0, 65535).Draw(t, "port"))
		}
		if !ownName(name, "pdp.example", "") {
			t.Fatalf("%s is not its own", name)
		}
		piece := rapid.StringMatching(`[a-z]{1,5}`).Draw(t, "piece")
		for _, other := range []string{own + "." + piece, piece + "." + own, piece + own, piece, "", ":80", "192.0.2.1:80"} {
			if ownName(other, "pdp.example", "") {
				t.Fatalf("%q is its own", other)
			}
		}
	})
}
