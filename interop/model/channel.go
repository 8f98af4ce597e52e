package model

// Channel is Mattermost's model.Channel.
type Channel struct {
	Id                  string
	CreateAt            int64
	UpdateAt            int64
	DeleteAt            int64
	TeamId              string
	Type                string
	DisplayName         string
	Name                string
	Header              string
	Purpose             string
	LastPostAt          int64
	TotalMsgCount       int64
	ExtraUpdateAt       int64
	CreatorId           string
	SchemeId            *string
	Props               map[string]any
	GroupConstrained    *bool
	AutoTranslation     bool
	Shared              *bool
	TotalMsgCountRoot   int64
	PolicyID            *string
	LastRootPostAt      int64
	BannerInfo          *ChannelBannerInfo
	PolicyEnforced      bool
	PolicyIsActive      bool
	DefaultCategoryName string
}

// ChannelBannerInfo is Mattermost's model.ChannelBannerInfo.
type ChannelBannerInfo struct {
	Enabled         *bool
	Text            *string
	BackgroundColor *string
}

// ChannelMember is Mattermost's model.ChannelMember.
type ChannelMember struct {
	ChannelId               string
	UserId                  string
	Roles                   string
	LastViewedAt            int64
	MsgCount                int64
	MentionCount            int64
	MentionCountRoot        int64
	UrgentMentionCount      int64
	MsgCountRoot            int64
	NotifyProps             map[string]string
	LastUpdateAt            int64
	SchemeGuest             bool
	SchemeUser              bool
	SchemeAdmin             bool
	ExplicitRoles           string
	AutoTranslationDisabled bool
}
