package model

// Permission is Mattermost's model.Permission.
type Permission struct {
	Id          string
	Name        string
	Description string
	Scope       string
}
