package lattice

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// impure is what no pure package imports; "net/" is all below net.
var impure = []string{
	"context", "crypto/rand", "log", "log/", "math/rand", "math/rand/", "net", "net/", "os", "os/",
	"reflect", "sync", "sync/", "syscall", "testing", "testing/", "unsafe", "C",
}

// hidden is what no pure package names of what it does import: the clock, the
// machine's own zone and files, standard input and output.
var hidden = map[string][]string{
	"time": {
		"After", "AfterFunc", "LoadLocation", "Local", "NewTicker", "NewTimer", "Now", "Since", "Sleep", "Tick", "Until",
	},
	"fmt": {"Print", "Printf", "Println", "Scan", "Scanf", "Scanln"},
}

// pure says whether a file may only compute.
func (s *source) pure() bool {
	return s.root && !s.test && !strings.HasPrefix(s.pkg, "adapters/")
}

func (s *source) checkPurity() {
	names := map[string]string{} // what a package is called here, to its path
	for _, spec := range s.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value) // checkImport has read it
		if slices.ContainsFunc(impure, func(p string) bool {
			return imported == p || strings.HasSuffix(p, "/") && strings.HasPrefix(imported, p)
		}) {
			s.noteAt(spec.Pos(), "a pure package may not import %s", imported)
		}
		names[called(spec, imported)] = imported
	}
	if imported, found := names["."]; found {
		s.noteAt(s.Package, "names of %s without saying so", imported)
	}
	compared := map[ast.Expr]bool{}
	ast.Inspect(s.File, func(node ast.Node) bool {
		s.checkNode(node, names, compared)
		return true
	})
}

func called(spec *ast.ImportSpec, imported string) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	return imported
}

func (s *source) checkNode(node ast.Node, names map[string]string, compared map[ast.Expr]bool) {
	switch n := node.(type) {
	case *ast.GoStmt:
		s.noteAt(n.Pos(), "a pure package starts no goroutine")
	case *ast.BinaryExpr: // a package may ask whether it was given the machine's zone
		equality := n.Op == token.EQL || n.Op == token.NEQ
		compared[n.X], compared[n.Y] = equality, equality
	case *ast.SelectorExpr:
		s.checkSelector(n, names, compared[n])
	case *ast.CallExpr:
		s.checkCall(n)
	}
}

func (s *source) checkSelector(n *ast.SelectorExpr, names map[string]string, compared bool) {
	x, isName := n.X.(*ast.Ident)
	if !isName || compared && n.Sel.Name == "Local" {
		return
	}
	if imported := names[x.Name]; slices.Contains(hidden[imported], n.Sel.Name) {
		s.noteAt(n.Pos(), "%s.%s in a pure package", imported, n.Sel.Name)
	}
}

func (s *source) checkCall(n *ast.CallExpr) {
	switch called := n.Fun.(type) {
	case *ast.Ident:
		if called.Name == "print" || called.Name == "println" {
			s.noteAt(n.Pos(), "%s in a pure package", called.Name)
		}
	case *ast.SelectorExpr:
		if called.Sel.Name == "Local" && len(n.Args) == 0 {
			s.noteAt(n.Pos(), "the machine's zone in a pure package")
		}
	}
}
