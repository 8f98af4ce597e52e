import { createIdentity, type EntraIdentity } from "../identity/identity.ts";
import { listen } from "../listening/listener.ts";
import type { AppRegistration } from "../tenant/app-registration.ts";
import { TenantClock } from "../tenant/clock.ts";
import { seededRandomness } from "../tenant/randomness.ts";
import { Tenant } from "../tenant/tenant.ts";
import type { User } from "../tenant/user.ts";

export { Browser, type BrowserPage, chooseAccount, type Fetch, formsOf } from "./browser.ts";

export const redirectUri = "https://app.example/oauth2/complete";
export const clientSecret = "a+secret/with:signs that need%encoding";

/** A login host alone: one person, one app, a clock moved by hand. */
export interface LoginHost {
  readonly clock: TenantClock;
  readonly tenant: Tenant;
  readonly identity: EntraIdentity;
  readonly app: AppRegistration;
  readonly grace: User;
  readonly loginUrl: string;
  readonly graphUrl: string;
  readonly fetch: (request: Request) => Promise<Response>;
}

// Clients compare token times with the machine's clock, so the tenant starts there.
function createLoginHost(loginUrl: string, graphUrl: string): LoginHost {
  const clock = new TenantClock({ running: false });
  const tenant = new Tenant({ clock, randomness: seededRandomness(7) });
  const identity = createIdentity({ tenant, loginUrl, graphUrl });
  const app = tenant.directory.addApp({
    displayName: "Notifications",
    secrets: [{ value: clientSecret, expiresAt: clock.now() + 24 * 60 * 60_000 }],
    redirectUris: [redirectUri],
    grantedApplicationRoles: ["Chat.Read.All"],
    grantedDelegatedScopes: ["User.Read"],
  });
  const grace = tenant.directory.addUser({ displayName: "Grace Hopper" });
  const fetch = async (request: Request) => identity.fetch(request);
  return { clock, tenant, identity, app, grace, loginUrl, graphUrl, fetch };
}

/** Answers in this process, without a socket, under https addresses: for clients that let their transport be replaced. */
export function loginHostInProcess(): LoginHost {
  return createLoginHost("https://login.contoso.test", "https://graph.contoso.test");
}

/** The same behind a real listener on 127.0.0.1, over http. */
export async function loginHostListening(): Promise<LoginHost & AsyncDisposable> {
  let host: LoginHost | undefined;
  const listener = await listen(
    (request) => host?.identity.fetch(request) ?? new Response(null, { status: 503 }),
  );
  host = createLoginHost(listener.url, "http://127.0.0.1:1");
  return {
    ...host,
    fetch: (request) => fetch(request),
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  };
}
