// Package officefile reads an office from a YAML file: its accounting systems,
// companies and users, and, for asking about them, documents and the findings the
// office has accepted. It also writes back what changed. JSON is read too, being
// YAML.
//
//	file, err := officefile.Read("office.yaml", f)
//
// Reading is all or nothing. A file with anything wrong gives no File, and one
// error that joins an [Error] for each thing that is wrong, with its line and
// column, what was found there and what was expected. Whether the office is set up
// wisely is another question: a user without roles or an office without a Super
// user is read as it stands.
//
// # The file
//
//	version: 1
//	office:
//	  code: devries                      # what the office is known by
//	  name: De Vries Accountants
//	  time_zone: Europe/Amsterdam        # end dates are days of this zone
//	  password_link_minutes: 30          # optional: 1 to 1440
//	  version: 12                        # optional: changes seen so far
//	  company_settings:                  # optional: what companies may set
//	    - {code: vat_period, mandatory: true, values: [month, quarter]}
//	accounting_systems:
//	  - id: exact
//	    name: Exact Online
//	    connection: login_success        # or disconnected
//	    synchronisation_user: rosa       # a user below
//	    users:                           # optional: those of the accounting system
//	      - id: rosa@exact
//	        name: Rosa
//	        email: rosa@devries.example
//	        rank: 1                      # 1 is the highest there
//	        can_book: true
//	        can_change_master_data: true
//	        companies: all               # of this system, later ones too; or a list
//	companies:
//	  - id: bakery                       # any id but office
//	    name: Bakkerij Jansen
//	    accounting_system: exact
//	    authorisation_workflow: true
//	    payment_agreement: false
//	    synchronisation: true            # optional, true where it is absent
//	    settings: {vat_period: month}    # optional: by the codes of company_settings
//	users:
//	  - id: rosa
//	    username: rosa
//	    email: rosa@devries.example
//	    roles: [super_user]              # may be empty
//	    companies: all                   # every company of this file; or a list
//	    name: Rosa de Vries              # optional, as is all that follows
//	    language: nl
//	    end_date: 2027-01-31
//	    later_companies: false
//	    archive: by_role                 # or all
//	    change_bank_details: false
//	    bill_to: office                  # or a company; absent is that nobody chose
//	    spenser: false
//	    used: true                       # has logged in or acted
//	    accounting_users:                # one for a system
//	      - {system: exact, user: rosa@exact, verified: true}
//	    password_link:                   # sent and not used yet
//	      {address: rosa@devries.example, sent: 2026-11-22T09:00:00Z, minutes: 30}
//	deleted_users:
//	  - {id: tom, username: tom}
//	documents:
//	  - id: inv-1
//	    company: bakery
//	    delivered_by: tom                # a user or a deleted user
//	    stage: booking                   # tagging, authorisation, booking, archived
//	    route:                           # optional
//	      - {authoriser: rosa, outcome: approved}
//	    ever_assigned: true              # optional: true with a route, else false
//	acknowledged:
//	  - finding: S1                      # R1 to R6, O1 to O18, S1 to S6
//	    user: rosa                       # optional, as are users (a list) and company
//	    reason: two-person office
//	    until: 2027-06-30                # through that day
//
// All top-level lists are optional, and so are verified (of a link), mandatory
// and values (of a company setting) and comment (of a rejected step of a route). Every other key is required. The order of keys
// means nothing; that of a list counts in a route, and [File] keeps that of
// documents and of acknowledged.
//
// # Nothing is guessed
//
//   - An identifier is a text, compared byte for byte. 007, true and 2027-01-31
//     are not texts until they are quoted. Two of one kind that differ only by case
//     or by Unicode normalisation form are refused; users and deleted users are one
//     kind, and so are their usernames.
//   - A date or a moment may be quoted or not; true and false may not; a number is written in
//     plain digits. null is no value of any key: what is absent is left out.
//   - Whatever a key refers to is in the file. A step of a route that is pending
//     waits for a user, not for a deleted one; history may name either.
//   - Keys that are unknown or stand twice, tags that YAML would not give by itself,
//     merge keys, and a second document are refused.
//   - Aliases are followed, within [MaxAliases] and [MaxAliasedNodes]; no file is
//     larger than [MaxBytes] or deeper than [MaxNesting].
//
// # Changing a file
//
// [Update] writes what an office became into the text that it was read from, and
// keeps every byte that says what is still so.
package officefile
