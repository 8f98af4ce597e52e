package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// DisablePlugin is Mattermost's method of this name.
func (s *Server) DisablePlugin(args *protocol.A[string], returns *protocol.A[*model.AppError]) error {
	return s.answer("DisablePlugin", args, returns)
}

// GetPluginStatus is Mattermost's method of this name.
func (s *Server) GetPluginStatus(args *protocol.A[string], returns *protocol.AB[*model.PluginStatus, *model.AppError]) error {
	return s.answer("GetPluginStatus", args, returns)
}

// GetPlugins is Mattermost's method of this name.
func (s *Server) GetPlugins(args *protocol.None, returns *protocol.AB[[]*model.Manifest, *model.AppError]) error {
	return s.answer("GetPlugins", args, returns)
}
