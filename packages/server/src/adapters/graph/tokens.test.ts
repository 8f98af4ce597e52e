import { expect, test } from "bun:test";
import {
  clientSecret,
  type LoginHost,
  loginHostInProcess,
} from "@msteams-notifications/teams-simulator/testing";
import { ApplicationTokens, TokenError, type TokenErrorCode } from "./tokens.ts";

function tokensAt(host: LoginHost, secret = clientSecret) {
  const requests: string[] = [];
  const { loginUrl, graphUrl, tenant, app, clock } = host;
  const settings = { loginUrl, graphUrl, tenantId: tenant.id, clientId: app.clientId, clientSecret: secret };
  const tokens = new ApplicationTokens(settings, clock, (url, init) => {
    requests.push(url);
    return host.fetch(new Request(url, init));
  });
  return { tokens, requests };
}

async function failureOf(attempt: Promise<unknown>): Promise<TokenError> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TokenError))
    throw new Error("The attempt did not end in a TokenError.", { cause: error });
  return error;
}

test("the token is the application's own, with its roles", async () => {
  const host = loginHostInProcess();
  const { tokens } = tokensAt(host);
  expect(host.identity.verifyAccessToken(await tokens.current())).toMatchObject({
    kind: "app",
    roles: ["Chat.Read.All"],
  });
});

test("however many ask, one request is under way", async () => {
  const host = loginHostInProcess();
  const { tokens, requests } = tokensAt(host);
  const answers = await Promise.all(Array.from({ length: 20 }, () => tokens.current()));
  expect(new Set(answers).size).toBe(1);
  expect(requests).toEqual([`${host.loginUrl}/${host.tenant.id}/oauth2/v2.0/token`]);
});

test("the token is held until five minutes before its end", async () => {
  const host = loginHostInProcess();
  const { tokens, requests } = tokensAt(host);
  const first = await tokens.current();
  const verified = host.identity.verifyAccessToken(first);
  if (verified.kind === "refused") throw new Error(verified.reason);
  await host.clock.advance(verified.expiresAt - host.clock.now() - 5 * 60_000 - 1_000);
  expect(await tokens.current()).toBe(first);
  await host.clock.advance(2_000);
  expect(await tokens.current()).not.toBe(first);
  expect(requests).toHaveLength(2);
});

test("who needs a token that lasts gets a new one earlier, and so does everybody then", async () => {
  const host = loginHostInProcess();
  const { tokens, requests } = tokensAt(host);
  const first = await tokens.current();
  const verified = host.identity.verifyAccessToken(first);
  if (verified.kind === "refused") throw new Error(verified.reason);
  await host.clock.advance(verified.expiresAt - host.clock.now() - 20 * 60_000);
  expect(await tokens.current(10 * 60_000)).toBe(first);
  const lasting = await tokens.current(30 * 60_000);
  expect([lasting === first, lasting === (await tokens.current()), requests.length]).toEqual([
    false,
    true,
    2,
  ]);
});

test("who wants a token to last longer than Entra gives gets the newest, not one for each request", async () => {
  const host = loginHostInProcess();
  const { tokens, requests } = tokensAt(host);
  const dayMs = 24 * 3_600_000;
  const first = await tokens.current(dayMs);
  expect(await tokens.current(dayMs)).toBe(first);
  await host.clock.advance(5 * 60_000);
  expect([(await tokens.current(dayMs)) === first, requests.length]).toEqual([false, 2]);
});

test("one refused token is renewed once for all who met the refusal", async () => {
  const host = loginHostInProcess();
  const { tokens, requests } = tokensAt(host);
  const first = await tokens.current();
  host.identity.revokeTokens(host.app.clientId);
  const renewed = await Promise.all([tokens.renew(first), tokens.renew(first), tokens.renew(first)]);
  expect(new Set(renewed).size).toBe(1);
  expect(await tokens.renew(first)).toBe(renewed[0] ?? "");
  expect(requests).toHaveLength(2);
  expect(host.identity.verifyAccessToken(renewed[0] ?? "")).toMatchObject({ kind: "app" });
});

const refusals: readonly (readonly [string, TokenErrorCode, boolean, (host: LoginHost) => unknown])[] = [
  [
    "an expired secret",
    "misconfigured-client",
    false,
    ({ app }) => Object.assign(app, { secrets: [{ value: clientSecret, expiresAt: 1 }] }),
  ],
  ["a disabled app", "misconfigured-client", false, ({ app }) => Object.assign(app, { enabled: false })],
  [
    "a policy",
    "blocked-by-policy",
    false,
    ({ identity }) => identity.faults.add({ at: "token", case: "blocked-by-policy" }),
  ],
  [
    "an outage",
    "unreachable",
    true,
    ({ identity }) => identity.faults.add({ at: "token", case: "unavailable" }),
  ],
  [
    "a request loop",
    "unreachable",
    true,
    ({ identity }) => identity.faults.add({ at: "token", case: "request-loop" }),
  ],
];
test.each(refusals)("%s is %s, worth another try: %p", async (_, code, retryable, arrange) => {
  const host = loginHostInProcess();
  arrange(host);
  const error = await failureOf(tokensAt(host).tokens.current());
  expect([error.code, error.retryable]).toEqual([code, retryable]);
});

test("a wrong secret names Entra's number and not the secret", async () => {
  const host = loginHostInProcess();
  const error = await failureOf(tokensAt(host, "not the secret").tokens.current());
  expect(error.numbers).toEqual([7000215]);
  expect(Bun.inspect(error)).not.toContain("not the secret");
});

test("after a failure nobody asks again for two seconds, then somebody does", async () => {
  const host = loginHostInProcess();
  host.identity.faults.add({ at: "token", case: "unavailable", times: 1 });
  const { tokens, requests } = tokensAt(host);
  const failure = await failureOf(tokens.current());
  expect(await failureOf(tokens.current())).toBe(failure);
  expect(requests).toHaveLength(1);
  await host.clock.advance(2_000);
  expect(host.identity.verifyAccessToken(await tokens.current())).toMatchObject({ kind: "app" });
});
