package model

// PluginClusterEvent is Mattermost's model.PluginClusterEvent.
type PluginClusterEvent struct {
	Id   string
	Data []byte
}

// PluginClusterEventSendOptions is Mattermost's model.PluginClusterEventSendOptions.
type PluginClusterEventSendOptions struct {
	SendType string
	TargetId string
}
