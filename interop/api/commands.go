package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// ExecuteSlashCommand is Mattermost's method of this name.
func (s *Server) ExecuteSlashCommand(args *protocol.A[*model.CommandArgs], returns *protocol.AB[*model.CommandResponse, error]) error {
	return s.answer("ExecuteSlashCommand", args, returns)
}

// RegisterCommand is Mattermost's method of this name.
func (s *Server) RegisterCommand(args *protocol.A[*model.Command], returns *protocol.A[error]) error {
	return s.answer("RegisterCommand", args, returns)
}

// UnregisterCommand is Mattermost's method of this name.
func (s *Server) UnregisterCommand(args *protocol.AB[string, string], returns *protocol.A[error]) error {
	return s.answer("UnregisterCommand", args, returns)
}
