// Package authzen_test asks the handler as others do: with the messages and the client
// of a third party, OpenFGA, which its maintainers generated for its own AuthZEN
// endpoints (github.com/openfga/api/proto/authzen/v1). They are used as they come, over
// the paths that they name themselves, and both ends of an exchange are held to their
// own rules of validity.
//
// Answers are read strictly: a member that those types do not have is an error. There is
// one exception, below.
//
// In this they differ from the final AuthZEN 1.0; the handler does as AuthZEN has it:
//
//   - An answer to a search has no context. The handler says in one which properties an
//     action takes. So the client reads searches as AuthZEN asks, ignoring what it does
//     not know, and a test holds that context to be all that it does not know.
//   - Evaluations without any are answered with a list of one. AuthZEN, and the handler,
//     answer with the one.
//   - The metadata of a policy decision point https://host/stores/ID is asked for at
//     /.well-known/authzen-configuration/ID. AuthZEN keeps the whole path behind the
//     well-known part. What identifies itself as https://host/ID is the same to both.
//   - Pages have no properties, options none but the semantic, and a limit is at most
//     1,000. The types and ids of the messages take no space, colon, # or @.
package authzen_test
