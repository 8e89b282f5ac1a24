package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/decisionlog"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/metrics"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/tokens"
	"github.com/mandaat/mandaat/policy"
)

type readerKey struct{}

// readerOf is for whom the answer to a request is explained: nobody, where nothing was
// said.
func readerOf(r *http.Request) policy.Reader {
	reader, _ := r.Context().Value(readerKey{}).(policy.Reader)
	return reader
}

// admitted has next answer whoever may ask: anybody on this machine, or whoever has a
// token where there are tokens.
func (s *Server) admitted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var caller tokens.Caller
		if s.Tokens == nil {
			if !ownName(r.Host, s.names...) {
				s.metrics.Refused(metrics.Host)
				authzen.Refuse(w, r, http.StatusMisdirectedRequest, "this server is asked by the name of this machine, or with a token")
				return
			}
		} else {
			presented := bearer(r.Header)
			var known bool
			if caller, known = s.Tokens.Get().Find(presented); !known {
				s.unauthorized(w, r, presented != "")
				return
			}
		}
		next.ServeHTTP(w, r.WithContext(s.asked(r.Context(), caller)))
	})
}

// asked is a context in which a caller asks.
func (s *Server) asked(ctx context.Context, caller tokens.Caller) context.Context {
	reader := s.Reader
	if caller.Given {
		reader.Audience = caller.Audience
	}
	if caller.Name != "" {
		ctx = decisionlog.WithCaller(ctx, caller.Name)
	}
	return context.WithValue(ctx, readerKey{}, reader)
}

func (s *Server) unauthorized(w http.ResponseWriter, r *http.Request, presented bool) {
	challenge, message := `Bearer realm="mandaat"`, "expected a bearer token"
	if presented {
		challenge, message = challenge+`, error="invalid_token"`, "the bearer token is nobody's"
	}
	s.metrics.Refused(metrics.Unauthorized)
	w.Header().Set("WWW-Authenticate", challenge)
	authzen.Refuse(w, r, http.StatusUnauthorized, message)
}

// bearer is the token of a request, where it has just one, and else empty, which is
// nobody's.
func bearer(h http.Header) string {
	given := h.Values("Authorization")
	if len(given) != 1 {
		return ""
	}
	scheme, token, _ := strings.Cut(given[0], " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.Trim(token, " ")
}
