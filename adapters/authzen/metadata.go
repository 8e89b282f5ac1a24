package authzen

import (
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/mandaat/mandaat/problems"
)

// ParseBaseURL reads the identifier of a policy decision point: an absolute https URL in
// its plain form, without user, query or fragment, such as https://pdp.example.com or
// https://pdp.example.com/tenant1. A slash at the end is part of the identifier, since
// identifiers compare byte for byte; endpoints have the same URL with it or without.
// Anything else is a *problems.Problem.
func ParseBaseURL(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err != nil || !plain(u) || u.String() != s {
		return nil, &problems.Problem{
			Found:    problems.Quote(s),
			Expected: "an https URL without user, query or fragment, such as https://pdp.example.com",
		}
	}
	return u, nil
}

func plain(u *url.URL) bool {
	trimmed := strings.TrimSuffix(u.Path, "/")
	return u.Scheme == "https" && u.Hostname() != "" && u.User == nil && u.Opaque == "" && u.RawQuery == "" && !u.ForceQuery &&
		u.Fragment == "" && u.RawPath == "" && (trimmed == "" || path.Clean(u.Path) == trimmed)
}

// metadata tells where the endpoints are: below BaseURL, whatever the request says of
// its host.
func (x *exchange) metadata() {
	base := strings.TrimSuffix(x.BaseURL, "/")
	b := appendMember([]byte{'{'}, "policy_decision_point", x.BaseURL)
	for _, e := range [...]struct{ key, path string }{
		{"access_evaluation_endpoint", evaluationPath},
		{"access_evaluations_endpoint", evaluationsPath},
		{"search_subject_endpoint", searchSubjectPath},
		{"search_resource_endpoint", searchResourcePath},
		{"search_action_endpoint", searchActionPath},
	} {
		b = appendMember(append(b, ','), e.key, base+e.path)
	}
	setJSON(x.w.Header())
	x.w.Header().Set("Cache-Control", "max-age=3600")
	if x.r.Method != http.MethodHead {
		x.write(append(b, '}'))
	}
}
