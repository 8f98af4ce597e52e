package model

// Team is Mattermost's model.Team.
type Team struct {
	Id                  string
	CreateAt            int64
	UpdateAt            int64
	DeleteAt            int64
	DisplayName         string
	Name                string
	Description         string
	Email               string
	Type                string
	CompanyName         string
	AllowedDomains      string
	InviteId            string
	AllowOpenInvite     bool
	LastTeamIconUpdate  int64
	SchemeId            *string
	GroupConstrained    *bool
	PolicyID            *string
	CloudLimitsArchived bool
}

// TeamMember is Mattermost's model.TeamMember.
type TeamMember struct {
	TeamId        string
	UserId        string
	Roles         string
	DeleteAt      int64
	SchemeGuest   bool
	SchemeUser    bool
	SchemeAdmin   bool
	ExplicitRoles string
	CreateAt      int64
}
