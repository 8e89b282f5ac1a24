package lattice

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"testing"
)

// machines is how paths of one machine or one person's account begin, and where
// they leave the repository. Each is written in two halves, or this file would
// name it.
var machines = []string{".." + "/shared", "/" + "work/", "/" + "root/", "/" + "home/"}

// machinePaths is where the files of a tree name a path that no other machine has.
func machinePaths(t *testing.T, files fs.FS) []string {
	t.Helper()
	var found []string
	walk(t, files, func(dir string) bool { return dir == ".git" || dir == "bin" }, func(file string, data []byte) {
		if bytes.IndexByte(data, 0) >= 0 {
			return // no text
		}
		number := 0
		for line := range strings.Lines(string(data)) {
			number++
			for _, machine := range machines {
				if strings.Contains(line, machine) {
					found = append(found, fmt.Sprintf("%s:%d: names a machine: %s", file, number, machine))
				}
			}
		}
	})
	return found
}
