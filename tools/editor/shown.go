package main

import (
	"errors"
	"fmt"
	"strings"
)

// ask asks about the place of the caret in a text, as the file of a name.
func (s *server) ask(method, name, text string, result any) error {
	without, at := place(text)
	uri, err := s.open(name, without)
	if err != nil {
		return err
	}
	return s.call(method, map[string]any{"textDocument": map[string]any{"uri": uri}, "position": at}, result)
}

// warm waits until the server has read a schema: before, it shows nothing.
func warm(s *server) (int, error) {
	uri, err := s.open("warm."+office, "version: 2\n")
	if err != nil {
		return 0, err
	}
	reports, err := s.reported(map[string]bool{uri: true})
	if err == nil && len(reports[uri]) == 0 {
		err = errors.New("the server marks nothing in a file of version 2: does it find the schema?")
	}
	return 0, err
}

// completions is what can be typed, place by place.
func completions(s *server) (missing int, err error) {
	for i, c := range typing {
		var list struct {
			Items []struct {
				Label string `json:"label"`
			} `json:"items"`
		}
		if err := s.ask("textDocument/completion", fmt.Sprintf("typing-%d.%s", i, c.file), c.text, &list); err != nil {
			return 0, err
		}
		shown := make(map[string]bool)
		var labels []string
		for _, item := range list.Items {
			if !shown[item.Label] {
				labels = append(labels, item.Label)
			}
			shown[item.Label] = true
		}
		heading("typing "+c.of, c.text)
		fmt.Printf("  can be typed (%d): %s\n", len(labels), strings.Join(labels, ", "))
		missing += count("can be typed", c.want, func(label string) bool { return shown[label] }, true)
		missing += count("can be typed", c.not, func(label string) bool { return shown[label] }, false)
	}
	return missing, nil
}

// count says what is not shown that should be, or is and should not be.
func count(what string, labels []string, shown func(string) bool, want bool) (missing int) {
	for _, label := range labels {
		if shown(label) != want {
			missing++
			fmt.Printf("  MISSING: that %q %s is %v\n", label, what, want)
		}
	}
	return missing
}

// hovers is what words mean.
func hovers(s *server) (missing int, err error) {
	for i, c := range pointing {
		var shown struct {
			Contents struct {
				Value string `json:"value"`
			} `json:"contents"`
		}
		if err := s.ask("textDocument/hover", fmt.Sprintf("pointing-%d.%s", i, c.file), c.text, &shown); err != nil {
			return 0, err
		}
		heading("pointing at "+c.of, c.text)
		fmt.Println("  shown: " + strings.ReplaceAll(strings.TrimSpace(shown.Contents.Value), "\n", "\n         "))
		missing += count("is shown", c.want, func(text string) bool { return strings.Contains(shown.Contents.Value, text) }, true)
	}
	return missing, nil
}

// mistakes is what is wrong with files, one mistake in each.
func mistakes(s *server) (missing int, err error) {
	uris, names := make(map[string]bool), make([]string, len(wrong))
	for i, c := range wrong {
		if names[i], err = s.open(fmt.Sprintf("wrong-%d.%s", i, c.file), c.text); err != nil {
			return 0, err
		}
		uris[names[i]] = true
	}
	reports, err := s.reported(uris)
	if err != nil {
		return 0, err
	}
	for i, c := range wrong {
		heading("a mistake: "+c.of, c.text)
		var all strings.Builder
		for _, d := range reports[names[i]] {
			fmt.Fprintf(&all, "%d:%d %s\n", d.Range.Start.Line+1, d.Range.Start.Character+1, d.Message)
		}
		fmt.Println("  marked: " + strings.ReplaceAll(strings.TrimSpace(all.String()), "\n", "\n          "))
		missing += count("is marked", c.want, func(text string) bool { return strings.Contains(all.String(), text) }, true)
		if n := len(reports[names[i]]); n != len(c.want) {
			missing++
			fmt.Printf("  MISSING: %d marks, expected %d\n", n, len(c.want))
		}
	}
	return missing, nil
}
