package interop

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"msteams-notifications/interop/api"
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

func TestHooksAnswerWhileOthersWaitForTheAPI(t *testing.T) {
	const held = "user-held"
	release := make(chan struct{})
	server := &api.Server{Answer: func(method string, args, returns any) error {
		if method != "GetUser" {
			return nil
		}
		id := args.(*protocol.A[string]).A
		if id == held {
			<-release
		}
		returns.(*protocol.AB[*model.User, *model.AppError]).A = &model.User{Username: "name-of-" + id}
		return nil
	}}
	running, _ := activate(t, "everyday", server)
	ask := func(id string) string {
		args := protocol.AB[*protocol.Context, *model.CommandArgs]{A: &protocol.Context{}, B: &model.CommandArgs{UserId: id, Command: "/who"}}
		var answer protocol.AB[*model.CommandResponse, *model.AppError]
		if err := running.Call("ExecuteCommand", args, &answer); err != nil || answer.A == nil {
			return fmt.Sprint(err, answer.B)
		}
		return answer.A.Text
	}
	late := make(chan string)
	go func() { late <- ask(held) }()
	var waiting sync.WaitGroup
	for i := range 100 {
		waiting.Go(func() {
			id := fmt.Sprint("user-", i)
			if got := ask(id); got != "/who by name-of-"+id {
				t.Errorf("answered %q to %s", got, id)
			}
		})
	}
	waiting.Wait()
	close(release)
	same(t, "the held one", "/who by name-of-"+held, <-late)
}

func TestManyHTTPRequestsAtOnceKeepTheirBodiesApart(t *testing.T) {
	running, _ := activate(t, "everyday", silentAPI())
	// Without a server between, which for HTTP/1 stops reading a request once its answer has begun.
	plugin := running.Handler("ServeHTTP", &protocol.Context{})
	var waiting sync.WaitGroup
	for i := range 60 {
		waiting.Go(func() {
			sent := strings.Repeat(fmt.Sprint(i, ";"), 40_000)
			recorder := httptest.NewRecorder()
			plugin.ServeHTTP(recorder, httptest.NewRequest("POST", "/echo", strings.NewReader(sent)))
			if got := recorder.Body.String(); got != sent {
				t.Errorf("request %d: got %d of %d bytes", i, len(got), len(sent))
			}
		})
	}
	waiting.Wait()
}
