package api

import (
	"msteams-notifications/interop/model"
	"msteams-notifications/interop/protocol"
)

// GetBundlePath is Mattermost's method of this name.
func (s *Server) GetBundlePath(args *protocol.None, returns *protocol.AB[string, error]) error {
	return s.answer("GetBundlePath", args, returns)
}

// GetDiagnosticId is Mattermost's method of this name.
func (s *Server) GetDiagnosticId(args *protocol.None, returns *protocol.A[string]) error {
	return s.answer("GetDiagnosticId", args, returns)
}

// GetLicense is Mattermost's method of this name.
func (s *Server) GetLicense(args *protocol.None, returns *protocol.A[*model.License]) error {
	return s.answer("GetLicense", args, returns)
}

// GetPluginID is Mattermost's method of this name.
func (s *Server) GetPluginID(args *protocol.None, returns *protocol.A[string]) error {
	return s.answer("GetPluginID", args, returns)
}

// GetServerVersion is Mattermost's method of this name.
func (s *Server) GetServerVersion(args *protocol.None, returns *protocol.A[string]) error {
	return s.answer("GetServerVersion", args, returns)
}

// GetSystemInstallDate is Mattermost's method of this name.
func (s *Server) GetSystemInstallDate(args *protocol.None, returns *protocol.AB[int64, *model.AppError]) error {
	return s.answer("GetSystemInstallDate", args, returns)
}

// GetTelemetryId is Mattermost's method of this name.
func (s *Server) GetTelemetryId(args *protocol.None, returns *protocol.A[string]) error {
	return s.answer("GetTelemetryId", args, returns)
}

// IsEnterpriseReady is Mattermost's method of this name.
func (s *Server) IsEnterpriseReady(args *protocol.None, returns *protocol.A[bool]) error {
	return s.answer("IsEnterpriseReady", args, returns)
}
