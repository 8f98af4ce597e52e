package interop

import (
	"testing"

	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// willBePosted calls the hook as Mattermost does, which lets the reply be decoded over the original post.
func willBePosted(t *testing.T, results []any) (*model.Post, string) {
	t.Helper()
	running := startMirror(t, silentAPI())
	running.ask(t, "PUT", "/hooks/MessageWillBePosted", map[string]any{"results": results})
	post := &model.Post{Id: "p1", Message: "hello", Props: map[string]any{"kept": true}}
	args := protocol.AB[*protocol.Context, *model.Post]{A: &protocol.Context{}, B: post}
	reply := protocol.AB[*model.Post, string]{A: post}
	if err := running.Call("MessageWillBePosted", args, &reply); err != nil {
		t.Fatal(err)
	}
	return reply.A, reply.B
}

func TestAPostLeftAloneStaysAsItWas(t *testing.T) {
	post, reason := willBePosted(t, []any{nil, ""})
	same(t, "post", &model.Post{Id: "p1", Message: "hello", Props: map[string]any{"kept": true}}, post)
	same(t, "reason", "", reason)
}

func TestAChangedPostKeepsWhatWasNotChanged(t *testing.T) {
	changed := map[string]any{"id": "p1", "message": "HELLO", "props": map[string]any{"kept": true}}
	post, _ := willBePosted(t, []any{changed, ""})
	same(t, "post", &model.Post{Id: "p1", Message: "HELLO", Props: map[string]any{"kept": true}}, post)
}

func TestARejectedPostComesWithItsReason(t *testing.T) {
	_, reason := willBePosted(t, []any{nil, "not here"})
	same(t, "reason", "not here", reason)
}
