package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// KVCompareAndDelete is Mattermost's method of this name.
func (s *Server) KVCompareAndDelete(args *protocol.AB[string, []byte], returns *protocol.AB[bool, *model.AppError]) error {
	return s.answer("KVCompareAndDelete", args, returns)
}

// KVCompareAndSet is Mattermost's method of this name.
func (s *Server) KVCompareAndSet(args *protocol.ABC[string, []byte, []byte], returns *protocol.AB[bool, *model.AppError]) error {
	return s.answer("KVCompareAndSet", args, returns)
}

// KVDelete is Mattermost's method of this name.
func (s *Server) KVDelete(args *protocol.A[string], returns *protocol.A[*model.AppError]) error {
	return s.answer("KVDelete", args, returns)
}

// KVDeleteAll is Mattermost's method of this name.
func (s *Server) KVDeleteAll(args *protocol.None, returns *protocol.A[*model.AppError]) error {
	return s.answer("KVDeleteAll", args, returns)
}

// KVGet is Mattermost's method of this name.
func (s *Server) KVGet(args *protocol.A[string], returns *protocol.AB[[]byte, *model.AppError]) error {
	return s.answer("KVGet", args, returns)
}

// KVList is Mattermost's method of this name.
func (s *Server) KVList(args *protocol.AB[int, int], returns *protocol.AB[[]string, *model.AppError]) error {
	return s.answer("KVList", args, returns)
}

// KVSet is Mattermost's method of this name.
func (s *Server) KVSet(args *protocol.AB[string, []byte], returns *protocol.A[*model.AppError]) error {
	return s.answer("KVSet", args, returns)
}

// KVSetWithExpiry is Mattermost's method of this name.
func (s *Server) KVSetWithExpiry(args *protocol.ABC[string, []byte, int64], returns *protocol.A[*model.AppError]) error {
	return s.answer("KVSetWithExpiry", args, returns)
}

// KVSetWithOptions is Mattermost's method of this name.
func (s *Server) KVSetWithOptions(args *protocol.ABC[string, []byte, model.PluginKVSetOptions], returns *protocol.AB[bool, *model.AppError]) error {
	return s.answer("KVSetWithOptions", args, returns)
}
