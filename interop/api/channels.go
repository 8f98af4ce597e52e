package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// AddChannelMember is Mattermost's method of this name.
func (s *Server) AddChannelMember(args *protocol.AB[string, string], returns *protocol.AB[*model.ChannelMember, *model.AppError]) error {
	return s.answer("AddChannelMember", args, returns)
}

// GetChannel is Mattermost's method of this name.
func (s *Server) GetChannel(args *protocol.A[string], returns *protocol.AB[*model.Channel, *model.AppError]) error {
	return s.answer("GetChannel", args, returns)
}

// GetChannelByName is Mattermost's method of this name.
func (s *Server) GetChannelByName(args *protocol.ABC[string, string, bool], returns *protocol.AB[*model.Channel, *model.AppError]) error {
	return s.answer("GetChannelByName", args, returns)
}

// GetChannelMember is Mattermost's method of this name.
func (s *Server) GetChannelMember(args *protocol.AB[string, string], returns *protocol.AB[*model.ChannelMember, *model.AppError]) error {
	return s.answer("GetChannelMember", args, returns)
}

// GetChannelMembers is Mattermost's method of this name.
func (s *Server) GetChannelMembers(args *protocol.ABC[string, int, int], returns *protocol.AB[[]model.ChannelMember, *model.AppError]) error {
	return s.answer("GetChannelMembers", args, returns)
}

// GetChannelsForTeamForUser is Mattermost's method of this name.
func (s *Server) GetChannelsForTeamForUser(args *protocol.ABC[string, string, bool], returns *protocol.AB[[]*model.Channel, *model.AppError]) error {
	return s.answer("GetChannelsForTeamForUser", args, returns)
}

// GetDirectChannel is Mattermost's method of this name.
func (s *Server) GetDirectChannel(args *protocol.AB[string, string], returns *protocol.AB[*model.Channel, *model.AppError]) error {
	return s.answer("GetDirectChannel", args, returns)
}

// GetGroupChannel is Mattermost's method of this name.
func (s *Server) GetGroupChannel(args *protocol.A[[]string], returns *protocol.AB[*model.Channel, *model.AppError]) error {
	return s.answer("GetGroupChannel", args, returns)
}

// UpdateChannel is Mattermost's method of this name.
func (s *Server) UpdateChannel(args *protocol.A[*model.Channel], returns *protocol.AB[*model.Channel, *model.AppError]) error {
	return s.answer("UpdateChannel", args, returns)
}
