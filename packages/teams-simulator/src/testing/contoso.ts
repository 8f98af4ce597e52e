import type { Subscription } from "../notifications/subscription.ts";
import { type RunningTenant, type StartTenantOptions, startTenant } from "../start-tenant.ts";
import type { User } from "../tenant/user.ts";
import { selfSignedCertificate } from "./certificate.ts";

/** 2026-11-23T14:00:00Z, when the stopped clock of the tests starts. */
const startAt = Date.UTC(2026, 10, 23, 14);

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; its shape is the test's claim. */
  readonly body: Record<string, unknown> & {
    readonly value?: Record<string, unknown>[];
    readonly error?: { code: string; message: string };
  };
}

/** A tenant with three people and an app that was granted everything the tests need. */
export interface Contoso extends RunningTenant {
  readonly alice: User;
  readonly bob: User;
  readonly carol: User;
  readonly clientId: string;
  readonly accessToken: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Creates a subscription as the app; throws when Graph refuses. */
  subscribe(body: Record<string, unknown>): Promise<Subscription>;
  newAccessToken(clientId?: string): Promise<string>;
}

const clientSecret = "contoso-secret";

/** A fetch option of the test runner: the https listeners of tests sign for themselves. */
export const trustAnyCertificate = { tls: { rejectUnauthorized: false } };

export async function contoso(options: StartTenantOptions = {}): Promise<Contoso> {
  const running = await startTenant({
    clock: { startAt, running: false, patienceMs: 100 },
    seed: 1,
    ...options,
  });
  const { directory, clock, subscriptions } = running.tenant;
  const [alice, bob, carol] = [
    directory.addUser({ displayName: "Alice Adams" }),
    directory.addUser({ displayName: "Bob Brown" }),
    directory.addUser({ displayName: "Carol Clark" }),
  ];
  const app = directory.addApp({
    secrets: [{ value: clientSecret, expiresAt: clock.now() + 365 * 86_400_000 }],
    grantedApplicationRoles: ["Chat.Read.All", "Presence.Read.All", "User.Read.All"],
  });
  const newAccessToken = async (clientId = app.clientId): Promise<string> => {
    const answer = await fetch(`${running.loginUrl}/${running.tenantId}/oauth2/v2.0/token`, {
      method: "POST",
      ...trustAnyCertificate,
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: clientSecret,
        scope: `${running.graphUrl}/.default`,
      }),
    });
    const { access_token: token } = (await answer.json()) as { access_token?: string };
    if (token === undefined) throw new Error(`The login host refused a token with ${answer.status}.`);
    return token;
  };
  const accessToken = await newAccessToken();
  const call: Contoso["call"] = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${running.graphUrl}/v1.0${path}`, {
      method,
      ...trustAnyCertificate,
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === "" ? {} : JSON.parse(text) };
  };
  const subscribe: Contoso["subscribe"] = async (body) => {
    const answer = await call("POST", "/subscriptions", { ...basicSubscription(), ...body });
    const subscription = subscriptions.get(String(answer.body.id));
    if (subscription === undefined)
      throw new Error(`Graph answered ${answer.status}: ${answer.body.error?.message}`);
    return subscription;
  };
  return {
    ...running,
    alice,
    bob,
    carol,
    clientId: app.clientId,
    accessToken,
    call,
    subscribe,
    newAccessToken,
  };
}

const inMinutes = (minutes: number): string => new Date(startAt + minutes * 60_000).toISOString();

/** A subscription body that lacks the notification URL and names what is watched. */
export function basicSubscription(): Record<string, unknown> {
  return {
    changeType: "created,updated,deleted",
    resource: "/chats/getAllMessages",
    clientState: "client-state",
    expirationDateTime: inMinutes(60),
  };
}

/** An encryption certificate as a subscriber sends it, with the private key that only the subscriber has. */
export async function encryptionCertificate(): Promise<{
  readonly base64: string;
  readonly privateKeyPem: string;
}> {
  const { pem, privateKeyPem } = await selfSignedCertificate();
  return { base64: pem.replaceAll(/-----[^-]+-----|\s/g, ""), privateKeyPem };
}

export { inMinutes };
