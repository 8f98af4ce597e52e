package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// AddReaction is Mattermost's method of this name.
func (s *Server) AddReaction(args *protocol.A[*model.Reaction], returns *protocol.AB[*model.Reaction, *model.AppError]) error {
	return s.answer("AddReaction", args, returns)
}

// GetReactions is Mattermost's method of this name.
func (s *Server) GetReactions(args *protocol.A[string], returns *protocol.AB[[]*model.Reaction, *model.AppError]) error {
	return s.answer("GetReactions", args, returns)
}

// RemoveReaction is Mattermost's method of this name.
func (s *Server) RemoveReaction(args *protocol.A[*model.Reaction], returns *protocol.A[*model.AppError]) error {
	return s.answer("RemoveReaction", args, returns)
}
