import {
  allowInsecureRequests,
  ClientSecretPost,
  Configuration,
  clockTolerance,
  customFetch,
  enableNonRepudiationChecks,
} from "openid-client";

/** What it takes to speak to a tenant's Entra ID as our app registration. */
export interface EntraClientSettings {
  /** Scheme and host of the cloud's login, without trailing slash: `https://login.microsoftonline.com`. */
  readonly loginUrl: string;
  /** Scheme and host of the cloud's Graph, without trailing slash. */
  readonly graphUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Sends one request; replaced in tests and where a proxy needs it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A person waits for a page behind it; Entra answers within a second or two, and a retry is better than a hanging page. */
const requestTimeoutSeconds = 10;

/** Microsoft's own libraries allow five minutes between the clocks of Entra and of a server. */
const clockToleranceSeconds = 300;

const loopbackHosts: readonly string[] = ["127.0.0.1", "[::1]", "localhost"];

/** No answer came: wrapped at the fetch itself, because each runtime throws something else there. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** True where plain http cannot be overheard: a simulated tenant on the same machine. */
export function isLoopback(url: string): boolean {
  return loopbackHosts.includes(new URL(url).hostname);
}

/** The issuer of the tenant's version 2.0 tokens (id-token-claims-reference). */
export function issuerOf(settings: Pick<EntraClientSettings, "loginUrl" | "tenantId">): string {
  return `${settings.loginUrl}/${settings.tenantId.toLowerCase()}/v2.0`;
}

/**
 * The client of one app registration. The endpoints are the documented ones instead of a discovery request, so that a link
 * can be made and a message handled without one more thing that may fail. Id tokens are verified by signature too: behind
 * a proxy that opens TLS the connection alone proves nothing. Plain http is refused unless the login host is loopback.
 */
export function entraClient(settings: EntraClientSettings, fetchAnswer: Fetch = fetch): Configuration {
  const tenant = `${settings.loginUrl}/${settings.tenantId.toLowerCase()}`;
  const configuration = new Configuration(
    {
      issuer: issuerOf(settings),
      authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
      token_endpoint: `${tenant}/oauth2/v2.0/token`,
      jwks_uri: `${tenant}/discovery/v2.0/keys`,
    },
    settings.clientId,
    { [clockTolerance]: clockToleranceSeconds, id_token_signed_response_alg: "RS256" },
    ClientSecretPost(settings.clientSecret),
  );
  configuration.timeout = requestTimeoutSeconds;
  // The cast: both types mean the same, but one allows `undefined` where the other wants the property absent.
  configuration[customFetch] = async (url, options) => {
    try {
      return await fetchAnswer(url, options as RequestInit);
    } catch (cause) {
      throw new NoAnswer("Microsoft's sign-in gave no answer.", { cause });
    }
  };
  enableNonRepudiationChecks(configuration);
  if (isLoopback(settings.loginUrl)) allowInsecureRequests(configuration);
  return configuration;
}
