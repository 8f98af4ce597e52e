package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// HasPermissionTo is Mattermost's method of this name.
func (s *Server) HasPermissionTo(args *protocol.AB[string, *model.Permission], returns *protocol.A[bool]) error {
	return s.answer("HasPermissionTo", args, returns)
}

// HasPermissionToChannel is Mattermost's method of this name.
func (s *Server) HasPermissionToChannel(args *protocol.ABC[string, string, *model.Permission], returns *protocol.A[bool]) error {
	return s.answer("HasPermissionToChannel", args, returns)
}

// HasPermissionToTeam is Mattermost's method of this name.
func (s *Server) HasPermissionToTeam(args *protocol.ABC[string, string, *model.Permission], returns *protocol.A[bool]) error {
	return s.answer("HasPermissionToTeam", args, returns)
}

// RolesGrantPermission is Mattermost's method of this name.
func (s *Server) RolesGrantPermission(args *protocol.AB[[]string, string], returns *protocol.A[bool]) error {
	return s.answer("RolesGrantPermission", args, returns)
}
