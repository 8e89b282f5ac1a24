package guard

import "net/http"

// refuse answers with a status and nothing of why. Nobody keeps the answer: it
// is about who asked, and about now.
func (g Guard) refuse(w http.ResponseWriter, r *http.Request, asked Asked) {
	status := asked.status()
	w.Header().Set("Cache-Control", "no-store")
	if g.Refuse == nil {
		http.Error(w, http.StatusText(status), status)
		return
	}
	var unreadable error
	if status == http.StatusBadRequest {
		unreadable = asked.Fault
	}
	page := refusal{ResponseWriter: w, status: status}
	g.Refuse(&page, r, status, unreadable)
	if !page.begun {
		page.WriteHeader(status)
	}
}

// refusal is where a page that refuses is written: it cannot say that all is well.
type refusal struct {
	http.ResponseWriter
	status int
	begun  bool
}

// WriteHeader begins the answer with a status of 300 or more, or else with the
// refusal's own.
func (w *refusal) WriteHeader(status int) {
	if status < http.StatusMultipleChoices {
		status = w.status
	}
	w.begun = true
	w.ResponseWriter.WriteHeader(status)
}

// Write writes a part of the page.
func (w *refusal) Write(page []byte) (int, error) {
	if !w.begun {
		w.WriteHeader(w.status)
	}
	return w.ResponseWriter.Write(page)
}
