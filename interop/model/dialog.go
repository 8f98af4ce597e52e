package model

// OpenDialogRequest is Mattermost's model.OpenDialogRequest.
type OpenDialogRequest struct {
	TriggerId string
	URL       string
	Dialog    Dialog
}

// Dialog is Mattermost's model.Dialog.
type Dialog struct {
	CallbackId       string
	Title            string
	IntroductionText string
	IconURL          string
	Elements         []DialogElement
	SubmitLabel      string
	NotifyOnCancel   bool
	State            string
	SourceURL        string
}

// DialogElement is Mattermost's model.DialogElement.
type DialogElement struct {
	DisplayName    string
	Name           string
	Type           string
	SubType        string
	Default        string
	Placeholder    string
	HelpText       string
	Optional       bool
	MinLength      int
	MaxLength      int
	DataSource     string
	DataSourceURL  string
	Options        []*PostActionOptions
	MultiSelect    bool
	Refresh        bool
	DateTimeConfig *DialogDateTimeConfig `sdk:"undeclared"`
	MinDate        string
	MaxDate        string
	TimeInterval   int
}

// DialogDateTimeConfig is Mattermost's model.DialogDateTimeConfig.
type DialogDateTimeConfig struct {
	TimeInterval         int
	LocationTimezone     string
	AllowManualTimeEntry bool
}
