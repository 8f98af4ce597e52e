package plain

import (
	"reflect"

	"msteams-notifications/interop/model"
)

// registered are the named types that may stand in an interface value, by their names on the wire.
var registered = map[string]reflect.Type{
	"*model.AutocompleteTextArg":        reflect.TypeFor[*model.AutocompleteTextArg](),
	"*model.AutocompleteStaticListArg":  reflect.TypeFor[*model.AutocompleteStaticListArg](),
	"*model.AutocompleteDynamicListArg": reflect.TypeFor[*model.AutocompleteDynamicListArg](),
	"[]*model.SlackAttachment":          reflect.TypeFor[[]*model.MessageAttachment](),
}

func registeredName(of reflect.Type) (string, bool) {
	for name, candidate := range registered {
		if candidate == of {
			return name, true
		}
	}
	return "", false
}
