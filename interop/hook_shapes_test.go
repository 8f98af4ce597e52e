package interop

import (
	"reflect"

	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// shape is the argument and the reply struct of a method.
type shape struct{ args, returns reflect.Type }

func hook[Args, Returns any]() shape {
	return shape{reflect.TypeFor[Args](), reflect.TypeFor[Returns]()}
}

// letteredHooks are Mattermost's hooks whose structs name their fields A, B, C….
var letteredHooks = map[string]shape{
	"ChannelHasBeenCreated":         hook[protocol.AB[*protocol.Context, *model.Channel], protocol.None](),
	"ConfigurationWillBeSaved":      hook[protocol.A[*model.Config], protocol.AB[*model.Config, error]](),
	"ExecuteCommand":                hook[protocol.AB[*protocol.Context, *model.CommandArgs], protocol.AB[*model.CommandResponse, *model.AppError]](),
	"FileWillBeDownloaded":          hook[protocol.ABCD[*protocol.Context, *model.FileInfo, string, string], protocol.A[string]](),
	"GenerateSupportData":           hook[protocol.A[*protocol.Context], protocol.AB[[]*model.FileData, error]](),
	"MessageHasBeenDeleted":         hook[protocol.AB[*protocol.Context, *model.Post], protocol.None](),
	"MessageHasBeenPosted":          hook[protocol.AB[*protocol.Context, *model.Post], protocol.None](),
	"MessageHasBeenUpdated":         hook[protocol.ABC[*protocol.Context, *model.Post, *model.Post], protocol.None](),
	"MessageWillBePosted":           hook[protocol.AB[*protocol.Context, *model.Post], protocol.AB[*model.Post, string]](),
	"MessageWillBeUpdated":          hook[protocol.ABC[*protocol.Context, *model.Post, *model.Post], protocol.AB[*model.Post, string]](),
	"MessagesWillBeConsumed":        hook[protocol.A[[]*model.Post], protocol.A[[]*model.Post]](),
	"NotificationWillBePushed":      hook[protocol.AB[*model.PushNotification, string], protocol.AB[*model.PushNotification, string]](),
	"OnConfigurationChange":         hook[protocol.None, protocol.A[error]](),
	"OnDeactivate":                  hook[protocol.None, protocol.A[error]](),
	"OnInstall":                     hook[protocol.AB[*protocol.Context, model.OnInstallEvent], protocol.A[error]](),
	"OnPluginClusterEvent":          hook[protocol.AB[*protocol.Context, model.PluginClusterEvent], protocol.None](),
	"OnSendDailyTelemetry":          hook[protocol.None, protocol.None](),
	"OnWebSocketConnect":            hook[protocol.AB[string, string], protocol.None](),
	"OnWebSocketDisconnect":         hook[protocol.AB[string, string], protocol.None](),
	"PreferencesHaveChanged":        hook[protocol.AB[*protocol.Context, []model.Preference], protocol.None](),
	"ReactionHasBeenAdded":          hook[protocol.AB[*protocol.Context, *model.Reaction], protocol.None](),
	"ReactionHasBeenRemoved":        hook[protocol.AB[*protocol.Context, *model.Reaction], protocol.None](),
	"RunDataRetention":              hook[protocol.AB[int64, int64], protocol.AB[int64, error]](),
	"UserHasBeenCreated":            hook[protocol.AB[*protocol.Context, *model.User], protocol.None](),
	"UserHasBeenDeactivated":        hook[protocol.AB[*protocol.Context, *model.User], protocol.None](),
	"UserHasJoinedChannel":          hook[protocol.ABC[*protocol.Context, *model.ChannelMember, *model.User], protocol.None](),
	"UserHasJoinedTeam":             hook[protocol.ABC[*protocol.Context, *model.TeamMember, *model.User], protocol.None](),
	"UserHasLeftChannel":            hook[protocol.ABC[*protocol.Context, *model.ChannelMember, *model.User], protocol.None](),
	"UserHasLeftTeam":               hook[protocol.ABC[*protocol.Context, *model.TeamMember, *model.User], protocol.None](),
	"UserHasLoggedIn":               hook[protocol.AB[*protocol.Context, *model.User], protocol.None](),
	"UserWillLogIn":                 hook[protocol.AB[*protocol.Context, *model.User], protocol.A[string]](),
	"WebSocketMessageHasBeenPosted": hook[protocol.ABC[string, string, *model.WebSocketRequest], protocol.None](),
}
