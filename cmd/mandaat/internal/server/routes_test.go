package server

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/mandaat/mandaat/cmd/mandaat/internal/hot"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/tokens"
)

// Whoever has no token is answered nothing that is decided, by whatever path, and
// whatever path the base URL has.
func TestNoPathLeadsPastTheTokens(t *testing.T) {
	nobody, err := hot.Fixed(nil, func(hot.Content) (tokens.Tokens, error) { return tokens.Tokens{}, nil })
	if err != nil {
		t.Fatal(err)
	}
	bases := []string{"", "/pdp", metadata, metadata + "/pdp", "/pdp" + metadata}
	ends := []string{""}
	for end := range endpoints {
		ends = append(ends, end)
	}
	refused := 0
	for _, base := range bases {
		s := tested(t)
		s.Tokens, s.BaseURL, s.MaxRequests, s.MaxBody, s.MaxHeld = nobody, "https://pdp.example.com"+base, 1, 1000, 1000
		routes := s.routes()
		for _, first := range bases {
			for _, second := range append(bases, ends...) {
				for _, end := range ends {
					for _, method := range []string{http.MethodPost, http.MethodGet, http.MethodPut} {
						path := first + second + end
						if path == "" || endpointOf(path) == "healthz" || endpointOf(path) == "readyz" {
							continue
						}
						w := httptest.NewRecorder()
						routes.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, path, http.NoBody))
						switch {
						case w.Code == http.StatusUnauthorized:
							refused++
						case endpointOf(path) != "metadata" || method != http.MethodGet:
							t.Errorf("base %q: %s %s without a token is answered %d %s", base, method, path, w.Code, w.Body)
						}
					}
				}
			}
		}
	}
	if refused == 0 {
		t.Error("nothing was refused")
	}
}
