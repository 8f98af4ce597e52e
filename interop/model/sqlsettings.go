package model

// SqlSettings is Mattermost's model.SqlSettings.
type SqlSettings struct {
	DriverName                        *string
	DataSource                        *string
	DataSourceReplicas                []string
	DataSourceSearchReplicas          []string
	MaxIdleConns                      *int
	ConnMaxLifetimeMilliseconds       *int
	ConnMaxIdleTimeMilliseconds       *int
	MaxOpenConns                      *int
	Trace                             *bool
	AtRestEncryptKey                  *string
	QueryTimeout                      *int
	DisableDatabaseSearch             *bool
	MigrationsStatementTimeoutSeconds *int
	ReplicaLagSettings                []*ReplicaLagSettings `sdk:"undeclared"`
	ReplicaMonitorIntervalSeconds     *int
}

// ReplicaLagSettings is Mattermost's model.ReplicaLagSettings.
type ReplicaLagSettings struct {
	DataSource       *string
	QueryAbsoluteLag *string
	QueryTimeLag     *string
}
