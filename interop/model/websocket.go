package model

// WebsocketBroadcast is Mattermost's model.WebsocketBroadcast.
type WebsocketBroadcast struct {
	OmitUsers             map[string]bool
	UserId                string
	ChannelId             string
	TeamId                string
	ConnectionId          string
	OmitConnectionId      string
	ContainsSanitizedData bool
	ContainsSensitiveData bool
	ReliableClusterSend   bool
	BroadcastHooks        []string
	BroadcastHookArgs     []map[string]any
}

// WebSocketRequest is Mattermost's model.WebSocketRequest.
type WebSocketRequest struct {
	Seq     int64
	Action  string
	Data    map[string]any
	Session Session
	Locale  string
}
