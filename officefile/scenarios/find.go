package scenarios

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/mandaat/mandaat/officefile"
)

// endings is how the names of scenario files end, where a directory is searched.
var endings = []string{".scenarios.yaml", ".scenarios.yml", ".scenarios.json"}

// ErrNone is that a path leads to no scenarios.
var ErrNone = errors.New("no scenarios")

// Find is the scenario files that paths lead to, each once and in order: a file is
// itself, whatever it is called, and a directory is every *.scenarios.yaml, .yml and
// .json in it and below; "testdata/..." is the directory too. A path that leads to
// none wraps ErrNone.
func Find(paths ...string) ([]string, error) {
	var files []string
	seen := make(map[string]bool)
	for _, path := range paths {
		below, err := under(path)
		if err != nil {
			return nil, err
		}
		if len(below) == 0 {
			return nil, fmt.Errorf("%s: %w: found no file named *%s in this directory, nor below it", path, ErrNone, endings[0])
		}
		for _, file := range below {
			if !seen[file] {
				seen[file], files = true, append(files, file)
			}
		}
	}
	if len(files) == 0 {
		return nil, ErrNone
	}
	return files, nil
}

// under is the scenario files of one path.
func under(path string) (files []string, err error) {
	root := path
	if path == "..." || strings.HasSuffix(path, "/...") {
		root = filepath.Clean(strings.TrimSuffix(path, "..."))
	}
	info, err := os.Stat(root)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{filepath.Clean(root)}, nil
	}
	// A name that ends in a separator is that of the directory, where it is a link.
	err = filepath.WalkDir(root+string(filepath.Separator), func(file string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && named(file) {
			files = append(files, filepath.Clean(file))
		}
		return err
	})
	return files, err
}

func named(file string) bool {
	for _, ending := range endings {
		if strings.HasSuffix(file, ending) {
			return true
		}
	}
	return false
}

// ReadFile reads a file as Load wants it, and not more of it than a file may have.
func ReadFile(name string) ([]byte, error) {
	f, err := os.Open(name) //nolint:gosec // which file, the caller says
	if err != nil {
		return nil, err
	}
	data, err := officefile.ReadAll(f)
	return data, errors.Join(err, f.Close())
}
