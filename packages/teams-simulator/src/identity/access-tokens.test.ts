import { expect, test } from "bun:test";
import { TenantClock } from "../tenant/clock.ts";
import { seededRandomness } from "../tenant/randomness.ts";
import { AccessTokens } from "./access-tokens.ts";
import { Endpoints } from "./endpoints.ts";
import { Revocations } from "./revocations.ts";

function made(graphUrl = "https://graph.contoso.test") {
  const clock = new TenantClock({ running: false });
  const tenant = { id: "tenant-1", clock, randomness: seededRandomness(3) };
  const revocations = new Revocations();
  const tokens = new AccessTokens(tenant, new Endpoints("https://login.contoso.test", graphUrl), revocations);
  return { clock, revocations, tokens };
}

const app = { kind: "app", clientId: "app-1", roles: ["Chat.Read.All"] } as const;
const user = { kind: "user", clientId: "app-1", oid: "user-1", scopes: ["openid", "User.Read"] } as const;

test("a token says what it was issued for", () => {
  const { tokens, clock } = made();
  const issued = tokens.issue(user);
  expect(tokens.verifyAccessToken(issued.token)).toEqual({
    kind: "user",
    clientId: "app-1",
    tenantId: "tenant-1",
    oid: "user-1",
    scopes: ["openid", "User.Read"],
    expiresAt: (Math.floor(clock.now() / 1000) + issued.expiresInSeconds) * 1000,
  });
});

test("lives differ, between 60 and 90 minutes", () => {
  const { tokens } = made();
  const lives = Array.from({ length: 200 }, () => tokens.issue(app).expiresInSeconds);
  expect(Math.min(...lives)).toBeGreaterThanOrEqual(3600);
  expect(Math.max(...lives)).toBeLessThanOrEqual(5400);
  expect(new Set(lives).size).toBeGreaterThan(100);
});

test("a token ends with its life", async () => {
  const { tokens, clock } = made();
  const { token, expiresInSeconds } = tokens.issue(app);
  await clock.advance((expiresInSeconds - 1) * 1000);
  expect(tokens.verifyAccessToken(token).kind).toBe("app");
  await clock.advance(1000);
  expect(tokens.verifyAccessToken(token)).toEqual({ kind: "refused", reason: "expired" });
});

test("revoking a person leaves the app's own token and later tokens alone", () => {
  const { tokens, revocations } = made();
  const [ofApp, ofUser] = [tokens.issue(app).token, tokens.issue(user).token];
  revocations.revoke("user-1");
  expect(tokens.verifyAccessToken(ofUser)).toEqual({ kind: "refused", reason: "revoked" });
  expect(tokens.verifyAccessToken(ofApp).kind).toBe("app");
  expect(tokens.verifyAccessToken(tokens.issue(user).token).kind).toBe("user");
});

test.each(["", "abc", "a.b", "a.b.c.d"])("%p is malformed", (token) => {
  expect(made().tokens.verifyAccessToken(token)).toEqual({ kind: "refused", reason: "malformed" });
});

test("a changed or foreign token fails its signature", () => {
  const { tokens } = made();
  const [header, payload, signature] = tokens.issue(app).token.split(".");
  expect(tokens.verifyAccessToken(`${header}.${payload}x.${signature}`)).toEqual({
    kind: "refused",
    reason: "signature",
  });
  expect(tokens.verifyAccessToken("e30.e30.e30")).toEqual({ kind: "refused", reason: "signature" });
});
