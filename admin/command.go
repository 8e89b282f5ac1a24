package admin

import (
	"math"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/words"
)

// Command is something to be done to an office: one of the types of this package,
// all of them plain values that compare with ==.
type Command interface {
	// Name is what the command goes by: the name of the policy's action wherever
	// it is one.
	Name() string
	// do does it, as far as it is allowed.
	do(d *draft)
}

// If is a command that is carried out only while the office is at a version: it is
// refused when somebody changed the office since.
type If struct {
	Version uint64
	Command Command
}

// Name is the name of the command.
func (c If) Name() string { return c.Command.Name() }

func (If) do(*draft) {}

// expect refuses the command where the office is at another version.
func (d *draft) expect(version uint64) {
	if d.pending.Version() != version {
		d.because(policy.OfOffice(d.pending.Code()), changes.CodeOfficeChanged, "DERIVED", words.Say(
			"The office was expected at version {expected} and is at version {version}: look at what changed, and give the command again.",
			words.Blank{Name: "expected", With: words.Plain(number(version))},
			words.Blank{Name: "version", With: words.Plain(number(d.pending.Version()))}))
	}
}

// because notes that the command itself refuses.
func (d *draft) because(target policy.Resource, code, source string, reason words.Said) {
	d.reasons = append(d.reasons, changes.Because(d.command, d.actor, target, code, source, reason))
}

// envelope is a command as it is written.
type envelope struct {
	command Command
	version policy.Optional[uint64]
}

func wrapped(c Command) envelope {
	if conditional, ok := c.(If); ok {
		return envelope{conditional.Command, policy.Given(conditional.Version)}
	}
	return envelope{command: c}
}

var commandText = fields.TextOf("a command", MaxBytes, func(c *fields.Coder, e *envelope) {
	commands.Through(c, &e.command)
	fields.OmitZero(c, "if_version", &e.version, changes.Maybe(fields.Whole[uint64](0, math.MaxInt64)))
})

// WriteCommand writes a command as JSON on one line, its keys in a fixed order. A
// command that is malformed is an error that joins a *problems.Problem for each
// thing wrong.
func WriteCommand(c Command) ([]byte, error) { return commandText.Write(wrapped(c)) }

// ReadCommand reads what WriteCommand writes, strictly: an unknown key, a key twice
// or a value that cannot be are *problems.Problem, all of them together.
func ReadCommand(data []byte) (Command, error) {
	e, err := commandText.Read(data)
	if err != nil {
		return nil, err
	}
	if version, given := e.version.Get(); given {
		return If{version, e.command}, nil
	}
	return e.command, nil
}

// CommandNames is the names of the commands, in the order of the documentation.
func CommandNames() []string { return commands.Names() }

// CommandFields is the fields of a command's JSON besides its name, in order; nil
// for a name that no command has.
func CommandFields(name string) []changes.Field { return changes.FieldsOf(commands.Describe(name)) }

// commands is every kind of command.
var commands = fields.UnionOf("command",
	fields.Of[Command]((*CreateUsers).fields),
	fields.Of[Command]((*ImportUsers).fields),
	fields.Of[Command]((*ChangeDetails).fields),
	fields.Of[Command]((*GrantRole).fields),
	fields.Of[Command]((*RevokeRole).fields),
	fields.Of[Command]((*ChangeRoles).fields),
	fields.Of[Command]((*ChangeCompanyAccess).fields),
	fields.Of[Command]((*ChangeLaterCompanies).fields),
	fields.Of[Command]((*ChangeArchiveRight).fields),
	fields.Of[Command]((*ChangeBankRight).fields),
	fields.Of[Command]((*ChangeEndDate).fields),
	fields.Of[Command]((*ChangeBillTo).fields),
	fields.Of[Command]((*Bulk).fields),
	fields.Of[Command]((*DeleteUser).fields),
	fields.Of[Command]((*SendPasswordLink).fields),
	fields.Of[Command]((*UsePasswordLink).fields),
	fields.Of[Command]((*ChangePassword).fields),
	fields.Of[Command]((*ChangeEmail).fields),
	fields.Of[Command]((*MarkUsed).fields),
	fields.Of[Command]((*LinkAccountingUser).fields),
	fields.Of[Command]((*UnlinkAccountingUser).fields),
	fields.Of[Command]((*EnterAccountingPassword).fields),
	fields.Of[Command]((*CreateCompany).fields),
	fields.Of[Command]((*DeleteCompany).fields),
	fields.Of[Command]((*ChangeSettings).fields),
	fields.Of[Command]((*ChangeWorkflow).fields),
	fields.Of[Command]((*ChangePaymentAgreement).fields),
	fields.Of[Command]((*SwitchSynchronisation).fields),
	fields.Of[Command]((*ChangeOffice).fields),
	fields.Of[Command]((*CreateSystem).fields),
	fields.Of[Command]((*DeleteSystem).fields),
	fields.Of[Command]((*FetchUsers).fields),
	fields.Of[Command]((*ChooseSynchronisationUser).fields),
	fields.Of[Command]((*RecordDisconnection).fields),
	fields.Of[Command]((*Reconnect).fields),
)
