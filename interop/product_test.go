package interop

import (
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"msteams-notifications/interop/api"
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// freshServer is a Mattermost in which nobody has set the plugin up yet. It keeps what it was asked, by method.
type freshServer struct {
	mutex sync.Mutex
	asked map[string][]any
	// Closed and replaced whenever something was asked.
	more chan struct{}
}

func (s *freshServer) api() *api.Server {
	s.asked = map[string][]any{}
	s.more = make(chan struct{})
	return &api.Server{Answer: func(method string, args, returns any) error {
		s.mutex.Lock()
		defer s.mutex.Unlock()
		s.asked[method] = append(s.asked[method], args)
		close(s.more)
		s.more = make(chan struct{})
		switch returns := returns.(type) {
		case *protocol.A[[]byte]:
			returns.A = []byte("{}")
		case *protocol.AB[string, error]:
			returns.A = "bot-user-id"
		case *protocol.AB[*model.User, *model.AppError]:
			returns.A = &model.User{Id: "user1", Username: "ada", Email: "ada@example.org", Locale: "en"}
		default:
			allocate(reflect.ValueOf(returns).Elem())
		}
		return nil
	}}
}

// allocate fills in an empty struct where a method answers one.
func allocate(returns reflect.Value) {
	for i := range returns.NumField() {
		if field := returns.Field(i); field.Kind() == reflect.Pointer && field.Type() != appErrorType {
			field.Set(reflect.New(field.Type().Elem()))
		}
	}
}

func (s *freshServer) calls(method string) []any {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.asked[method])
}

// await waits until a method was called that often.
func (s *freshServer) await(t *testing.T, method string, count int, limit time.Duration) {
	t.Helper()
	late := time.After(limit)
	for {
		s.mutex.Lock()
		enough, more := len(s.asked[method]) >= count, s.more
		s.mutex.Unlock()
		if enough {
			return
		}
		select {
		case <-more:
		case <-late:
			t.Fatalf("%s was not called %d times within %v", method, count, limit)
		}
	}
}

func startProduct(t *testing.T) (*mirror, *freshServer) {
	t.Helper()
	server := &freshServer{}
	running, log := activatePath(t, product(t), server.api())
	return &mirror{Plugin: running, log: log, address: web(t, running)}, server
}

func TestTheProductStartsWithoutSettingsAndListsItsHooks(t *testing.T) {
	running, _ := startProduct(t)
	names, err := running.Implemented()
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	same(t, "hooks", []string{
		"ExecuteCommand", "OnActivate", "OnConfigurationChange", "OnDeactivate", "PreferencesHaveChanged", "ServeHTTP",
		"ServeMetrics", "UserHasBeenDeactivated",
	}, names)
}

func TestTheProductRegistersItsCommandWithAutocomplete(t *testing.T) {
	_, server := startProduct(t)
	calls := server.calls("RegisterCommand")
	if len(calls) != 1 {
		t.Fatalf("registered %d commands", len(calls))
	}
	command := calls[0].(*protocol.A[*model.Command]).A
	same(t, "trigger", "msteams", command.Trigger)
	if !command.AutoComplete || command.AutocompleteData == nil || command.AutocompleteData.Trigger != "msteams" {
		t.Fatalf("no autocomplete in %+v", command)
	}
	var words []string
	for _, sub := range command.AutocompleteData.SubCommands {
		words = append(words, sub.Trigger)
	}
	for _, word := range []string{"connect", "disconnect", "status", "notifications", "help"} {
		if !slices.Contains(words, word) {
			t.Errorf("%s is missing in %v", word, words)
		}
	}
}

func TestTheProductAnswersHelp(t *testing.T) {
	running, server := startProduct(t)
	args := protocol.AB[*protocol.Context, *model.CommandArgs]{
		A: &protocol.Context{}, B: &model.CommandArgs{UserId: "user1", ChannelId: "channel1", Command: "/msteams help"},
	}
	var answer protocol.AB[*model.CommandResponse, *model.AppError]
	if err := running.Call("ExecuteCommand", args, &answer); err != nil || answer.B != nil || answer.A == nil {
		t.Fatalf("%v, %+v\n%s", err, answer, running.log)
	}
	text := answer.A.Text
	for _, call := range server.calls("SendEphemeralPost") {
		post := call.(*protocol.AB[string, *model.Post])
		same(t, "reader", "user1", post.A)
		text += post.B.Message
	}
	if !strings.Contains(text, "/msteams connect") {
		t.Fatalf("answered %q", text)
	}
}

func TestTheProductEchoesMicrosoftsValidationToken(t *testing.T) {
	running, _ := startProduct(t)
	response, err := http.Post(running.address+"/webhook/changes?validationToken=a%20%2B%20b", "text/plain", nil)
	same(t, "answer", "a + b", string(content(t, response, err)))
	same(t, "status", 200, response.StatusCode)
	response, err = http.Post(running.address+"/webhook/changes", "application/json", strings.NewReader("{}"))
	content(t, response, err)
	same(t, "status without settings", 503, response.StatusCode)
}

func TestTheProductDeactivatesAndQuitsByItself(t *testing.T) {
	running, _ := startProduct(t)
	var answer protocol.A[error]
	if err := running.Call("OnDeactivate", protocol.None{}, &answer); err != nil || answer.A != nil {
		t.Fatalf("%v, %v\n%s", err, answer.A, running.log)
	}
	running.Kill()
	if !running.Exited() || strings.Contains(running.log.String(), "failed to exit gracefully") {
		t.Fatalf("had to be killed\n%s", running.log)
	}
}

func TestTheProductEndsWhenItsHostIsKilled(t *testing.T) {
	endsWithItsHost(t, product(t))
}
