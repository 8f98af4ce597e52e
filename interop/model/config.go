package model

// Config is Mattermost's model.Config.
type Config struct {
	ServiceSettings      ServiceSettings
	TeamSettings         TeamSettings `sdk:"undeclared"`
	SqlSettings          SqlSettings
	FileSettings         FileSettings
	LocalizationSettings LocalizationSettings
	MetricsSettings      MetricsSettings
	PluginSettings       PluginSettings
	FeatureFlags         *FeatureFlags `sdk:"undeclared"`
}

// ServiceSettings is Mattermost's model.ServiceSettings.
type ServiceSettings struct {
	SiteURL                    *string
	ListenAddress              *string
	EnableDeveloper            *bool
	EnableTesting              *bool
	EnableBotAccountCreation   *bool
	EnablePostUsernameOverride *bool
	AllowCorsFrom              *string
	MaximumPayloadSizeBytes    *int64
	PostEditTimeLimit          *int
	PostPriority               *bool
	EnableLinkPreviews         *bool
	EnableLocalMode            *bool
}

// TeamSettings is Mattermost's model.TeamSettings.
type TeamSettings struct {
	SiteName                        *string
	MaxUsersPerTeam                 *int
	EnableJoinLeaveMessageByDefault *bool
}

// LocalizationSettings is Mattermost's model.LocalizationSettings.
type LocalizationSettings struct {
	DefaultServerLocale       *string
	DefaultClientLocale       *string
	AvailableLocales          *string
	EnableExperimentalLocales *bool
}

// MetricsSettings is Mattermost's model.MetricsSettings.
type MetricsSettings struct {
	Enable                    *bool
	BlockProfileRate          *int
	ListenAddress             *string
	EnableClientMetrics       *bool
	EnableNotificationMetrics *bool
	ClientSideUserIds         []string
}

// PluginSettings is Mattermost's model.PluginSettings.
type PluginSettings struct {
	Enable                      *bool
	EnableUploads               *bool
	AllowInsecureDownloadURL    *bool
	EnableHealthCheck           *bool
	Directory                   *string
	ClientDirectory             *string
	Plugins                     map[string]map[string]any
	PluginStates                map[string]*PluginState
	EnableMarketplace           *bool
	EnableRemoteMarketplace     *bool
	AutomaticPrepackagedPlugins *bool
	RequirePluginSignature      *bool
	MarketplaceURL              *string
	SignaturePublicKeyFiles     []string
	ChimeraOAuthProxyURL        *string
}

// PluginState is Mattermost's model.PluginState.
type PluginState struct {
	Enable bool
}

// FeatureFlags is Mattermost's model.FeatureFlags.
type FeatureFlags struct {
	TestFeature     string
	TestBoolFeature bool
}
