// Package plain turns values of the protocol into JSON with the names of our TypeScript models, and back. It is the
// second way on which a test learns what a plugin received or wants to send; nothing of it is gob.
package plain

import (
	"reflect"
	"strings"
)

// abbreviated are the field names whose TypeScript form is not just a lower-case first letter.
var abbreviated = map[string]string{"URL": "url", "IPAddress": "ipAddress", "DNDEndTime": "dndEndTime"}

func key(field reflect.StructField) string {
	if name, found := abbreviated[field.Name]; found {
		return name
	}
	return strings.ToLower(field.Name[:1]) + field.Name[1:]
}

func undeclared(field reflect.StructField) bool { return field.Tag.Get("sdk") == "undeclared" }
