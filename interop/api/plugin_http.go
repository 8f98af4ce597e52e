package api

import "msteams-notifications/interop/protocol"

// PluginHTTP is Mattermost's method of this name.
func (s *Server) PluginHTTP(args *protocol.PluginHTTPArgs, returns *protocol.PluginHTTPReturns) error {
	return s.answer("PluginHTTP", args, returns)
}
