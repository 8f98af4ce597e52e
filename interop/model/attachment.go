package model

// MessageAttachment is Mattermost's model.MessageAttachment.
type MessageAttachment struct {
	Id         int64
	Fallback   string
	Color      string
	Pretext    string
	AuthorName string
	AuthorLink string
	AuthorIcon string
	Title      string
	TitleLink  string
	Text       string
	Fields     []*MessageAttachmentField
	ImageURL   string
	ThumbURL   string
	Footer     string
	FooterIcon string
	Timestamp  any
	Actions    []*PostAction
}

// MessageAttachmentField is Mattermost's model.MessageAttachmentField.
type MessageAttachmentField struct {
	Title string
	Value any
	Short bool
}

// PostAction is Mattermost's model.PostAction.
type PostAction struct {
	Id            string
	Type          string
	Name          string
	Tooltip       string
	Disabled      bool
	Style         string
	DataSource    string
	Options       []*PostActionOptions
	DefaultOption string
	Integration   *PostActionIntegration
	Cookie        string
}

// PostActionOptions is Mattermost's model.PostActionOptions.
type PostActionOptions struct {
	Text  string
	Value string
}

// PostActionIntegration is Mattermost's model.PostActionIntegration.
type PostActionIntegration struct {
	URL     string
	Context map[string]any
}
