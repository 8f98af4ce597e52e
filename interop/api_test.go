package interop

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"msteams-notifications/interop/api"
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/plain"
	"msteams-notifications/interop/random"
)

// Methods whose author's form differs from the wire's; each has a test of its own.
var reshapedMethods = []string{"LoadPluginConfiguration", "LogDebug", "LogError", "LogInfo", "LogWarn", "PluginHTTP"}

// letteredMethods are the argument and reply structs of the other API methods.
func letteredMethods() map[string]shape {
	shapes := map[string]shape{}
	service := reflect.TypeFor[*api.Server]()
	for i := range service.NumMethod() {
		method := service.Method(i)
		if !slices.Contains(reshapedMethods, method.Name) {
			shapes[method.Name] = shape{method.Type.In(1).Elem(), method.Type.In(2).Elem()}
		}
	}
	return shapes
}

// script answers one call at a time and keeps what it was asked.
type script struct {
	method string
	args   any
	// reply points to the reply struct to answer with.
	reply any
}

func (s *script) server() *api.Server {
	return &api.Server{Answer: func(method string, args, returns any) error {
		s.method, s.args = method, args
		reflect.ValueOf(returns).Elem().Set(reflect.ValueOf(s.reply).Elem())
		return nil
	}}
}

func TestEveryAPIMethodCarriesItsArgumentsAndResults(t *testing.T) {
	played := &script{}
	running := startMirror(t, played.server())
	shapes := letteredMethods()
	for _, name := range slices.Sorted(maps.Keys(shapes)) {
		for _, from := range seeds {
			t.Run(fmt.Sprintf("%s/%d", name, from.seed), func(t *testing.T) {
				exchangeCall(t, running, played, name, shapes[name], random.New(from.seed, from.density))
			})
		}
	}
}

func exchangeCall(t *testing.T, running *mirror, played *script, name string, shape shape, source *random.Source) {
	args, reply := reflect.New(shape.args), reflect.New(shape.returns)
	source.Fill(args.Elem())
	source.Fill(reply.Elem())
	onlyPermissionIds(args.Elem())
	played.reply = reply.Interface()
	wanted := plain.Parts(overGob(t, args.Interface()))

	answer := running.call(t, name, authorsArguments(wanted))
	if answer.Failure != nil {
		t.Fatalf("failed with %+v\n%s", answer.Failure, running.log)
	}
	same(t, "method", name, played.method)
	same(t, "arguments", wanted, plain.Parts(played.args))
	sameResult(t, reply.Interface(), answer.Result)
}

// sameResult compares the reply struct that was sent with what the plugin's author got.
func sameResult(t *testing.T, reply, result any) {
	t.Helper()
	results := plain.Parts(overGob(t, reply))
	got := []any{result}
	if len(results) == 0 && result == nil {
		got = nil
	}
	received := reflect.New(reflect.TypeOf(reply).Elem()).Interface()
	if err := plain.IntoParts(received, got); err != nil {
		t.Fatalf("the author got something else: %v", err)
	}
	same(t, "results", results, plain.Parts(overGob(t, received)))
}

// call lets the mirror call an API method by the name that authors use.
func (m *mirror) call(t *testing.T, method string, args []any) outcome {
	t.Helper()
	return m.ask(t, "POST", "/call", map[string]any{"method": api.AuthorsNames[method], "args": args})
}

// onlyPermissionIds clears the parts of permissions that nobody compares and authors do not give.
func onlyPermissionIds(args reflect.Value) {
	for i := range args.NumField() {
		if permission, fits := args.Field(i).Interface().(*model.Permission); fits {
			args.Field(i).Set(reflect.ValueOf(&model.Permission{Id: "manage_" + permission.Id, Name: ""}))
		}
	}
}

// authorsArguments are the arguments as authors give them: a permission by its id.
func authorsArguments(parts []any) []any {
	given := slices.Clone(parts)
	for i, part := range given {
		fields, isStruct := part.(map[string]any)
		if id, fits := fields["id"].(string); isStruct && fits && len(fields) == 1 && len(id) >= 7 && id[:7] == "manage_" {
			given[i] = id
		}
	}
	return given
}
