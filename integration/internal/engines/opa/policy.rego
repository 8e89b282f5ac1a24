# Who may do what in the office. The index of rules chooses by the action, the
# stage and what else the input says; every rule gives the same value, so that the
# first that holds ends the search. Each goes through lookups by id alone, what
# says most first: input, then the user's roles, then the company.
package office

default allow := false

# Seeing a document.

allow if {
	input.action == "document.view"
	input.open
	user := data.active[input.user]
	user.client_user
	user.companies[input.company]
}

allow if {
	input.action == "document.view"
	input.open
	input.delivered_by == input.user
	user := data.active[input.user]
	user.restricted_client_user
	user.companies[input.company]
}

allow if {
	input.action == "document.view"
	input.stage == "booking"
	user := data.active[input.user]
	user.booker
	user.companies[input.company]
}

allow if {
	input.action == "document.view"
	input.stage == "archived"
	user := data.active[input.user]
	user.booker
	user.companies[input.company]
}

allow if {
	input.action == "document.view"
	input.stage == "archived"
	user := data.active[input.user]
	user.archive
	user.companies[input.company]
}

allow if {
	input.action == "document.view"
	input.in_turn
	input.in_turn == input.user
	user := data.active[input.user]
	user.authoriser
	user.companies[input.company]
}

allow if {
	input.action == "document.view"
	input.in_turn
	user := data.active[input.user]
	user.authorisation_administrator
	user.companies[input.company]
}

# What clients do with what is ready for tagging.

allow if {
	input.action == "document.split"
	input.stage == "tagging"
	user := data.active[input.user]
	user.client_user
	user.companies[input.company]
}

allow if {
	input.action == "document.split"
	input.stage == "tagging"
	input.delivered_by == input.user
	user := data.active[input.user]
	user.restricted_client_user
	user.companies[input.company]
}

allow if {
	input.action == "document.merge"
	input.stage == "tagging"
	input.fit
	user := data.active[input.user]
	user.client_user
	user.companies[input.company]
}

allow if {
	input.action == "document.merge"
	input.stage == "tagging"
	input.fit
	input.delivered_by == input.user
	user := data.active[input.user]
	user.restricted_client_user
	user.companies[input.company]
}

allow if {
	input.action == "document.tag"
	input.stage == "tagging"
	user := data.active[input.user]
	user.client_user
	user.companies[input.company]
}

allow if {
	input.action == "document.tag"
	input.stage == "tagging"
	input.delivered_by == input.user
	user := data.active[input.user]
	user.restricted_client_user
	user.companies[input.company]
}

allow if {
	input.action == "document.assign"
	input.stage == "tagging"
	input.fit
	user := data.active[input.user]
	user.client_user
	user.companies[input.company]
}

allow if {
	input.action == "document.assign"
	input.stage == "tagging"
	input.fit
	input.delivered_by == input.user
	user := data.active[input.user]
	user.restricted_client_user
	user.companies[input.company]
}

# What the authoriser in turn does, and an administrator of what is pending.

allow if {
	input.action == "document.approve"
	input.in_turn == input.user
	user := data.active[input.user]
	user.authoriser
	user.companies[input.company]
}

allow if {
	input.action == "document.reject"
	input.fit
	input.in_turn == input.user
	user := data.active[input.user]
	user.authoriser
	user.companies[input.company]
}

allow if {
	input.action == "document.reassign"
	input.fit
	input.in_turn
	user := data.active[input.user]
	user.authorisation_administrator
	user.companies[input.company]
}

allow if {
	input.action == "document.withdraw"
	input.in_turn
	user := data.active[input.user]
	user.authorisation_administrator
	user.companies[input.company]
}

# What bookers do.

allow if {
	input.action == "document.return"
	input.stage == "booking"
	user := data.active[input.user]
	user.booker
	user.companies[input.company]
}

allow if {
	input.action == "document.book"
	input.stage == "booking"
	user := data.active[input.user]
	user.booker
	user.companies[input.company]
	user.verified_links[data.companies[input.company].system][input.company]
}

allow if {
	input.action == "document.change_bank_details"
	input.stage == "booking"
	user := data.active[input.user]
	user.booker
	user.bank
	user.companies[input.company]
	user.verified_links[data.companies[input.company].system][input.company]
}

# Who sees whom.

allow if {
	input.action == "user.view"
	input.target == input.user
	data.active[input.user]
}

allow if {
	input.action == "user.view"
	user := data.active[input.user]
	user.super_user
}

allow if {
	input.action == "user.view"
	user := data.active[input.user]
	user.accountant
}

allow if {
	input.action == "user.view"
	user := data.active[input.user]
	user.sme_accountant
	target := data.users[input.target]
	target.client_side
	share(user, target)
}

allow if {
	input.action == "user.view"
	user := data.active[input.user]
	user.sme_accountant
	user.authoriser
	target := data.users[input.target]
	target.authoriser
	not target.senior
	share(user, target)
}

allow if {
	input.action == "user.view"
	user := data.active[input.user]
	user.authorisation_administrator
	target := data.users[input.target]
	target.seen_by_administrators
	share(user, target)
}

# share goes through the companies of whoever has fewer.
share(a, b) if {
	count(a.companies) <= count(b.companies)
	some company, _ in a.companies
	b.companies[company]
}

share(a, b) if {
	count(a.companies) > count(b.companies)
	some company, _ in b.companies
	a.companies[company]
}
