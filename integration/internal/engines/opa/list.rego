# How many documents a user sees. They are kept by company and by what opens
# them, as objects by id, so that whole groups are taken and no document is looked
# at by itself.
package office

visible := count(union(shown))

user := data.active[input.user]

shown contains object.keys(group) if {
	user.client_user
	some company, _ in user.companies
	group := data.documents[company].open
}

shown contains object.keys(group) if {
	user.restricted_client_user
	some company, _ in user.companies
	group := data.documents[company].open_of[input.user]
}

shown contains object.keys(group) if {
	user.booker
	some company, _ in user.companies
	group := data.documents[company].booking
}

shown contains object.keys(group) if {
	sees_archive
	some company, _ in user.companies
	group := data.documents[company].archived
}

shown contains object.keys(group) if {
	user.authoriser
	some company, _ in user.companies
	group := data.documents[company].in_turn[input.user]
}

shown contains object.keys(group) if {
	user.authorisation_administrator
	some company, _ in user.companies
	group := data.documents[company].pending
}

sees_archive if user.booker

sees_archive if user.archive
