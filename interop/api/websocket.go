package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// PublishWebSocketEvent is Mattermost's method of this name.
func (s *Server) PublishWebSocketEvent(args *protocol.ABC[string, map[string]any, *model.WebsocketBroadcast], returns *protocol.None) error {
	return s.answer("PublishWebSocketEvent", args, returns)
}
