package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// SendPushNotification is Mattermost's method of this name.
func (s *Server) SendPushNotification(args *protocol.AB[*model.PushNotification, string], returns *protocol.A[*model.AppError]) error {
	return s.answer("SendPushNotification", args, returns)
}
