package model

// Post is Mattermost's model.Post.
type Post struct {
	Id            string
	CreateAt      int64
	UpdateAt      int64
	EditAt        int64
	DeleteAt      int64
	IsPinned      bool
	UserId        string
	ChannelId     string
	RootId        string
	OriginalId    string
	Message       string
	MessageSource string
	Type          string
	Props         map[string]any
	Hashtags      string
	Filenames     []string
	FileIds       []string
	PendingPostId string
	HasReactions  bool
	RemoteId      *string
	ReplyCount    int64
	LastReplyAt   int64
	Participants  []*User
	IsFollowing   *bool
	Metadata      *PostMetadata
}

// PostMetadata is Mattermost's model.PostMetadata.
type PostMetadata struct {
	Embeds           []*PostEmbed
	Emojis           []*Emoji
	Files            []*FileInfo
	Images           map[string]*PostImage
	Reactions        []*Reaction
	Priority         *PostPriority
	Acknowledgements []*PostAcknowledgement
	Translations     map[string]*PostTranslation `sdk:"undeclared"`
	ExpireAt         int64
	Recipients       []string
}

// PostPriority is Mattermost's model.PostPriority.
type PostPriority struct {
	Priority                *string
	RequestedAck            *bool
	PersistentNotifications *bool
	PostId                  string
	ChannelId               string
}

// PostAcknowledgement is Mattermost's model.PostAcknowledgement.
type PostAcknowledgement struct {
	UserId         string
	PostId         string
	AcknowledgedAt int64
	ChannelId      string
	RemoteId       *string
}

// PostEmbed is Mattermost's model.PostEmbed.
type PostEmbed struct {
	Type string
	URL  string
	Data any
}

// PostImage is Mattermost's model.PostImage.
type PostImage struct {
	Width      int
	Height     int
	Format     string
	FrameCount int
}

// PostList is Mattermost's model.PostList.
type PostList struct {
	Order                     []string
	Posts                     map[string]*Post
	NextPostId                string
	PrevPostId                string
	HasNext                   *bool
	FirstInaccessiblePostTime int64
	BurnOnReadPosts           map[string]*Post
}

// PostTranslation is Mattermost's model.PostTranslation.
type PostTranslation struct {
	Object     string
	Type       string
	Confidence *float64
	State      string
}
