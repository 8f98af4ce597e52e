package plain

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"time"
)

// Wide and WideUnsigned are integers over all 64 bits, which our side holds as bigint: {"$big": decimal}.
type (
	Wide         int64
	WideUnsigned uint64
)

var timeType, urlType = reflect.TypeFor[time.Time](), reflect.TypeFor[url.URL]()

// ofSpecial is the form of types that gob or our side treats apart.
func ofSpecial(value reflect.Value) (any, bool) {
	switch special := value.Interface().(type) {
	case Wide:
		return map[string]any{"$big": strconv.FormatInt(int64(special), 10)}, true
	case WideUnsigned:
		return map[string]any{"$big": strconv.FormatUint(uint64(special), 10)}, true
	case url.URL:
		return special.String(), true
	case time.Time:
		fields := map[string]any{"unixSeconds": float64(special.Unix()), "nanoseconds": float64(special.Nanosecond())}
		if special.Location() != time.UTC {
			_, offset := special.Zone()
			fields["offsetSeconds"] = float64(offset)
		}
		return fields, true
	}
	if value.Kind() == reflect.Map && value.Type().Key().Kind() != reflect.String {
		return map[string]any{"$map": ofEntries(value)}, true
	}
	return nil, false
}

// ofEntries are the pairs of a map, sorted by their integer keys.
func ofEntries(value reflect.Value) []any {
	entries := []any{}
	for iterator := value.MapRange(); iterator.Next(); {
		entries = append(entries, []any{Of(iterator.Key()), Of(iterator.Value())})
	}
	slices.SortFunc(entries, func(a, b any) int {
		return int(a.([]any)[0].(float64) - b.([]any)[0].(float64))
	})
	return entries
}

// intoSpecial is the reverse of ofSpecial; false means that the target is of an ordinary type.
func intoSpecial(target reflect.Value, source any) (bool, error) {
	fields, _ := source.(map[string]any)
	switch target.Interface().(type) {
	case Wide:
		number, err := strconv.ParseInt(fmt.Sprint(fields["$big"]), 10, 64)
		target.SetInt(number)
		return true, err
	case WideUnsigned:
		number, err := strconv.ParseUint(fmt.Sprint(fields["$big"]), 10, 64)
		target.SetUint(number)
		return true, err
	case url.URL:
		address, err := url.Parse(fmt.Sprint(source))
		if err == nil {
			target.Set(reflect.ValueOf(*address))
		}
		return true, err
	case time.Time:
		target.Set(reflect.ValueOf(moment(fields)))
		return true, nil
	}
	if target.Kind() != reflect.Map || target.Type().Key().Kind() == reflect.String {
		return false, nil
	}
	entries, fits := fields["$map"].([]any)
	if !fits {
		return true, fmt.Errorf("%v is not a %s", source, target.Type())
	}
	return true, intoEntries(target, entries)
}

func moment(fields map[string]any) time.Time {
	seconds, _ := fields["unixSeconds"].(float64)
	nanoseconds, _ := fields["nanoseconds"].(float64)
	at := time.Unix(int64(seconds), int64(nanoseconds)).UTC()
	if offset, fits := fields["offsetSeconds"].(float64); fits {
		at = at.In(time.FixedZone("", int(offset)))
	}
	return at
}

func intoEntries(target reflect.Value, entries []any) error {
	target.Set(reflect.MakeMap(target.Type()))
	for _, entry := range entries {
		pair := entry.([]any)
		key, value := reflect.New(target.Type().Key()).Elem(), reflect.New(target.Type().Elem()).Elem()
		if err := Into(key, pair[0]); err != nil {
			return err
		}
		if err := Into(value, pair[1]); err != nil {
			return err
		}
		target.SetMapIndex(key, value)
	}
	return nil
}
