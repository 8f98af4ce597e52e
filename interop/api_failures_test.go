package interop

import (
	"encoding/gob"
	"errors"
	"maps"
	"reflect"
	"slices"
	"testing"

	"msteams-notifications/interop/api"
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/plain"
	"msteams-notifications/interop/protocol"
	"msteams-notifications/interop/random"
)

var appErrorType, errorType = reflect.TypeFor[*model.AppError](), reflect.TypeFor[error]()

// failureField is where a reply struct tells failure, if it does.
func failureField(returns reflect.Type) (reflect.StructField, bool) {
	for i := range returns.NumField() {
		if field := returns.Field(i); field.Type == appErrorType || field.Type == errorType {
			return field, true
		}
	}
	return reflect.StructField{}, false
}

// fail lets the method answer the error and tells what the author caught.
func (m *mirror) fail(t *testing.T, played *script, name string, shape shape, field string, err error) *failure {
	t.Helper()
	args, reply := reflect.New(shape.args), reflect.New(shape.returns)
	random.New(1, 0).Fill(args.Elem())
	reply.Elem().FieldByName(field).Set(reflect.ValueOf(err))
	played.reply = reply.Interface()
	return m.call(t, name, authorsArguments(plain.Parts(overGob(t, args.Interface())))).Failure
}

func TestEveryRefusalOfTheAPIIsThrownWithAllItsParts(t *testing.T) {
	played := &script{}
	running := startMirror(t, played.server())
	shapes := letteredMethods()
	count := 0
	for _, name := range slices.Sorted(maps.Keys(shapes)) {
		field, fails := failureField(shapes[name].returns)
		if !fails {
			continue
		}
		count++
		t.Run(name, func(t *testing.T) {
			same(t, "thrown", asFailure(refusal()), running.fail(t, played, name, shapes[name], field.Name, refusal()))
		})
	}
	if count < 70 {
		t.Errorf("only %d methods can fail", count)
	}
}

func TestEveryGoErrorIsThrownWithItsKind(t *testing.T) {
	codes := []string{
		"other", "end_of_file", "no_rows", "connection_done", "transaction_done", "driver_skip", "bad_connection", "remove_argument",
	}
	played := &script{}
	running := startMirror(t, played.server())
	for name, shape := range letteredMethods() {
		field, fails := failureField(shape.returns)
		if !fails || field.Type != errorType {
			continue
		}
		t.Run(name, func(t *testing.T) {
			for number, code := range codes {
				sent := &protocol.ErrorString{Code: number, Err: "went wrong"}
				want := failure{Kind: "PluginError", Message: "went wrong", Code: code}
				same(t, "thrown", want, running.fail(t, played, name, shape, field.Name, sent))
			}
			sent := &protocol.PostgresError{Code: "23505", Message: "duplicate key", Table: "posts"}
			want := failure{Kind: "PluginError", Message: "duplicate key (SQLSTATE 23505)", Code: "database"}
			same(t, "thrown", want, running.fail(t, played, name, shape, field.Name, sent))
		})
	}
}

// foreignError is of a type that our side has no schema for.
type foreignError struct{ Depth int }

func (e *foreignError) Error() string { return "deep" }

func TestAnErrorOfAnUnknownGoTypeIsStillAnError(t *testing.T) {
	gob.RegisterName("*foreign.Error", &foreignError{})
	played := &script{}
	running := startMirror(t, played.server())
	shape := letteredMethods()["GetBundlePath"]
	thrown := running.fail(t, played, "GetBundlePath", shape, "B", &foreignError{Depth: 3})
	want := failure{Kind: "PluginError", Message: "Mattermost answered an error of the Go type *foreign.Error", Code: "other"}
	same(t, "thrown", want, thrown)
}

func TestAnRPCErrorFailsOnlyItsOwnCall(t *testing.T) {
	server := &api.Server{Answer: func(method string, _, returns any) error {
		if method == "GetTeams" {
			return errors.New("the host stumbled")
		}
		returns.(*protocol.A[string]).A = "11.6.0"
		return nil
	}}
	running := startMirror(t, server)
	same(t, "thrown", failure{Kind: "RpcError", Message: "the host stumbled"}, running.call(t, "GetTeams", []any{}).Failure)
	same(t, "result", "11.6.0", running.call(t, "GetServerVersion", []any{}).Result)
}
