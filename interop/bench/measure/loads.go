package main

import (
	"encoding/json"
	"fmt"
	"time"

	"msteams-notifications/interop/host"
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// many is how much is under way at once where throughput counts; one at a time shows the round trip.
const many = 32

// load is work for a plugin; run answers how often per second it was done.
type load struct {
	name string
	run  func(*host.Plugin, time.Duration) (float64, error)
}

var loads = []load{
	{"api-get-user-1", apiCalls("GetUser", 1)},
	{"api-get-user-32", apiCalls("GetUser", many)},
	{"api-create-post-32", apiCalls("CreatePost", many)},
	{"hook-1", repeated(1, messageWillBePosted)},
	{"hook-32", repeated(many, messageWillBePosted)},
	{"http-get-1", repeated(1, httpRequest("GET", nil))},
	{"http-get-32", repeated(many, httpRequest("GET", nil))},
	{"http-post-32", repeated(many, httpRequest("POST", make([]byte, 10_000)))},
}

// apiCalls lets the plugin call the API, many calls at once, until the time is over. What counts is what was answered; the
// plugin has to have received as many answers.
func apiCalls(method string, atOnce int) func(*host.Plugin, time.Duration) (float64, error) {
	return func(plugin *host.Plugin, length time.Duration) (float64, error) {
		command, err := json.Marshal(map[string]any{
			"method": method, "atOnce": atOnce, "milliseconds": length.Milliseconds(),
		})
		if err != nil {
			return 0, err
		}
		args := protocol.AB[*protocol.Context, *model.CommandArgs]{
			A: &protocol.Context{}, B: &model.CommandArgs{Command: string(command)},
		}
		var answer protocol.AB[*model.CommandResponse, *model.AppError]
		before := answered.Load()
		started := time.Now()
		if err := plugin.Call("ExecuteCommand", args, &answer); err != nil {
			return 0, err
		}
		took := time.Since(started)
		if answer.B != nil {
			return 0, answer.B
		}
		made := answered.Load() - before
		if answer.A == nil || answer.A.Text != fmt.Sprint(made) {
			return 0, fmt.Errorf("%d calls were answered, the plugin says %+v", made, answer.A)
		}
		return float64(made) / took.Seconds(), nil
	}
}
