package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// CreateBot is Mattermost's method of this name.
func (s *Server) CreateBot(args *protocol.A[*model.Bot], returns *protocol.AB[*model.Bot, *model.AppError]) error {
	return s.answer("CreateBot", args, returns)
}

// EnsureBotUser is Mattermost's method of this name.
func (s *Server) EnsureBotUser(args *protocol.A[*model.Bot], returns *protocol.AB[string, error]) error {
	return s.answer("EnsureBotUser", args, returns)
}

// GetBot is Mattermost's method of this name.
func (s *Server) GetBot(args *protocol.AB[string, bool], returns *protocol.AB[*model.Bot, *model.AppError]) error {
	return s.answer("GetBot", args, returns)
}

// GetBots is Mattermost's method of this name.
func (s *Server) GetBots(args *protocol.A[*model.BotGetOptions], returns *protocol.AB[[]*model.Bot, *model.AppError]) error {
	return s.answer("GetBots", args, returns)
}

// PatchBot is Mattermost's method of this name.
func (s *Server) PatchBot(args *protocol.AB[string, *model.BotPatch], returns *protocol.AB[*model.Bot, *model.AppError]) error {
	return s.answer("PatchBot", args, returns)
}

// UpdateBotActive is Mattermost's method of this name.
func (s *Server) UpdateBotActive(args *protocol.AB[string, bool], returns *protocol.AB[*model.Bot, *model.AppError]) error {
	return s.answer("UpdateBotActive", args, returns)
}
