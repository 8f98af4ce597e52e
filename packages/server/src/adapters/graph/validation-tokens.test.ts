import { expect, spyOn, test } from "bun:test";
import { type LoginHost, loginHostInProcess } from "@msteams-notifications/teams-simulator/testing";
import { PermanentFailure, TemporaryFailure } from "../../application/work-failure.ts";
import {
  clockToleranceSeconds,
  GraphValidationTokens,
  type ValidationTokenRefusal,
} from "./validation-tokens.ts";

function checkerAt(host: LoginHost, clientId = host.app.clientId): GraphValidationTokens {
  return new GraphValidationTokens(
    { loginUrl: host.loginUrl, clientId },
    { clock: host.clock, fetch: (url, init) => host.fetch(new Request(url, init)) },
  );
}

const tokenFrom = (host: LoginHost, version: "1.0" | "2.0" = "2.0") =>
  host.identity.issueValidationToken({ audience: host.app.clientId, version });

async function reasonOf(attempt: Promise<unknown>): Promise<ValidationTokenRefusal | undefined> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PermanentFailure))
    throw new Error("The attempt did not end in a PermanentFailure.", { cause: error });
  return error.reason as ValidationTokenRefusal;
}

/** A token signed with the tenant's own key whose claims were changed. */
async function tokenWith(
  host: LoginHost,
  changed: Record<string, unknown>,
  version: "1.0" | "2.0" = "2.0",
): Promise<string> {
  const [, payload = ""] = (await tokenFrom(host, version)).split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Record<string, unknown>;
  return host.identity.keys.sign({ ...claims, ...changed });
}

test.each(["1.0", "2.0"] as const)(
  "a version %s token of this tenant and application passes",
  async (version) => {
    const host = loginHostInProcess();
    await expect(
      checkerAt(host).verify([await tokenFrom(host, version)], [host.tenant.id.toUpperCase()]),
    ).resolves.toBeUndefined();
  },
);

test("a token signed with a new key passes as soon as the key is published", async () => {
  const host = loginHostInProcess();
  await host.identity.keys.rotate();
  const checker = checkerAt(host);
  await expect(checker.verify([await tokenFrom(host)], [host.tenant.id])).resolves.toBeUndefined();
});

const refusals: readonly (readonly [
  string,
  ValidationTokenRefusal,
  "1.0" | "2.0",
  Record<string, unknown>,
])[] = [
  ["another audience", "validation-token-audience", "2.0", { aud: "someone-else" }],
  ["another issuer", "validation-token-issuer", "2.0", { iss: "https://login.evil.test/x/v2.0" }],
  [
    "an issuer of another tenant",
    "validation-token-issuer",
    "2.0",
    { tid: "11111111-2222-4333-8444-555555555555" },
  ],
  ["another publisher", "validation-token-publisher", "2.0", { azp: "11111111-2222-4333-8444-555555555555" }],
  [
    "another publisher (1.0)",
    "validation-token-publisher",
    "1.0",
    { appid: "11111111-2222-4333-8444-555555555555" },
  ],
  ["no tenant", "validation-token-tenant", "2.0", { tid: undefined }],
  ["no end", "validation-token-expired", "2.0", { exp: undefined }],
];
test.each(refusals)("a token with %s is refused as %s", async (_, reason, version, changed) => {
  const host = loginHostInProcess();
  const attempt = checkerAt(host).verify([await tokenWith(host, changed, version)], [host.tenant.id]);
  expect(await reasonOf(attempt)).toBe(reason);
});

test("the publisher's claim of one version proves nothing in the other", async () => {
  const host = loginHostInProcess();
  const swapped = await tokenWith(host, { azp: undefined, appid: "0bf30f3b-4a52-48df-9a82-234910c4a086" });
  expect(await reasonOf(checkerAt(host).verify([swapped], [host.tenant.id]))).toBe(
    "validation-token-publisher",
  );
});

test("a token lasts as long as Graph repeats the request it came with", async () => {
  const host = loginHostInProcess();
  const token = await tokenFrom(host);
  const checker = checkerAt(host);
  await host.clock.advance(60 * 60_000 + (clockToleranceSeconds - 60) * 1_000);
  await expect(checker.verify([token], [host.tenant.id])).resolves.toBeUndefined();
  await host.clock.advance(120_000);
  expect(await reasonOf(checkerAt(host).verify([token], [host.tenant.id]))).toBe("validation-token-expired");
});

test("a token of another tenant's key is refused", async () => {
  const host = loginHostInProcess();
  const stranger = loginHostInProcess();
  await stranger.identity.keys.rotate();
  const attempt = checkerAt(host).verify([await tokenFrom(stranger)], [host.tenant.id]);
  expect(await reasonOf(attempt)).toBe("validation-token-signature");
});

