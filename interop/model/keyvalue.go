package model

// PluginKVSetOptions is Mattermost's model.PluginKVSetOptions.
type PluginKVSetOptions struct {
	Atomic          bool
	OldValue        []byte
	ExpireInSeconds int64
}
