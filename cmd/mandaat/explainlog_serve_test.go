package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// answerTo asks a service, which is to answer.
func answerTo(ctx context.Context, t testing.TB, service http.Handler, path, request, id string) {
	t.Helper()
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, path, strings.NewReader(request))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Request-ID", id)
	w := httptest.NewRecorder()
	service.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s is answered %d: %s", request, w.Code, w.Body)
	}
}
