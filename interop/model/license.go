package model

// License is Mattermost's model.License.
type License struct {
	Id                  string
	IssuedAt            int64
	StartsAt            int64
	ExpiresAt           int64
	Customer            *Customer
	Features            *Features `sdk:"undeclared"`
	SkuName             string
	SkuShortName        string
	IsTrial             bool
	IsGovSku            bool
	IsSeatCountEnforced bool
	ExtraUsers          *int
	SignupJWT           *string
	Limits              *LicenseLimits
}

// Customer is Mattermost's model.Customer.
type Customer struct {
	Id      string
	Name    string
	Email   string
	Company string
}

// Features is Mattermost's model.Features.
type Features struct {
	Users         *int
	LDAP          *bool
	MFA           *bool
	Compliance    *bool
	Cluster       *bool
	Metrics       *bool
	GuestAccounts *bool
}

// LicenseLimits is Mattermost's model.LicenseLimits.
type LicenseLimits struct {
	PostHistory         int64
	BoardCards          int64
	PlaybookRuns        int64
	CallDurationSeconds int64
	AgentsPrompts       int64
	PushNotifications   int64
}
