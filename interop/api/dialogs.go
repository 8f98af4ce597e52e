package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// OpenInteractiveDialog is Mattermost's method of this name.
func (s *Server) OpenInteractiveDialog(args *protocol.A[model.OpenDialogRequest], returns *protocol.A[*model.AppError]) error {
	return s.answer("OpenInteractiveDialog", args, returns)
}
