package model

// User is Mattermost's model.User.
type User struct {
	Id                     string
	CreateAt               int64
	UpdateAt               int64
	DeleteAt               int64
	Username               string
	Password               string
	AuthData               *string
	AuthService            string
	Email                  string
	EmailVerified          bool
	Nickname               string
	FirstName              string
	LastName               string
	Position               string
	Roles                  string
	AllowMarketing         bool
	Props                  map[string]string
	NotifyProps            map[string]string
	LastPasswordUpdate     int64
	LastPictureUpdate      int64
	FailedAttempts         int
	Locale                 string
	Timezone               map[string]string
	MfaActive              bool
	MfaSecret              string
	RemoteId               *string
	LastActivityAt         int64
	IsBot                  bool
	BotDescription         string
	BotLastIconUpdate      int64
	TermsOfServiceId       string
	TermsOfServiceCreateAt int64
	DisableWelcomeEmail    bool
	LastLogin              int64
	MfaUsedTimestamps      []string
}

// Status is Mattermost's model.Status.
type Status struct {
	UserId         string
	Status         string
	Manual         bool
	LastActivityAt int64
	ActiveChannel  string
	DNDEndTime     int64
	PrevStatus     string
}

// UserGetOptions is Mattermost's model.UserGetOptions.
type UserGetOptions struct {
	InTeamId         string
	NotInTeamId      string
	InChannelId      string
	NotInChannelId   string
	InGroupId        string
	NotInGroupId     string
	GroupConstrained bool
	WithoutTeam      bool
	Inactive         bool
	Active           bool
	Role             string
	Roles            []string
	ChannelRoles     []string
	TeamRoles        []string
	Sort             string
	ViewRestrictions *ViewUsersRestrictions
	Page             int
	PerPage          int
	UpdatedAfter     int64
}

// UserSearch is Mattermost's model.UserSearch.
type UserSearch struct {
	Term             string
	TeamId           string
	NotInTeamId      string
	InChannelId      string
	NotInChannelId   string
	InGroupId        string
	GroupConstrained bool
	AllowInactive    bool
	WithoutTeam      bool
	Limit            int
	Role             string
	Roles            []string
	ChannelRoles     []string
	TeamRoles        []string
	NotInGroupId     string
}

// ViewUsersRestrictions is Mattermost's model.ViewUsersRestrictions.
type ViewUsersRestrictions struct {
	Teams    []string
	Channels []string
}

// Preference is Mattermost's model.Preference.
type Preference struct {
	UserId   string
	Category string
	Name     string
	Value    string
}

// Session is Mattermost's model.Session.
type Session struct {
	Id             string
	Token          string
	CreateAt       int64
	ExpiresAt      int64
	LastActivityAt int64
	UserId         string
	DeviceId       string
	Roles          string
	IsOAuth        bool
	ExpiredNotify  bool
	Props          map[string]string
	TeamMembers    []*TeamMember
	Local          bool
}
