// Command ask reads an office and asks who may book an invoice of it.
package main

import (
	"fmt"
	"log"
	"os"
	"time"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

func main() {
	in, err := os.Open("examples/devries/office.yaml")
	if err != nil {
		log.Fatal(err)
	}
	file, err := officefile.Read(in.Name(), in)
	if err != nil {
		log.Fatal(err)
	}
	office := policy.Compile(file.Office)
	invoice, _ := file.Document("inv-7")
	for _, who := range []users.ID{"bram", "carla"} {
		answer := office.Explain(policy.Request{
			Subject: who, Action: policy.DocumentBook, Resource: policy.OfDocument(invoice), At: time.Now(),
		})
		fmt.Println(who, answer.Allowed(), answer.Reason)
	}
}
