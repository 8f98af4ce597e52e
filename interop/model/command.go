package model

// Command is Mattermost's model.Command.
type Command struct {
	Id                   string
	Token                string
	CreateAt             int64
	UpdateAt             int64
	DeleteAt             int64
	CreatorId            string
	TeamId               string
	Trigger              string
	Method               string
	Username             string
	IconURL              string
	AutoComplete         bool
	AutoCompleteDesc     string
	AutoCompleteHint     string
	DisplayName          string
	Description          string
	URL                  string
	PluginId             string
	AutocompleteData     *AutocompleteData
	AutocompleteIconData string
}

// CommandArgs is Mattermost's model.CommandArgs.
type CommandArgs struct {
	UserId          string
	ChannelId       string
	TeamId          string
	RootId          string
	ParentId        string
	TriggerId       string
	Command         string
	SiteURL         string
	UserMentions    map[string]string
	ChannelMentions map[string]string
}

// CommandResponse is Mattermost's model.CommandResponse.
type CommandResponse struct {
	ResponseType     string
	Text             string
	Username         string
	ChannelId        string
	IconURL          string
	Type             string
	Props            map[string]any
	GotoLocation     string
	TriggerId        string
	SkipSlackParsing bool
	Attachments      []*MessageAttachment
	ExtraResponses   []*CommandResponse
}
