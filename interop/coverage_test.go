package interop

import (
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"slices"
	"testing"

	"msteams-notifications/interop/api"
)

// Hooks with structs of their own, which have tests of their own.
var specialHooks = []string{"Implemented", "OnActivate", "ServeHTTP", "ServeMetrics"}

// implemented reads what the SDK says it implements: names of hooks and API methods, sorted.
func implemented(t *testing.T) (hooks, methods []string) {
	t.Helper()
	text, err := os.ReadFile("../packages/plugin-sdk/coverage.json")
	if err != nil {
		t.Fatal(err)
	}
	var coverage struct{ Hooks, Api map[string]any }
	if err := json.Unmarshal(text, &coverage); err != nil {
		t.Fatal(err)
	}
	names := func(entries map[string]any) []string {
		maps.DeleteFunc(entries, func(_ string, entry any) bool { return entry != "implemented" })
		return slices.Sorted(maps.Keys(entries))
	}
	return names(coverage.Hooks), names(coverage.Api)
}

// differences fails with the names that are only in one of two sorted lists.
func differences(t *testing.T, what string, claimed, tested []string) {
	t.Helper()
	for _, name := range claimed {
		if !slices.Contains(tested, name) {
			t.Errorf("%s %s is said to be implemented and not tested here", what, name)
		}
	}
	for _, name := range tested {
		if !slices.Contains(claimed, name) {
			t.Errorf("%s %s is tested here and not said to be implemented", what, name)
		}
	}
}

func TestEveryImplementedHookIsCalledHere(t *testing.T) {
	hooks, _ := implemented(t)
	differences(t, "hook", hooks, append(slices.Collect(maps.Keys(letteredHooks)), specialHooks...))
}

func TestEveryImplementedAPIMethodIsAnsweredHere(t *testing.T) {
	_, methods := implemented(t)
	differences(t, "API method", methods, append(slices.Collect(maps.Keys(letteredMethods())), reshapedMethods...))
	service := reflect.TypeFor[*api.Server]()
	for _, name := range reshapedMethods {
		if _, found := service.MethodByName(name); !found {
			t.Errorf("the host has no %s", name)
		}
	}
}

func TestAPluginWithEveryHookListsThemAll(t *testing.T) {
	hooks, _ := implemented(t)
	listed, err := startMirror(t, silentAPI()).Implemented()
	if err != nil {
		t.Fatal(err)
	}
	differences(t, "hook", hooks, append(listed, "Implemented"))
}
