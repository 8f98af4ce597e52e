package model

// Bot is Mattermost's model.Bot.
type Bot struct {
	UserId         string
	Username       string
	DisplayName    string
	Description    string
	OwnerId        string
	LastIconUpdate int64
	CreateAt       int64
	UpdateAt       int64
	DeleteAt       int64
}

// BotPatch is Mattermost's model.BotPatch.
type BotPatch struct {
	Username    *string
	DisplayName *string
	Description *string
}

// BotGetOptions is Mattermost's model.BotGetOptions.
type BotGetOptions struct {
	OwnerId        string
	IncludeDeleted bool
	OnlyOrphaned   bool
	Page           int
	PerPage        int
}
