package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

func completion() *cobra.Command {
	return &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: "Print a script that lets a shell complete commands",
		Long: `Prints a script for a shell. Once the shell has read it, it completes commands,
flags, actions, commands of do, and what the office file given with -f has: its
users, companies, documents and accounting systems.`,
		Example: `  source <(mandaat completion bash)
  mandaat completion bash >/etc/bash_completion.d/mandaat
  mandaat completion zsh >"${fpath[1]}/_mandaat"
  mandaat completion fish >~/.config/fish/completions/mandaat.fish
  mandaat completion powershell | Out-String | Invoke-Expression`,
		Args:                  cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		ValidArgs:             []string{"bash", "zsh", "fish", "powershell"},
		DisableFlagsInUseLine: true,
		RunE: func(c *cobra.Command, args []string) error {
			text, err := script(c.Root(), args[0])
			if err != nil {
				return err
			}
			_, err = io.WriteString(c.OutOrStdout(), text)
			return err
		},
	}
}

// script is what cobra has for a shell, with what it lacks.
func script(root *cobra.Command, shell string) (string, error) {
	var b bytes.Buffer
	write := map[string]func() error{
		"bash":       func() error { return root.GenBashCompletionV2(&b, true) },
		"zsh":        func() error { return root.GenZshCompletion(&b) },
		"fish":       func() error { return root.GenFishCompletion(&b, true) },
		"powershell": func() error { return root.GenPowerShellCompletionWithDesc(&b) },
	}[shell]
	if err := write(); err != nil {
		return "", err
	}
	text := b.String()
	for _, a := range amendments[shell] {
		if strings.Count(text, a.of) != 1 {
			return "", fmt.Errorf("the script for %s has not once what is to be amended: %s", shell, a.of)
		}
		text = strings.Replace(text, a.of, a.by, 1)
	}
	return text, nil
}

// amendment is that one text stands for another in a script.
type amendment struct{ of, by string }

// amendments hand the whole command line over, so that -f counts wherever it stands,
// and let bash do without its package of completions. Fish shows nobody what stands
// behind the word that is completed.
var amendments = map[string][]amendment{
	"bash": {
		{`requestComp="${words[0]} __complete`, `requestComp="` + lineVariable + `=\${COMP_LINE} ${words[0]} __complete`},
		{`    _get_comp_words_by_ref "$@" cur prev words cword`, `    if declare -F _get_comp_words_by_ref >/dev/null 2>&1; then
        _get_comp_words_by_ref "$@" cur prev words cword
        return
    fi
    # Without that function, words are what stands between blanks.
    local typed=${COMP_LINE:0:COMP_POINT}
    read -ra words <<<"${typed}"
    if [[ ${typed} == *[[:blank:]] ]]; then
        words+=("")
    fi
    cword=$((${#words[@]} - 1))
    cur=${words[cword]}
    prev=${words[cword - 1]}`},
		// What is typed may have signs in it that bash would escape, as a list of YAML has.
		{`[[ $comp == "$cur"* ]] || continue`, `[[ ${comp} == "${cur}"* || ${compline} == "${cur}"* ]] || continue`},
		{`filteringCmd="_filedir $fullFilter"`, `filteringCmd="__mandaat_files $fullFilter"`},
		{`__mandaat_handle_activeHelp() {`, `# Files whose names end as asked, and directories.
__mandaat_files() {
    if declare -F _filedir >/dev/null 2>&1; then
        _filedir "$1"
        return
    fi
    local file
    while IFS='' read -r file; do
        if [[ -d ${file} || "|$1" == *"|${file##*.}|"* ]]; then
            COMPREPLY+=("${file}")
        fi
    done < <(compgen -f -- "${cur}")
    compopt -o filenames 2>/dev/null
}

__mandaat_handle_activeHelp() {`},
	},
	"zsh": {
		{`requestComp="${words[1]} __complete`, `requestComp="` + lineVariable + `=\${BUFFER} ${words[1]} __complete`},
	},
	"powershell": {
		{`    $RequestComp="$Program __complete $Arguments"`, `    ${env:` + lineVariable + `}="$CommandAst"` + "\n" +
			`    $RequestComp="$Program __complete $Arguments"`},
	},
}
