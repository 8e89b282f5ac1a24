// Package scenarios tests who may do what in an office: it reads scenario files,
// which say so in the office's words, asks the policy, and tells where the answers
// differ.
//
//	suites, err := scenarios.Load(os.ReadFile, time.Now(), "testdata/documents.scenarios.yaml")
//	for _, result := range scenarios.Run(suites, scenarios.Options{}) {
//		...
//	}
//
// Package policytest runs them as tests of Go.
//
// # The file
//
//	office: ../office.yaml               # relative to this file; or the office inline
//	at: 2026-11-22T09:00:00Z             # optional, here and below: the moment of asking
//	scenarios:
//	  - name: Only the authoriser in turn can approve
//	    at: 2026-12-01T09:00:00Z         # optional, as is all that follows
//	    given:                           # commands that are carried out first
//	      - [rosa, user.grant_role, {user: carla, role: authoriser}]
//	      - [connection.record_disconnection, {system: exact}]      # by the software
//	      - [carla, document.assign, {document: inv-2, authorisers: [anna]}]
//	    can:                             # subject, action, resource, properties, answer
//	      - [bob, document.approve, document:inv-1]
//	    cannot:
//	      - [anna, document.approve, document:inv-1, {}, {code: not_in_turn}]
//	    tables:                          # each user, action and resource
//	      - users: [anna, bob]           # optional: every user of the office
//	        actions: [document.view, document.reject]
//	        resources: [document:inv-1]
//	        with: {comment: too late}    # optional: properties, for what takes them
//	        can: {only: [bob]}           # or all, or none
//	        code: not_in_turn            # optional: that of each denial
//	    findings:                        # each is found
//	      - {id: S1, user: bram, company: bakery}
//	    no_findings:                     # and none of these, unless acknowledged
//	      - {level: error}
//
// Nothing is asked about what is not there: a name that the office does not know, a
// scenario that expects nothing or a list without anything in it makes the file
// unusable, with an [officefile.Error] for each. A name may be unknown on purpose
// where exactly the code that it leads to is expected.
package scenarios
