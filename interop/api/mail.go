package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// SendMail is Mattermost's method of this name.
func (s *Server) SendMail(args *protocol.ABC[string, string, string], returns *protocol.A[*model.AppError]) error {
	return s.answer("SendMail", args, returns)
}
