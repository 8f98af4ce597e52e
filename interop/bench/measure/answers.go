package main

import (
	"sync/atomic"

	"msteams-notifications/interop/api"
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// somebody is a user as a server has them after some weeks of use.
var somebody = model.User{
	Id: "user1", CreateAt: 1_780_000_000_000, UpdateAt: 1_790_000_000_000, Username: "ada", Email: "ada@example.org",
	EmailVerified: true, FirstName: "Ada", LastName: "Byron", Position: "Engineer", Roles: "system_user",
	NotifyProps: map[string]string{
		"channel": "true", "comments": "never", "desktop": "mention", "desktop_sound": "true", "email": "true",
		"first_name": "false", "mention_keys": "", "push": "mention", "push_status": "away",
	},
	LastPasswordUpdate: 1_780_000_000_000, Locale: "en",
	Timezone: map[string]string{
		"automaticTimezone": "Europe/London", "manualTimezone": "", "useAutomaticTimezone": "true",
	},
	LastActivityAt: 1_790_000_000_000,
}

// answered counts the API calls of all plugins.
var answered atomic.Int64

// answers is a server that answers at once, so that the calls themselves are what is measured.
var answers = &api.Server{Answer: func(_ string, args, returns any) error {
	answered.Add(1)
	switch returns := returns.(type) {
	case *protocol.AB[*model.User, *model.AppError]:
		returns.A = &somebody
	case *protocol.AB[*model.Post, *model.AppError]:
		if post, creates := args.(*protocol.A[*model.Post]); creates {
			post.A.Id, post.A.CreateAt, post.A.UpdateAt = "post1", 1_790_000_000_000, 1_790_000_000_000
			returns.A = post.A
		}
	}
	return nil
}}
