/** The addresses of one login host. */
export class Endpoints {
  readonly loginUrl: string;
  readonly graphUrl: string;
  readonly v1IssuerUrl: string;

  /** No trailing slashes. `v1IssuerUrl` is where version 1.0 issuers live in the public cloud unless given. */
  constructor(loginUrl: string, graphUrl: string, v1IssuerUrl = "https://sts.windows.net") {
    this.loginUrl = loginUrl;
    this.graphUrl = graphUrl;
    this.v1IssuerUrl = v1IssuerUrl;
  }

  /** `iss` of version 2.0 tokens; `tenant` is a tenant id, or `{tenantid}` in metadata for many tenants. */
  v2Issuer(tenant: string): string {
    return `${this.loginUrl}/${tenant}/v2.0`;
  }

  /** `iss` of version 1.0 tokens, which ends in a slash. */
  v1Issuer(tenant: string): string {
    return `${this.v1IssuerUrl}/${tenant}/`;
  }

  token(tenant: string): string {
    return `${this.loginUrl}/${tenant}/oauth2/v2.0/token`;
  }

  /** OpenID Provider Metadata; `tenant` as asked for in the path, `issuerTenant` as it stands in the issuer. */
  openidConfiguration(tenant: string, issuerTenant: string) {
    const base = `${this.loginUrl}/${tenant}`;
    return {
      token_endpoint: this.token(tenant),
      token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ["query", "fragment", "form_post"],
      subject_types_supported: ["pairwise"],
      id_token_signing_alg_values_supported: ["RS256"],
      response_types_supported: ["code"],
      scopes_supported: ["openid", "profile", "email", "offline_access"],
      issuer: this.v2Issuer(issuerTenant),
      request_uri_parameter_supported: false,
      userinfo_endpoint: `${this.graphUrl}/oidc/userinfo`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      http_logout_supported: true,
      frontchannel_logout_supported: true,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      code_challenge_methods_supported: ["plain", "S256"],
      claims_supported: [
        "sub",
        "iss",
        "aud",
        "exp",
        "iat",
        "nbf",
        "name",
        "nonce",
        "preferred_username",
        "oid",
        "tid",
        "ver",
        "email",
        "idp",
        "sid",
        "uti",
        "xms_edov",
      ],
      tenant_region_scope: issuerTenant.startsWith("{") ? null : "EU",
      cloud_instance_name: new URL(this.loginUrl).host,
      cloud_graph_host_name: new URL(this.graphUrl).host,
      msgraph_host: new URL(this.graphUrl).host,
    };
  }

  /** Instance discovery (`api-version=1.1`): this host is the only alias of its cloud. */
  instance(tenant: string) {
    const host = new URL(this.loginUrl).host;
    return {
      tenant_discovery_endpoint: `${this.loginUrl}/${tenant}/v2.0/.well-known/openid-configuration`,
      "api-version": "1.1",
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    };
  }
}
