package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// GetProfileImage is Mattermost's method of this name.
func (s *Server) GetProfileImage(args *protocol.A[string], returns *protocol.AB[[]byte, *model.AppError]) error {
	return s.answer("GetProfileImage", args, returns)
}

// GetSession is Mattermost's method of this name.
func (s *Server) GetSession(args *protocol.A[string], returns *protocol.AB[*model.Session, *model.AppError]) error {
	return s.answer("GetSession", args, returns)
}

// GetUser is Mattermost's method of this name.
func (s *Server) GetUser(args *protocol.A[string], returns *protocol.AB[*model.User, *model.AppError]) error {
	return s.answer("GetUser", args, returns)
}

// GetUserByEmail is Mattermost's method of this name.
func (s *Server) GetUserByEmail(args *protocol.A[string], returns *protocol.AB[*model.User, *model.AppError]) error {
	return s.answer("GetUserByEmail", args, returns)
}

// GetUserByUsername is Mattermost's method of this name.
func (s *Server) GetUserByUsername(args *protocol.A[string], returns *protocol.AB[*model.User, *model.AppError]) error {
	return s.answer("GetUserByUsername", args, returns)
}

// GetUserStatus is Mattermost's method of this name.
func (s *Server) GetUserStatus(args *protocol.A[string], returns *protocol.AB[*model.Status, *model.AppError]) error {
	return s.answer("GetUserStatus", args, returns)
}

// GetUserStatusesByIds is Mattermost's method of this name.
func (s *Server) GetUserStatusesByIds(args *protocol.A[[]string], returns *protocol.AB[[]*model.Status, *model.AppError]) error {
	return s.answer("GetUserStatusesByIds", args, returns)
}

// GetUsers is Mattermost's method of this name.
func (s *Server) GetUsers(args *protocol.A[*model.UserGetOptions], returns *protocol.AB[[]*model.User, *model.AppError]) error {
	return s.answer("GetUsers", args, returns)
}

// GetUsersByIds is Mattermost's method of this name.
func (s *Server) GetUsersByIds(args *protocol.A[[]string], returns *protocol.AB[[]*model.User, *model.AppError]) error {
	return s.answer("GetUsersByIds", args, returns)
}

// GetUsersByUsernames is Mattermost's method of this name.
func (s *Server) GetUsersByUsernames(args *protocol.A[[]string], returns *protocol.AB[[]*model.User, *model.AppError]) error {
	return s.answer("GetUsersByUsernames", args, returns)
}

// PublishUserTyping is Mattermost's method of this name.
func (s *Server) PublishUserTyping(args *protocol.ABC[string, string, string], returns *protocol.A[*model.AppError]) error {
	return s.answer("PublishUserTyping", args, returns)
}

// SearchUsers is Mattermost's method of this name.
func (s *Server) SearchUsers(args *protocol.A[*model.UserSearch], returns *protocol.AB[[]*model.User, *model.AppError]) error {
	return s.answer("SearchUsers", args, returns)
}

// SetProfileImage is Mattermost's method of this name.
func (s *Server) SetProfileImage(args *protocol.AB[string, []byte], returns *protocol.A[*model.AppError]) error {
	return s.answer("SetProfileImage", args, returns)
}

// UpdateUser is Mattermost's method of this name.
func (s *Server) UpdateUser(args *protocol.A[*model.User], returns *protocol.AB[*model.User, *model.AppError]) error {
	return s.answer("UpdateUser", args, returns)
}

// UpdateUserStatus is Mattermost's method of this name.
func (s *Server) UpdateUserStatus(args *protocol.AB[string, string], returns *protocol.AB[*model.Status, *model.AppError]) error {
	return s.answer("UpdateUserStatus", args, returns)
}
