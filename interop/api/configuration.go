package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// GetConfig is Mattermost's method of this name.
func (s *Server) GetConfig(args *protocol.None, returns *protocol.A[*model.Config]) error {
	return s.answer("GetConfig", args, returns)
}

// GetPluginConfig is Mattermost's method of this name.
func (s *Server) GetPluginConfig(args *protocol.None, returns *protocol.A[map[string]any]) error {
	return s.answer("GetPluginConfig", args, returns)
}

// GetUnsanitizedConfig is Mattermost's method of this name.
func (s *Server) GetUnsanitizedConfig(args *protocol.None, returns *protocol.A[*model.Config]) error {
	return s.answer("GetUnsanitizedConfig", args, returns)
}

// LoadPluginConfiguration is Mattermost's method of this name.
func (s *Server) LoadPluginConfiguration(args *protocol.None, returns *protocol.A[[]byte]) error {
	return s.answer("LoadPluginConfiguration", args, returns)
}

// SavePluginConfig is Mattermost's method of this name.
func (s *Server) SavePluginConfig(args *protocol.A[map[string]any], returns *protocol.A[*model.AppError]) error {
	return s.answer("SavePluginConfig", args, returns)
}
