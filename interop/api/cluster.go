package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// PublishPluginClusterEvent is Mattermost's method of this name.
func (s *Server) PublishPluginClusterEvent(args *protocol.AB[model.PluginClusterEvent, model.PluginClusterEventSendOptions], returns *protocol.A[error]) error {
	return s.answer("PublishPluginClusterEvent", args, returns)
}
