package interop

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
	"msteams-notifications/interop/random"
)

// throw lets the hook throw and answers the failure that Go receives, nil when there is none.
func (m *mirror) throw(t *testing.T, name string, thrown failure) (any, error) {
	t.Helper()
	m.ask(t, "PUT", "/hooks/"+name, map[string]any{"failure": thrown})
	shape := letteredHooks[name]
	args, returns := reflect.New(shape.args), reflect.New(shape.returns)
	random.New(1, 0).Fill(args.Elem())
	err := m.Call(name, args.Interface(), returns.Interface())
	field, fails := failureField(shape.returns)
	if !fails || returns.Elem().FieldByName(field.Name).IsNil() {
		return nil, err
	}
	return returns.Elem().FieldByName(field.Name).Interface(), err
}

func TestEveryHookThatCanFailAnswersTheThrownError(t *testing.T) {
	running := startMirror(t, silentAPI())
	for _, name := range slices.Sorted(maps.Keys(letteredHooks)) {
		field, fails := failureField(letteredHooks[name].returns)
		if !fails {
			continue
		}
		t.Run(name, func(t *testing.T) {
			got, err := running.throw(t, name, asFailure(refusal()))
			if err != nil {
				t.Fatal(err)
			}
			same(t, "AppError", refusal(), got)
			got, err = running.throw(t, name, failure{Kind: "Error", Message: "broken"})
			if err != nil {
				t.Fatal(err)
			}
			if field.Type == appErrorType {
				same(t, "error", &model.AppError{Id: "plugin.error", Message: "broken", StatusCode: 500, Where: name}, got)
			} else {
				same(t, "error", &protocol.ErrorString{Err: "broken"}, got)
			}
		})
	}
}

func TestAHookWithoutAFailureResultFailsItsCallOnly(t *testing.T) {
	running := startMirror(t, silentAPI())
	if _, err := running.throw(t, "UserWillLogIn", failure{Kind: "Error", Message: "broken"}); err == nil || err.Error() != "broken" {
		t.Fatalf("answered %v", err)
	}
	if _, err := running.throw(t, "RunDataRetention", failure{Kind: "PluginError", Message: "end", Code: "end_of_file"}); err != nil {
		t.Fatal(err)
	}
}

func TestAHookThePluginLacksIsAnError(t *testing.T) {
	running, _ := activate(t, "everyday", silentAPI())
	err := running.Call("UserHasBeenCreated", protocol.AB[*protocol.Context, *model.User]{}, &protocol.None{})
	if err == nil || err.Error() != "rpc: can't find method Plugin.UserHasBeenCreated" {
		t.Fatalf("answered %v", err)
	}
}

func TestAnAbsentActorArrivesAsAbsent(t *testing.T) {
	running := startMirror(t, silentAPI())
	args := protocol.ABC[*protocol.Context, *model.TeamMember, *model.User]{A: &protocol.Context{}, B: &model.TeamMember{TeamId: "t"}}
	if err := running.Call("UserHasJoinedTeam", args, &protocol.None{}); err != nil {
		t.Fatal(err)
	}
	heard := running.ask(t, "GET", "/hooks/UserHasJoinedTeam", nil).Result.([]any)
	same(t, "actor", nil, heard[2])
}
