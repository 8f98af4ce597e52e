package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// CopyFileInfos is Mattermost's method of this name.
func (s *Server) CopyFileInfos(args *protocol.AB[string, []string], returns *protocol.AB[[]string, *model.AppError]) error {
	return s.answer("CopyFileInfos", args, returns)
}

// CreateUploadSession is Mattermost's method of this name.
func (s *Server) CreateUploadSession(args *protocol.A[*model.UploadSession], returns *protocol.AB[*model.UploadSession, error]) error {
	return s.answer("CreateUploadSession", args, returns)
}

// GetFile is Mattermost's method of this name.
func (s *Server) GetFile(args *protocol.A[string], returns *protocol.AB[[]byte, *model.AppError]) error {
	return s.answer("GetFile", args, returns)
}

// GetFileInfo is Mattermost's method of this name.
func (s *Server) GetFileInfo(args *protocol.A[string], returns *protocol.AB[*model.FileInfo, *model.AppError]) error {
	return s.answer("GetFileInfo", args, returns)
}

// GetFileLink is Mattermost's method of this name.
func (s *Server) GetFileLink(args *protocol.A[string], returns *protocol.AB[string, *model.AppError]) error {
	return s.answer("GetFileLink", args, returns)
}

// GetUploadSession is Mattermost's method of this name.
func (s *Server) GetUploadSession(args *protocol.A[string], returns *protocol.AB[*model.UploadSession, error]) error {
	return s.answer("GetUploadSession", args, returns)
}

// ReadFile is Mattermost's method of this name.
func (s *Server) ReadFile(args *protocol.A[string], returns *protocol.AB[[]byte, *model.AppError]) error {
	return s.answer("ReadFile", args, returns)
}

// UploadFile is Mattermost's method of this name.
func (s *Server) UploadFile(args *protocol.ABC[[]byte, string, string], returns *protocol.AB[*model.FileInfo, *model.AppError]) error {
	return s.answer("UploadFile", args, returns)
}
