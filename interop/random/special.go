package random

import (
	"net/url"
	"reflect"
	"time"

	"msteams-notifications/interop/plain"
)

// special fills the types that gob does not take apart, and integers over all 64 bits.
func (s *Source) special(target reflect.Value) bool {
	switch at := target.Addr().Interface().(type) {
	case *plain.Wide:
		*at = plain.Wide(s.rng.Uint64() >> s.rng.IntN(64))
	case *plain.WideUnsigned:
		*at = plain.WideUnsigned(s.rng.Uint64() >> s.rng.IntN(64))
	case *url.URL:
		*at = url.URL{Scheme: "https", Host: "example.org", Path: "/" + s.text(), RawQuery: url.Values{"q": {s.text()}}.Encode()}
	case *time.Time:
		*at = time.Unix(s.rng.Int64N(1<<36)-1<<33, s.rng.Int64N(1e9)).In(s.zone())
	default:
		return false
	}
	return true
}

func (s *Source) zone() *time.Location {
	switch s.rng.IntN(3) {
	case 0:
		return time.UTC
	case 1:
		// Some zones of the past were not at a full minute. West of Greenwich Go does not read back what it wrote of them.
		return time.FixedZone("", s.rng.IntN(50_000))
	default:
		// Go gives -1 minute another meaning: UTC.
		return time.FixedZone("", 60*(s.rng.IntN(700)-702))
	}
}

// isOpaque tells the structs that must not be filled field by field.
func isOpaque(kind reflect.Type) bool {
	return kind == reflect.TypeFor[time.Time]() || kind == reflect.TypeFor[url.URL]()
}
