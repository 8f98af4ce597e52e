// Package random makes values of any Go type that gob can carry, from a seed.
package random

import (
	"math/rand/v2"
	"reflect"

	"msteams-notifications/interop/model"
)

// deepest is how far values are nested before they end; several models contain themselves.
const deepest = 5

// Source makes values. Density is the chance, 0 to 1, that a part is other than zero.
type Source struct {
	rng     *rand.Rand
	density float64
}

// New makes a source that always yields the same values for the same seed.
func New(seed uint64, density float64) *Source {
	return &Source{rng: rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15)), density: density}
}

var errorType, appErrorType = reflect.TypeFor[error](), reflect.TypeFor[*model.AppError]()

// Fill sets the fields of target, an argument or reply struct. Pointers among them are always set, errors never.
func (s *Source) Fill(target reflect.Value) {
	for i := range target.NumField() {
		field := target.Field(i)
		if field.Type() == appErrorType {
			continue
		}
		if field.Kind() == reflect.Pointer {
			field.Set(reflect.New(field.Type().Elem()))
			s.fill(field.Elem(), 0)
		} else {
			s.fill(field, 0)
		}
	}
}

func (s *Source) present(depth int) bool {
	return depth < deepest && s.rng.Float64() < s.density
}

func (s *Source) fill(target reflect.Value, depth int) {
	if target.CanAddr() && isOpaque(target.Type()) {
		if s.present(depth) {
			s.special(target)
		}
		return
	}
	switch target.Kind() {
	case reflect.Struct:
		for i := range target.NumField() {
			s.fill(target.Field(i), depth)
		}
		return
	case reflect.Interface:
		if target.Type() == errorType {
			return
		}
	}
	if !s.present(depth) {
		return
	}
	s.content(target, depth+1)
}

// content gives target a value that is probably not zero.
func (s *Source) content(target reflect.Value, depth int) {
	if s.special(target) {
		return
	}
	switch target.Kind() {
	case reflect.Bool:
		target.SetBool(true)
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		target.SetInt(s.integer(target.Type().Bits()))
	case reflect.Uint, reflect.Uint64, reflect.Uint32, reflect.Uint16, reflect.Uint8:
		target.SetUint(uint64(s.integer(target.Type().Bits())) & (1<<min(target.Type().Bits(), 53) - 1))
	case reflect.Float64, reflect.Float32:
		target.SetFloat(s.float())
	case reflect.String:
		target.SetString(s.text())
	case reflect.Pointer:
		target.Set(reflect.New(target.Type().Elem()))
		s.fill(target.Elem(), depth)
	case reflect.Slice:
		s.list(target, depth)
	case reflect.Array:
		for i := range target.Len() {
			s.element(target.Index(i), depth)
		}
	case reflect.Map:
		s.dictionary(target, depth)
	case reflect.Struct:
		s.fill(target, depth)
	case reflect.Interface:
		if value := s.anything(depth); value != nil {
			target.Set(reflect.ValueOf(value))
		}
	default:
		panic("no random values of " + target.Type().String())
	}
}

func (s *Source) list(target reflect.Value, depth int) {
	count := 1 + s.rng.IntN(3)
	if target.Type().Elem().Kind() == reflect.Uint8 {
		bytes := make([]byte, s.rng.IntN(300))
		for i := range bytes {
			bytes[i] = byte(s.rng.Uint32())
		}
		target.SetBytes(bytes)
		return
	}
	target.Set(reflect.MakeSlice(target.Type(), count, count))
	for i := range count {
		s.element(target.Index(i), depth)
	}
}

func (s *Source) dictionary(target reflect.Value, depth int) {
	target.Set(reflect.MakeMap(target.Type()))
	for range 1 + s.rng.IntN(3) {
		key, value := reflect.New(target.Type().Key()).Elem(), reflect.New(target.Type().Elem()).Elem()
		s.content(key, depth)
		s.element(value, depth)
		target.SetMapIndex(key, value)
	}
}

// element fills a part of a list or a map, where gob refuses nil pointers.
func (s *Source) element(target reflect.Value, depth int) {
	if target.Kind() == reflect.Pointer {
		target.Set(reflect.New(target.Type().Elem()))
		target = target.Elem()
	}
	s.fill(target, depth)
}
