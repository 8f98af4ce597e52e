/** A client secret; `expiresAt` in epoch milliseconds. */
interface ClientSecret {
  readonly value: string;
  readonly expiresAt: number;
}

/** A certificate registered for client assertions, as PEM. */
interface ClientCertificate {
  readonly pem: string;
}

/** An app registration together with its service principal in this tenant. */
export interface AppRegistration {
  readonly clientId: string;
  displayName: string;
  enabled: boolean;
  secrets: ClientSecret[];
  certificates: ClientCertificate[];
  redirectUris: string[];
  /** Application permissions with admin consent: the `roles` of its application tokens. */
  grantedApplicationRoles: string[];
  /** Delegated permissions with consent: the most that the `scp` of a user token may hold. */
  grantedDelegatedScopes: string[];
  /** True keeps change notifications from carrying validation tokens (`validationTokens: null`). */
  appRoleAssignmentRequired: boolean;
  /** Absent means this tenant only: the endpoints for many tenants refuse the app. */
  signInAudience?: "AzureADMyOrg" | "AzureADMultipleOrgs";
  /** Application permissions that the registration asks for and that admin consent grants. */
  requestedApplicationRoles?: string[];
}

export type NewAppRegistration = Partial<AppRegistration>;
