package model

// Manifest is Mattermost's model.Manifest.
type Manifest struct {
	Id               string
	Name             string
	Description      string
	HomepageURL      string
	SupportURL       string
	ReleaseNotesURL  string
	IconPath         string
	Version          string
	MinServerVersion string
	Server           *ManifestServer
	Webapp           *ManifestWebapp
	SettingsSchema   *PluginSettingsSchema `sdk:"undeclared"`
	Props            map[string]any
}

// ManifestServer is Mattermost's model.ManifestServer.
type ManifestServer struct {
	Executables map[string]string
	Executable  string
}

// ManifestWebapp is Mattermost's model.ManifestWebapp.
type ManifestWebapp struct {
	BundlePath string
	BundleHash []byte
}

// PluginSettingsSchema is Mattermost's model.PluginSettingsSchema.
type PluginSettingsSchema struct {
	Header   string
	Footer   string
	Settings []*PluginSetting
}

// PluginStatus is Mattermost's model.PluginStatus.
type PluginStatus struct {
	PluginId    string
	ClusterId   string
	PluginPath  string
	State       int
	Error       string
	Name        string
	Description string
	Version     string
}

// OnInstallEvent is Mattermost's model.OnInstallEvent.
type OnInstallEvent struct {
	UserId string
}

// PluginSetting is Mattermost's model.PluginSetting.
type PluginSetting struct {
	Key         string
	DisplayName string
	Type        string
	HelpText    string
	Placeholder string
	Default     any
	Secret      bool
}
