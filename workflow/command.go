package workflow

import (
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/internal/fields"
)

// Command is something to be done to a document: one of the types of this package,
// all of them plain values that compare with ==. Each names the document it is
// about, so that it is never carried out on another one.
type Command interface {
	// Name is what the command goes by: the name of the policy's action.
	Name() string
	// do does it, as far as it is allowed.
	do(m *move)
}

// maxCommandBytes is the longest that the JSON of a command may be: every command
// that is not malformed is shorter.
const maxCommandBytes = 1 << 20

var commands = fields.UnionOf("command",
	fields.Of[Command]((*Upload).fields),
	fields.Of[Command]((*Split).fields),
	fields.Of[Command]((*Merge).fields),
	fields.Of[Command]((*Tag).fields),
	fields.Of[Command]((*Assign).fields),
	fields.Of[Command]((*Approve).fields),
	fields.Of[Command]((*Reject).fields),
	fields.Of[Command]((*Reassign).fields),
	fields.Of[Command]((*Withdraw).fields),
	fields.Of[Command]((*Return).fields),
	fields.Of[Command]((*Book).fields),
)

var commandText = fields.TextOf("a command", maxCommandBytes, commands.Through)

// WriteCommand writes a command as JSON on one line, its keys in a fixed order. A
// command that is malformed is an error that joins a *problems.Problem for each
// thing wrong.
func WriteCommand(c Command) ([]byte, error) { return commandText.Write(c) }

// ReadCommand reads what WriteCommand writes, strictly: an unknown key, a key twice
// or a value that cannot be are *problems.Problem, all of them together.
func ReadCommand(data []byte) (Command, error) { return commandText.Read(data) }

// CommandNames is the names of the commands, in the order of the documentation.
func CommandNames() []string { return commands.Names() }

// CommandFields is the fields of a command's JSON besides its name, in order; nil
// for a name that no command has.
func CommandFields(name string) []changes.Field { return changes.FieldsOf(commands.Describe(name)) }
