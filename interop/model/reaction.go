package model

// Reaction is Mattermost's model.Reaction.
type Reaction struct {
	UserId    string
	PostId    string
	EmojiName string
	CreateAt  int64
	UpdateAt  int64
	DeleteAt  int64
	RemoteId  *string
	ChannelId string
}

// Emoji is Mattermost's model.Emoji.
type Emoji struct {
	Id        string
	CreateAt  int64
	UpdateAt  int64
	DeleteAt  int64
	CreatorId string
	Name      string
}
