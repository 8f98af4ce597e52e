package plain

import (
	"encoding/base64"
	"reflect"
)

// Of is the JSON-like form of a Go value. Bytes become {"$bytes": base64}, registered types in interface values
// {"$go": name, "value": …}; zero fields of structs are left out, as gob does.
func Of(value reflect.Value) any {
	if special, found := ofSpecial(value); found {
		return special
	}
	switch value.Kind() {
	case reflect.Pointer:
		if value.IsNil() {
			return nil
		}
		return Of(value.Elem())
	case reflect.Interface:
		if value.IsNil() {
			return nil
		}
		content := value.Elem()
		if name, found := registeredName(content.Type()); found {
			return map[string]any{"$go": name, "value": Of(content)}
		}
		return Of(content)
	case reflect.Struct:
		return ofStruct(value)
	case reflect.Slice:
		return ofSlice(value)
	case reflect.Array:
		return ofElements(value)
	case reflect.Map:
		entries := map[string]any{}
		for iterator := value.MapRange(); iterator.Next(); {
			entries[iterator.Key().String()] = Of(iterator.Value())
		}
		return entries
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		return float64(value.Int())
	case reflect.Uint, reflect.Uint64, reflect.Uint32, reflect.Uint16, reflect.Uint8:
		return float64(value.Uint())
	default:
		return value.Interface()
	}
}

func ofSlice(value reflect.Value) any {
	if value.Type().Elem().Kind() == reflect.Uint8 {
		return map[string]any{"$bytes": base64.StdEncoding.EncodeToString(value.Bytes())}
	}
	return ofElements(value)
}

func ofElements(value reflect.Value) []any {
	elements := make([]any, value.Len())
	for i := range elements {
		elements[i] = Of(value.Index(i))
	}
	return elements
}

func ofStruct(value reflect.Value) map[string]any {
	fields := map[string]any{}
	for i := range value.NumField() {
		field := value.Type().Field(i)
		if undeclared(field) || absent(value.Field(i)) {
			continue
		}
		fields[key(field)] = Of(value.Field(i))
	}
	return fields
}

func absent(value reflect.Value) bool {
	switch value.Kind() {
	case reflect.Slice, reflect.Map:
		return value.Len() == 0
	case reflect.Struct:
		return value.Type() == timeType && value.IsZero()
	case reflect.Array:
		return false
	default:
		return value.IsZero()
	}
}

// Parts are the fields A, B, C… of an argument or reply struct, in order, without errors.
func Parts(of any) []any {
	value := reflect.Indirect(reflect.ValueOf(of))
	parts := []any{}
	for i := range value.NumField() {
		if !isFailure(value.Type().Field(i).Type) {
			parts = append(parts, Of(value.Field(i)))
		}
	}
	return parts
}
