// Package model declares the structs of Mattermost 11.6 that cross the plugin protocol, fields in their Go order.
// Fields tagged `sdk:"undeclared"` are ones our schemas leave out on purpose; they must be passed over.
package model

import "encoding/gob"

// The struct behind SlackAttachment was renamed in 11.x, the name on the wire was not.
const attachmentsName = "[]*model.SlackAttachment"

func init() {
	gob.RegisterName("[]interface {}", []any{})
	gob.RegisterName("map[string]interface {}", map[string]any{})
	gob.RegisterName("*model.AutocompleteTextArg", &AutocompleteTextArg{})
	gob.RegisterName("*model.AutocompleteStaticListArg", &AutocompleteStaticListArg{})
	gob.RegisterName("*model.AutocompleteDynamicListArg", &AutocompleteDynamicListArg{})
	gob.RegisterName(attachmentsName, []*MessageAttachment{})
}
