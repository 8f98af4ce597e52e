package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"time"

	"msteams-notifications/interop/host"
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// repeated does one thing over and over, atOnce of them at a time, until the time is over.
func repeated(atOnce int, act func(*host.Plugin) error) func(*host.Plugin, time.Duration) (float64, error) {
	return func(plugin *host.Plugin, length time.Duration) (float64, error) {
		var done atomic.Int64
		var callers sync.WaitGroup
		failures := make(chan error, atOnce)
		started := time.Now()
		for range atOnce {
			callers.Go(func() {
				for time.Since(started) < length {
					if err := act(plugin); err != nil {
						failures <- err
						return
					}
					done.Add(1)
				}
			})
		}
		callers.Wait()
		took := time.Since(started)
		close(failures)
		return float64(done.Load()) / took.Seconds(), <-failures
	}
}

var posted = model.Post{
	Id: "post1", CreateAt: 1_790_000_000_000, UpdateAt: 1_790_000_000_000, UserId: "user1", ChannelId: "channel1",
	Message: "The crane is free from two o'clock.", Props: map[string]any{"from_webhook": "true"},
}

func messageWillBePosted(plugin *host.Plugin) error {
	args := protocol.AB[*protocol.Context, *model.Post]{A: &context, B: &posted}
	var answer protocol.AB[*model.Post, string]
	if err := plugin.Call("MessageWillBePosted", args, &answer); err != nil {
		return err
	}
	if answer.A == nil || answer.A.Message != posted.Message {
		return fmt.Errorf("the post came back as %+v", answer.A)
	}
	return nil
}

var context = protocol.Context{
	SessionId: "session1", RequestId: "request1", IPAddress: "192.0.2.7", AcceptLanguage: "en", UserAgent: "bench",
}

// httpRequest asks without a network between: what a server adds is the same for every plugin.
func httpRequest(method string, body []byte) func(*host.Plugin) error {
	want := fmt.Sprintf(`{"bytes":%d}`, len(body))
	return func(plugin *host.Plugin) error {
		var content io.Reader = http.NoBody
		if body != nil {
			content = bytes.NewReader(body)
		}
		request := httptest.NewRequest(method, "/webhook/changes?kind=chat", content)
		request.Header.Set("Content-Type", "application/json; charset=utf-8")
		request.Header.Set("User-Agent", "Microsoft Graph Change Notifications")
		request.Header.Set("Accept", "*/*")
		answer := httptest.NewRecorder()
		plugin.Handler("ServeHTTP", &context).ServeHTTP(answer, request)
		if answer.Code != http.StatusOK || answer.Body.String() != want {
			return fmt.Errorf("answered %d %q", answer.Code, answer.Body)
		}
		return nil
	}
}
