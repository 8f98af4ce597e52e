import { timingSafeEqual } from "node:crypto";
import type { AppRegistration } from "../tenant/app-registration.ts";
import { type Authority, readApp } from "./authority.ts";
import { checkClientAssertion, jwtBearerAssertion } from "./client-assertion.ts";
import { EntraError } from "./entra-error.ts";
import type { Realm } from "./realm.ts";

interface BasicCredentials {
  readonly clientId: string;
  readonly secret: string;
}

/** RFC 6749, section 2.3.1: both halves are form-encoded before they are joined and base64-encoded. */
function readBasic(header: string | undefined): BasicCredentials | undefined {
  if (header === undefined || !/^basic /i.test(header)) return undefined;
  const text = Buffer.from(header.slice(6), "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon === -1) throw new EntraError("request-malformed", "Authorization");
  const decode = (part: string): string => new URLSearchParams(`v=${part}`).get("v") ?? "";
  return { clientId: decode(text.slice(0, colon)), secret: decode(text.slice(colon + 1)) };
}

const sameText = (left: string, right: string): boolean => {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
};

function checkSecret(app: AppRegistration, secret: string, nowMs: number): void {
  const matching = app.secrets.filter(({ value }) => sameText(value, secret));
  if (matching.length === 0) throw new EntraError("secret-wrong", app.clientId);
  if (matching.every(({ expiresAt }) => expiresAt <= nowMs))
    throw new EntraError("secret-expired", app.clientId);
}

/**
 * The app that sends a token request, proved by `client_secret` (form or Basic) or `client_assertion`. An app without any
 * secret or certificate is a public client and proves nothing. Throws the client cases of the table.
 */
export async function authenticateClient(
  form: URLSearchParams,
  authorization: string | undefined,
  authority: Authority,
  realm: Realm,
): Promise<AppRegistration> {
  const basic = readBasic(authorization);
  const clientId = form.get("client_id") ?? basic?.clientId;
  if (clientId === undefined || clientId === "") throw new EntraError("parameter-missing", "client_id");
  if (basic !== undefined && basic.clientId !== clientId)
    throw new EntraError("request-malformed", "client_id");
  const app = readApp(clientId, authority, realm.tenant);
  const nowMs = realm.tenant.clock.now();
  const assertion = form.get("client_assertion");
  if (assertion !== null) {
    if (form.get("client_assertion_type") !== jwtBearerAssertion) throw new EntraError("assertion-invalid");
    const audiences = [authority.path, realm.tenant.id, realm.tenant.domain].flatMap((path) => [
      realm.endpoints.token(path),
      realm.endpoints.v2Issuer(path),
    ]);
    await checkClientAssertion(assertion, app, audiences, nowMs);
    return app;
  }
  const secret = form.get("client_secret") ?? basic?.secret;
  if (secret !== undefined && secret !== "") {
    checkSecret(app, secret, nowMs);
    return app;
  }
  const isPublic = app.secrets.length === 0 && app.certificates.length === 0;
  if (!isPublic || form.get("grant_type") === "client_credentials") throw new EntraError("secret-absent");
  return app;
}
