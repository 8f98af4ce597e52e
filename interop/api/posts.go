package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// CreatePost is Mattermost's method of this name.
func (s *Server) CreatePost(args *protocol.A[*model.Post], returns *protocol.AB[*model.Post, *model.AppError]) error {
	return s.answer("CreatePost", args, returns)
}

// DeleteEphemeralPost is Mattermost's method of this name.
func (s *Server) DeleteEphemeralPost(args *protocol.AB[string, string], returns *protocol.None) error {
	return s.answer("DeleteEphemeralPost", args, returns)
}

// DeletePost is Mattermost's method of this name.
func (s *Server) DeletePost(args *protocol.A[string], returns *protocol.A[*model.AppError]) error {
	return s.answer("DeletePost", args, returns)
}

// GetPost is Mattermost's method of this name.
func (s *Server) GetPost(args *protocol.A[string], returns *protocol.AB[*model.Post, *model.AppError]) error {
	return s.answer("GetPost", args, returns)
}

// GetPostThread is Mattermost's method of this name.
func (s *Server) GetPostThread(args *protocol.A[string], returns *protocol.AB[*model.PostList, *model.AppError]) error {
	return s.answer("GetPostThread", args, returns)
}

// GetPostsAfter is Mattermost's method of this name.
func (s *Server) GetPostsAfter(args *protocol.ABCD[string, string, int, int], returns *protocol.AB[*model.PostList, *model.AppError]) error {
	return s.answer("GetPostsAfter", args, returns)
}

// GetPostsBefore is Mattermost's method of this name.
func (s *Server) GetPostsBefore(args *protocol.ABCD[string, string, int, int], returns *protocol.AB[*model.PostList, *model.AppError]) error {
	return s.answer("GetPostsBefore", args, returns)
}

// GetPostsForChannel is Mattermost's method of this name.
func (s *Server) GetPostsForChannel(args *protocol.ABC[string, int, int], returns *protocol.AB[*model.PostList, *model.AppError]) error {
	return s.answer("GetPostsForChannel", args, returns)
}

// GetPostsSince is Mattermost's method of this name.
func (s *Server) GetPostsSince(args *protocol.AB[string, int64], returns *protocol.AB[*model.PostList, *model.AppError]) error {
	return s.answer("GetPostsSince", args, returns)
}

// SendEphemeralPost is Mattermost's method of this name.
func (s *Server) SendEphemeralPost(args *protocol.AB[string, *model.Post], returns *protocol.A[*model.Post]) error {
	return s.answer("SendEphemeralPost", args, returns)
}

// UpdateEphemeralPost is Mattermost's method of this name.
func (s *Server) UpdateEphemeralPost(args *protocol.AB[string, *model.Post], returns *protocol.A[*model.Post]) error {
	return s.answer("UpdateEphemeralPost", args, returns)
}

// UpdatePost is Mattermost's method of this name.
func (s *Server) UpdatePost(args *protocol.A[*model.Post], returns *protocol.AB[*model.Post, *model.AppError]) error {
	return s.answer("UpdatePost", args, returns)
}
