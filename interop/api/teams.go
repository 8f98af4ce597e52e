package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// GetTeam is Mattermost's method of this name.
func (s *Server) GetTeam(args *protocol.A[string], returns *protocol.AB[*model.Team, *model.AppError]) error {
	return s.answer("GetTeam", args, returns)
}

// GetTeamByName is Mattermost's method of this name.
func (s *Server) GetTeamByName(args *protocol.A[string], returns *protocol.AB[*model.Team, *model.AppError]) error {
	return s.answer("GetTeamByName", args, returns)
}

// GetTeamMember is Mattermost's method of this name.
func (s *Server) GetTeamMember(args *protocol.AB[string, string], returns *protocol.AB[*model.TeamMember, *model.AppError]) error {
	return s.answer("GetTeamMember", args, returns)
}

// GetTeams is Mattermost's method of this name.
func (s *Server) GetTeams(args *protocol.None, returns *protocol.AB[[]*model.Team, *model.AppError]) error {
	return s.answer("GetTeams", args, returns)
}

// GetTeamsForUser is Mattermost's method of this name.
func (s *Server) GetTeamsForUser(args *protocol.A[string], returns *protocol.AB[[]*model.Team, *model.AppError]) error {
	return s.answer("GetTeamsForUser", args, returns)
}
