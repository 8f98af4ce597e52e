package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// DeletePreferencesForUser is Mattermost's method of this name.
func (s *Server) DeletePreferencesForUser(args *protocol.AB[string, []model.Preference], returns *protocol.A[*model.AppError]) error {
	return s.answer("DeletePreferencesForUser", args, returns)
}

// GetPreferenceForUser is Mattermost's method of this name.
func (s *Server) GetPreferenceForUser(args *protocol.ABC[string, string, string], returns *protocol.AB[model.Preference, *model.AppError]) error {
	return s.answer("GetPreferenceForUser", args, returns)
}

// GetPreferencesForUser is Mattermost's method of this name.
func (s *Server) GetPreferencesForUser(args *protocol.A[string], returns *protocol.AB[[]model.Preference, *model.AppError]) error {
	return s.answer("GetPreferencesForUser", args, returns)
}

// UpdatePreferencesForUser is Mattermost's method of this name.
func (s *Server) UpdatePreferencesForUser(args *protocol.AB[string, []model.Preference], returns *protocol.A[*model.AppError]) error {
	return s.answer("UpdatePreferencesForUser", args, returns)
}
