package plain

import (
	"encoding/base64"
	"fmt"
	"reflect"

	"msteams-notifications/interop/model"
)

// Into sets target, which must be settable, to what Of would have made source from.
func Into(target reflect.Value, source any) error {
	if source == nil {
		target.SetZero()
		return nil
	}
	if special, err := intoSpecial(target, source); special {
		return err
	}
	switch target.Kind() {
	case reflect.Pointer:
		target.Set(reflect.New(target.Type().Elem()))
		return Into(target.Elem(), source)
	case reflect.Interface:
		value, err := anything(source)
		if err == nil && value != nil {
			target.Set(reflect.ValueOf(value))
		}
		return err
	case reflect.Struct:
		return intoStruct(target, source)
	case reflect.Array:
		return intoElements(target, source)
	case reflect.Slice:
		return intoSlice(target, source)
	case reflect.Map:
		return intoMap(target, source)
	}
	value := reflect.ValueOf(source)
	if fits := value.Kind() == target.Kind() || value.Kind() == reflect.Float64 && (target.CanInt() || target.CanUint()); !fits {
		return fmt.Errorf("%v (%s) is not a %s", source, value.Kind(), target.Type())
	}
	target.Set(value.Convert(target.Type()))
	return nil
}

func intoStruct(target reflect.Value, source any) error {
	fields, fits := source.(map[string]any)
	if !fits {
		return fmt.Errorf("%v is not a %s", source, target.Type())
	}
	known := map[string]bool{}
	for i := range target.NumField() {
		name := key(target.Type().Field(i))
		known[name] = true
		if value, present := fields[name]; present {
			if err := Into(target.Field(i), value); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	for name := range fields {
		if !known[name] {
			return fmt.Errorf("%s has no field for %q", target.Type(), name)
		}
	}
	return nil
}

func intoSlice(target reflect.Value, source any) error {
	if target.Type().Elem().Kind() == reflect.Uint8 {
		bytes, err := bytesOf(source)
		target.SetBytes(bytes)
		return err
	}
	elements, fits := source.([]any)
	if !fits {
		return fmt.Errorf("%v is not a %s", source, target.Type())
	}
	target.Set(reflect.MakeSlice(target.Type(), len(elements), len(elements)))
	return intoElements(target, elements)
}

func intoElements(target reflect.Value, source any) error {
	elements, fits := source.([]any)
	if !fits || len(elements) != target.Len() {
		return fmt.Errorf("%v is not a %s", source, target.Type())
	}
	for i, element := range elements {
		if err := Into(target.Index(i), element); err != nil {
			return fmt.Errorf("[%d]: %w", i, err)
		}
	}
	return nil
}

func intoMap(target reflect.Value, source any) error {
	entries, fits := source.(map[string]any)
	if !fits {
		return fmt.Errorf("%v is not a %s", source, target.Type())
	}
	target.Set(reflect.MakeMap(target.Type()))
	for name, entry := range entries {
		value := reflect.New(target.Type().Elem()).Elem()
		if err := Into(value, entry); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		target.SetMapIndex(reflect.ValueOf(name), value)
	}
	return nil
}

func bytesOf(source any) ([]byte, error) {
	if wrapped, fits := source.(map[string]any); fits {
		if text, fits := wrapped["$bytes"].(string); fits {
			return base64.StdEncoding.DecodeString(text)
		}
	}
	return nil, fmt.Errorf("%v is not bytes", source)
}

// anything makes an interface value's content: what JSON has, bytes and registered types.
func anything(source any) (any, error) {
	switch source := source.(type) {
	case []any:
		var list []any
		err := Into(reflect.ValueOf(&list).Elem(), source)
		return list, err
	case map[string]any:
		if _, fits := source["$bytes"]; fits {
			return bytesOf(source)
		}
		if name, fits := source["$go"].(string); fits {
			return named(name, source["value"])
		}
		var entries map[string]any
		err := Into(reflect.ValueOf(&entries).Elem(), source)
		return entries, err
	}
	return source, nil
}

func named(name string, source any) (any, error) {
	kind, found := registered[name]
	if !found {
		return nil, fmt.Errorf("%s is not registered", name)
	}
	value := reflect.New(kind).Elem()
	err := Into(value, source)
	return value.Interface(), err
}

var appErrorType, errorType = reflect.TypeFor[*model.AppError](), reflect.TypeFor[error]()

// isFailure tells the results that say that a call failed from those that carry its outcome.
func isFailure(kind reflect.Type) bool { return kind == appErrorType || kind == errorType }

// IntoParts sets the fields A, B, C… of the struct that target points to, except errors.
func IntoParts(target any, parts []any) error {
	value := reflect.ValueOf(target).Elem()
	next := 0
	for i := range value.NumField() {
		if isFailure(value.Type().Field(i).Type) {
			continue
		}
		if next >= len(parts) {
			return fmt.Errorf("%d values are too few for %s", len(parts), value.Type())
		}
		if err := Into(value.Field(i), parts[next]); err != nil {
			return fmt.Errorf("%s: %w", value.Type().Field(i).Name, err)
		}
		next++
	}
	if next < len(parts) {
		return fmt.Errorf("%d values are too many for %s", len(parts), value.Type())
	}
	return nil
}
