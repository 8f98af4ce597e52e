package model

// PushNotification is Mattermost's model.PushNotification.
type PushNotification struct {
	AckId            string
	Platform         string
	ServerId         string
	DeviceId         string
	PostId           string
	Category         string
	Sound            string
	Message          string
	Badge            int
	ContentAvailable int
	TeamId           string
	ChannelId        string
	RootId           string
	ChannelName      string
	Type             string
	SubType          string
	SenderId         string
	SenderName       string
	OverrideUsername string
	OverrideIconURL  string
	FromWebhook      string
	Version          string
	IsCRTEnabled     bool
	IsIdLoaded       bool
	PostType         string
	ChannelType      string
	Signature        string
}
