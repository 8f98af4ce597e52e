package main

import (
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// wish is what the measuring host asks for.
type wish struct {
	Method       string
	AtOnce       int
	Milliseconds int
}

// callAsTold keeps so many calls under way until the time is over and answers how many were made.
func (h *hooks) callAsTold(command string) (string, error) {
	var told wish
	if err := json.Unmarshal([]byte(command), &told); err != nil {
		return "", err
	}
	call := h.getUser
	if told.Method == "CreatePost" {
		call = h.createPost
	}
	var made atomic.Int64
	var failed atomic.Value
	var callers sync.WaitGroup
	until := time.Now().Add(time.Duration(told.Milliseconds) * time.Millisecond)
	for range told.AtOnce {
		callers.Go(func() {
			for time.Now().Before(until) {
				if err := call(); err != nil {
					failed.Store(err)
					return
				}
				made.Add(1)
			}
		})
	}
	callers.Wait()
	if err, ok := failed.Load().(error); ok {
		return "", err
	}
	return fmt.Sprint(made.Load()), nil
}

func (h *hooks) getUser() error {
	var returns protocol.AB[*model.User, *model.AppError]
	return h.api.Call("Plugin.GetUser", &protocol.A[string]{A: "user1"}, &returns)
}

func (h *hooks) createPost() error {
	post := &model.Post{
		UserId:    "bot1",
		ChannelId: "channel1",
		Message:   "**Ben Okafor** in *Harbour project*\n> The crane is free from two o'clock.",
		Props:     map[string]any{"key": "chat1/1790000000000"},
	}
	var returns protocol.AB[*model.Post, *model.AppError]
	return h.api.Call("Plugin.CreatePost", &protocol.A[*model.Post]{A: post}, &returns)
}
