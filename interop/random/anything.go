package random

import (
	"reflect"

	"msteams-notifications/interop/model"
)

// anything makes the content of an interface value: what JSON has, Go's own kinds, and Mattermost's registered types.
func (s *Source) anything(depth int) any {
	switch s.rng.IntN(12) {
	case 0:
		return s.rng.IntN(2) == 0
	case 1:
		return s.float()
	case 2:
		return s.text()
	case 3:
		return int(s.integer(54))
	case 4:
		return s.integer(54)
	case 5:
		return []string{s.text(), s.text()}
	case 6:
		return anyOf[[]any](s, depth)
	case 7:
		return anyOf[map[string]any](s, depth)
	case 8:
		return &model.AutocompleteTextArg{Hint: s.text(), Pattern: s.text()}
	case 9:
		return &model.AutocompleteStaticListArg{
			PossibleArguments: anyOf[[]model.AutocompleteListItem](s, depth),
		}
	case 10:
		return anyOf[[]*model.MessageAttachment](s, depth)
	default:
		return []byte(s.text())
	}
}

func anyOf[T any](s *Source, depth int) T {
	value := reflect.New(reflect.TypeFor[T]()).Elem()
	s.fill(value, depth)
	return value.Interface().(T)
}
