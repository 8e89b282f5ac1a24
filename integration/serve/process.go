package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is the process of a server.
type process struct {
	command *exec.Cmd
	output  string          // the file of what it says
	ended   <-chan struct{} // closed once it has ended
}

// startup is how long a server may take until it answers.
const startup = time.Minute

// start starts a server on one processor, and waits until it can be connected to.
func (b *bench) start(name, addr, program string, arguments ...string) (*process, error) {
	output, err := os.Create(filepath.Join(b.dir, name+".log")) //nolint:gosec // a name of a contender
	if err != nil {
		return nil, err
	}
	defer output.Close() //nolint:errcheck // the process has its own
	ended := make(chan struct{})
	p := &process{exec.Command(program, arguments...), output.Name(), ended} //nolint:noctx,gosec // stop ends it
	p.command.Env = append(os.Environ(), "GOMAXPROCS=1")
	p.command.Stdout, p.command.Stderr = output, output
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	b.started = append(b.started, p)
	go func() {
		defer close(ended)
		_ = p.command.Wait() // what it said tells more
	}()
	return p, p.ready(name, addr)
}

// ready waits until the server answers.
func (p *process) ready(name, addr string) error {
	for since := time.Now(); time.Since(since) < startup; time.Sleep(20 * time.Millisecond) {
		if answers(addr) {
			return nil
		}
		select {
		case <-p.ended:
			return fmt.Errorf("%s ended before it answered\n%s", name, p.said())
		default:
		}
	}
	return fmt.Errorf("%s does not answer\n%s", name, p.said())
}

// answers says whether a server can be connected to.
func answers(addr string) bool {
	c, err := new(net.Dialer).DialContext(context.Background(), "tcp", addr)
	if err != nil {
		return false
	}
	return c.Close() == nil
}

// said is the end of what the server said.
func (p *process) said() []byte {
	f, err := os.Open(p.output)
	if err != nil {
		return nil
	}
	defer f.Close() //nolint:errcheck // only read
	data, _ := io.ReadAll(f)
	return data[max(0, len(data)-2000):]
}

// stop ends the server, by force where it would not.
func (p *process) stop() error {
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-p.ended:
		return nil
	case <-time.After(5 * time.Second):
		return p.command.Process.Kill()
	}
}

// ticks is how many units of processor time a second has where the kernel tells them.
const ticks = 100

// used is the processor time that the server has used, in seconds; not a number where the
// system does not tell, which Linux does.
func (p *process) used() float64 {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.command.Process.Pid))
	if err != nil {
		return math.NaN()
	}
	_, after, _ := bytes.Cut(stat, []byte(") "))
	fields := strings.Fields(string(after))
	if len(fields) < 13 {
		return math.NaN()
	}
	user, err := strconv.ParseFloat(fields[11], 64)
	if err != nil {
		return math.NaN()
	}
	system, err := strconv.ParseFloat(fields[12], 64)
	if err != nil {
		return math.NaN()
	}
	return (user + system) / ticks
}

// freeAddr is an address of the loopback interface that nobody listens at.
func freeAddr() (string, error) {
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// build builds a package, of the module in a directory beside this one.
func (b *bench) build(name, dir, pkg string) (program string, err error) {
	program = filepath.Join(b.dir, name)
	return program, finish("go", "build", "-C", filepath.Join(b.module, dir), "-o", program, pkg)
}

// module is the directory of the module that this program is of.
func module() (string, error) {
	file, err := exec.Command("go", "env", "GOMOD").Output() //nolint:noctx // takes no time
	if err != nil {
		return "", fmt.Errorf("looking for the module: %w", err)
	}
	return filepath.Dir(strings.TrimSpace(string(file))), nil
}

// finish runs a program to its end.
func finish(program string, arguments ...string) error {
	said, err := exec.Command(program, arguments...).CombinedOutput() //nolint:noctx,gosec // programs that are named here
	if err != nil {
		return fmt.Errorf("%s %s: %w\n%s", filepath.Base(program), arguments[0], err, said)
	}
	return nil
}
