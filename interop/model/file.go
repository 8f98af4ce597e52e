package model

// FileInfo is Mattermost's model.FileInfo.
type FileInfo struct {
	Id              string
	CreatorId       string
	PostId          string
	ChannelId       string
	CreateAt        int64
	UpdateAt        int64
	DeleteAt        int64
	Path            string
	ThumbnailPath   string
	PreviewPath     string
	Name            string
	Extension       string
	Size            int64
	MimeType        string
	Width           int
	Height          int
	HasPreviewImage bool
	MiniPreview     *[]byte
	Content         string
	RemoteId        *string
	Archived        bool
}

// UploadSession is Mattermost's model.UploadSession.
type UploadSession struct {
	Id         string
	Type       string
	CreateAt   int64
	UserId     string
	ChannelId  string
	Filename   string
	Path       string
	FileSize   int64
	FileOffset int64
	RemoteId   string
	ReqFileId  string
}

// FileData is Mattermost's model.FileData.
type FileData struct {
	Filename string
	Body     []byte
}
