package interop

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"msteams-notifications/interop/plain"
	"msteams-notifications/interop/random"
)

// seeds gives each test a zero, a full and several mixed values.
var seeds = []struct {
	seed    uint64
	density float64
}{{1, 0}, {2, 1}, {3, 0.5}, {4, 0.7}, {5, 0.9}, {6, 0.2}}

func TestEveryHookReceivesItsArgumentsAndAnswersItsResults(t *testing.T) {
	running := startMirror(t, silentAPI())
	for _, name := range slices.Sorted(maps.Keys(letteredHooks)) {
		for _, from := range seeds {
			t.Run(fmt.Sprintf("%s/%d", name, from.seed), func(t *testing.T) {
				exchangeHook(t, running, name, random.New(from.seed, from.density))
			})
		}
	}
}

func exchangeHook(t *testing.T, running *mirror, name string, source *random.Source) {
	shape := letteredHooks[name]
	args, wanted := reflect.New(shape.args), reflect.New(shape.returns)
	source.Fill(args.Elem())
	source.Fill(wanted.Elem())
	results := plain.Parts(overGob(t, wanted.Interface()))
	running.ask(t, "PUT", "/hooks/"+name, map[string]any{"results": results})
	if name == "ConfigurationWillBeSaved" {
		// Our Config lacks sections: whatever the author returns, it must not replace the server's.
		results = []any{nil}
	}

	returns := reflect.New(shape.returns).Interface()
	if err := running.Call(name, args.Interface(), returns); err != nil {
		t.Fatalf("%v\n%s", err, running.log)
	}
	same(t, "results", results, plain.Parts(returns))

	heard := running.ask(t, "GET", "/hooks/"+name, nil)
	list, _ := heard.Result.([]any)
	received := reflect.New(shape.args).Interface()
	if err := plain.IntoParts(received, list); err != nil {
		t.Fatalf("the plugin heard something else: %v", err)
	}
	same(t, "arguments", plain.Parts(overGob(t, args.Interface())), plain.Parts(overGob(t, received)))
}
