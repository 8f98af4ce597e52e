package api

import (
	"msteams-notifications/interop/protocol"
)

// LogDebug is Mattermost's method of this name.
func (s *Server) LogDebug(args *protocol.AB[string, []any], returns *protocol.None) error {
	return s.answer("LogDebug", args, returns)
}

// LogError is Mattermost's method of this name.
func (s *Server) LogError(args *protocol.AB[string, []any], returns *protocol.None) error {
	return s.answer("LogError", args, returns)
}

// LogInfo is Mattermost's method of this name.
func (s *Server) LogInfo(args *protocol.AB[string, []any], returns *protocol.None) error {
	return s.answer("LogInfo", args, returns)
}

// LogWarn is Mattermost's method of this name.
func (s *Server) LogWarn(args *protocol.AB[string, []any], returns *protocol.None) error {
	return s.answer("LogWarn", args, returns)
}