test("a changed payload is refused", async () => {
  const host = loginHostInProcess();
  const [header, payload = "", signature] = (await tokenFrom(host)).split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Record<string, unknown>;
  const forged = Buffer.from(JSON.stringify({ ...claims, jti: "x" })).toString("base64url");
  const attempt = checkerAt(host).verify([`${header}.${forged}.${signature}`], [host.tenant.id]);
  expect(await reasonOf(attempt)).toBe("validation-token-signature");
});

test.each([
  ["nothing", []],
  ["no JWT", ["abc"]],
  ["an unsigned one", [`${Buffer.from('{"alg":"none"}').toString("base64url")}.e30.`]],
] as const)("%s is refused for good", async (_, tokens) => {
  const host = loginHostInProcess();
  const reason = await reasonOf(checkerAt(host).verify(tokens, [host.tenant.id]));
  expect(reason).toBe(tokens.length === 0 ? "validation-token-missing" : "validation-token-malformed");
});

test("one bad token makes all of them suspect", async () => {
  const host = loginHostInProcess();
  const attempt = checkerAt(host).verify([await tokenFrom(host), "abc"], [host.tenant.id]);
  expect(await reasonOf(attempt)).toBe("validation-token-malformed");
});

test("every tenant needs its own token", async () => {
  const host = loginHostInProcess();
  const attempt = checkerAt(host).verify(
    [await tokenFrom(host)],
    [host.tenant.id, "11111111-2222-4333-8444-555555555555"],
  );
  expect(await reasonOf(attempt)).toBe("validation-token-tenant");
});

test("keys out of reach are a temporary failure", async () => {
  const host = loginHostInProcess();
  host.identity.faults.add({ at: "keys", case: "unavailable" });
  const attempt = checkerAt(host).verify([await tokenFrom(host)], [host.tenant.id]);
  await expect(attempt).rejects.toBeInstanceOf(TemporaryFailure);
});

test("keys are not read over plain http from another machine", () => {
  const host = loginHostInProcess();
  const make = () =>
    new GraphValidationTokens(
      { loginUrl: "http://login.contoso.test", clientId: "c" },
      { clock: host.clock },
    );
  expect(make).toThrow(TypeError);
});

/** A checker that counts how often it read the keys; with `isDown` they cannot be read. */
function countingAt(host: LoginHost) {
  const keys = { read: 0, isDown: false };
  const checker = new GraphValidationTokens(
    { loginUrl: host.loginUrl, clientId: host.app.clientId },
    {
      clock: host.clock,
      fetch: (url, init) => {
        keys.read += 1;
        return keys.isDown ? Promise.reject(new Error("unreachable")) : host.fetch(new Request(url, init));
      },
    },
  );
  return { checker, keys };
}

test("a good token is remembered until it expires, and checked anew from then on", async () => {
  const host = loginHostInProcess();
  const token = await tokenWith(host, {});
  const { exp } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
  const { checker } = countingAt(host);
  await checker.verify([token], [host.tenant.id]);
  // What is remembered does not notice that its key is not published any more; what is checked does.
  await host.identity.keys.rotate();
  const verify = spyOn(crypto.subtle, "verify");
  try {
    await checker.verify([token], [host.tenant.id]);
    await host.clock.advance(exp * 1_000 - host.clock.now() - 1);
    await checker.verify([token], [host.tenant.id.toUpperCase()]);
    expect(verify).toHaveBeenCalledTimes(0);
    await host.clock.advance(1);
    await checker.verify([token], [host.tenant.id]);
    expect(verify).toHaveBeenCalledTimes(1);
  } finally {
    verify.mockRestore();
  }
});

test("what is remembered of a token proves its own tenant only", async () => {
  const host = loginHostInProcess();
  const { checker } = countingAt(host);
  const token = await tokenFrom(host);
  await checker.verify([token], [host.tenant.id]);
  const other = checker.verify([token], ["11111111-2222-4333-8444-555555555555"]);
  expect(await reasonOf(other)).toBe("validation-token-tenant");
});

test("a refused token is not remembered", async () => {
  const host = loginHostInProcess();
  const { checker } = countingAt(host);
  const bad = await tokenWith(host, { aud: "someone-else" });
  for (let time = 0; time < 2; time += 1)
    expect(await reasonOf(checker.verify([bad], [host.tenant.id]))).toBe("validation-token-audience");
});

test("many tokens are remembered, and the oldest of more are checked anew", async () => {
  const host = loginHostInProcess();
  const { checker } = countingAt(host);
  const tokens = await Promise.all(
    Array.from({ length: 101 }, (_, jti) => tokenWith(host, { jti: `${jti}` })),
  );
  for (const token of tokens) await checker.verify([token], [host.tenant.id]);
  const verify = spyOn(crypto.subtle, "verify");
  try {
    for (const token of tokens.slice(1)) await checker.verify([token], [host.tenant.id]);
    expect(verify).toHaveBeenCalledTimes(0);
    await checker.verify(tokens.slice(0, 1), [host.tenant.id]);
    expect(verify).toHaveBeenCalledTimes(1);
  } finally {
    verify.mockRestore();
  }
});
