import { describe, expect, test } from "bun:test";
import type { Choices } from "../../domain/choices.ts";
import { defaultPreferences } from "../../domain/reader-preferences.ts";
import { choose } from "./choose.ts";
import { SubscriptionRefused } from "./connection-ports.ts";
import { connectionStatus } from "./connection-status.ts";
import { disconnect } from "./disconnect.ts";
import { type Finished, type FinishRequest, finishConnection } from "./finish-connection.ts";
import { type OpenRequest, openLink } from "./open-link.ts";
import type { Refusal } from "./refusal.ts";
import { secretHash } from "./secret-hash.ts";
import { SignInError, type SignInErrorCode } from "./sign-in-port.ts";
import { signInLifeMs, startConnection } from "./start-connection.ts";
import { accountOf, Connecting, person, pluginUrl, tenantId } from "./testing/connecting.ts";

async function link(world: Connecting, userId = world.ann.id): Promise<string> {
  const started = await startConnection(world.ports, {
    userId,
    channelId: "town",
    rootId: "root",
    ephemeralPostId: "eph",
  });
  if (started.kind !== "link") throw new Error(started.kind);
  return new URL(started.url).searchParams.get("state") ?? "";
}

async function open(world: Connecting, state: string, changes: Partial<OpenRequest> = {}) {
  const opened = await openLink(world.ports, { state, sessionUserId: world.ann.id, ...changes });
  if (opened.kind !== "redirect") throw new Error(opened.refusal.reason);
  return opened;
}

async function finish(world: Connecting, changes: Partial<FinishRequest> = {}): Promise<Finished> {
  const state = await link(world);
  const { browserSecret } = await open(world, state);
  const request = { state, code: "the code", error: undefined, browserSecret, sessionUserId: world.ann.id };
  return finishConnection(world.ports, { ...request, ...changes });
}

function refusalOf(result: { kind: string; refusal?: Refusal }): Refusal | undefined {
  return result.refusal;
}

function expectNothingLeft(world: Connecting): void {
  expect(world.connections.all).toEqual([]);
  expect(world.signIns.all.size).toBe(0);
  expect([...world.subscribed]).toEqual([]);
  expect(world.posts.posts).toEqual([]);
  expect(world.preferences.chosen.size).toBe(0);
}

describe("connecting", () => {
  test("ends connected, too, when the conversation with the bot cannot be found", async () => {
    const world = new Connecting();
    world.conversationFailure = new Error("teams are away");
    expect(await finish(world)).toMatchObject({ kind: "connected", conversationPath: undefined });
    expect(world.connections.all).toHaveLength(1);
    expect(world.log.lines.join()).not.toContain("teams are away");
  });

  test("ends with a connection, a subscription, notifications on, and everyone told", async () => {
    const world = new Connecting();
    world.preferences.chosen.set(world.ann.id, { notifications: "off" });
    expect(await finish(world)).toEqual({
      kind: "connected",
      username: "ann",
      account: "ann@example.com",
      conversationPath: `/contoso/messages/@bot-of-${world.ann.id}`,
    });
    expect(world.connections.all).toMatchObject([
      { userId: world.ann.id, tenantId, teamsUserId: "oid-of-ann", connectedAtMs: world.clock.nowMs },
    ]);
    expect([...world.subscribed]).toEqual([world.ann.id]);
    expect(world.preferences.chosen.get(world.ann.id)?.notifications).toBe("on");
    expect(world.changedFor).toEqual([world.ann.id]);
    expect(world.ephemeral).toMatchObject([
      {
        channelId: "town",
        rootId: "root",
        id: "eph",
        message: "You are connected to Teams as `ann@example.com`.",
      },
    ]);
    expect(world.posts.posts).toHaveLength(1);
    expect(world.posts.posts[0]?.message).toContain("/msteams notifications off");
    expect(world.signIns.all.size).toBe(0);
  });

  test("gives Microsoft the state, nonce and verifier of the link, and the same redirect address twice", async () => {
    const world = new Connecting();
    await finish(world);
    const [authorized] = world.authorized;
    expect(authorized).toMatchObject({
      redirectUri: `${pluginUrl}/connect/finish`,
      loginHint: "ann@example.com",
    });
    expect(world.redeemed).toMatchObject([
      {
        code: "the code",
        nonce: authorized?.nonce,
        codeVerifier: authorized?.codeVerifier,
        redirectUri: authorized?.redirectUri,
      },
    ]);
    expect(new Set([authorized?.state, authorized?.nonce, authorized?.codeVerifier]).size).toBe(3);
  });

  test("stores neither the state nor the browser's secret as they are", async () => {
    const world = new Connecting();
    const state = await link(world);
    const { browserSecret } = await open(world, state);
    const stored = JSON.stringify([...world.signIns.all.values()]);
    expect(stored).toContain(secretHash(browserSecret));
    expect(stored).not.toContain(state);
    expect(stored).not.toContain(browserSecret);
  });

  test("is told to a person who is connected already, without a new link", async () => {
    const world = new Connecting();
    await finish(world);
    expect(await startConnection(world.ports, { userId: world.ann.id })).toEqual({
      kind: "already-connected",
      account: "ann@example.com",
    });
  });

  test("holds although the welcome and the event cannot be sent", async () => {
    const world = new Connecting();
    world.posts.failNext = { error: new Error("down"), afterCreating: false };
    expect(await finish(world)).toMatchObject({ kind: "connected" });
    expect(world.connections.all).toHaveLength(1);
    expect(world.log.lines).toEqual([expect.stringContaining("send the welcome")]);
  });

  test("without a channel replaces no ephemeral post", async () => {
    const world = new Connecting();
    const started = await startConnection(world.ports, { userId: world.ann.id });
    const state = started.kind === "link" ? (new URL(started.url).searchParams.get("state") ?? "") : "";
    const { browserSecret } = await open(world, state);
    await finishConnection(world.ports, {
      state,
      code: "c",
      error: undefined,
      browserSecret,
      sessionUserId: undefined,
    });
    expect(world.ephemeral).toEqual([]);
    expect(world.connections.all).toHaveLength(1);
  });
});

describe("a link", () => {
  test.each<[string, Partial<OpenRequest>, Refusal["reason"]]>([
    ["without a state", { state: undefined }, "malformed-link"],
    ["nobody made", { state: "made up" }, "link-gone"],
    ["in a browser without a Mattermost session", { sessionUserId: undefined }, "not-signed-in"],
    ["in another person's browser", { sessionUserId: person("bob").id }, "other-person"],
  ])("%s opens nothing and stays usable", async (_case, changes, reason) => {
    const world = new Connecting();
    const state = await link(world);
    const opened = await openLink(world.ports, { state, sessionUserId: world.ann.id, ...changes });
    expect(refusalOf(opened)?.reason).toBe(reason);
    expect(world.authorized).toEqual([]);
    expect((await open(world, state)).url).toContain(state);
  });

  test("ends after ten minutes, opened or not", async () => {
    const world = new Connecting();
    const state = await link(world);
    const { browserSecret } = await open(world, state);
    world.clock.nowMs += signInLifeMs;
    expect(refusalOf(await openLink(world.ports, { state, sessionUserId: world.ann.id }))?.reason).toBe(
      "link-gone",
    );
    const late = { state, code: "c", error: undefined, browserSecret, sessionUserId: world.ann.id };
    expect(refusalOf(await finishConnection(world.ports, late))?.reason).toBe("link-gone");
  });

  test("of a person who connected meanwhile is used up", async () => {
    const world = new Connecting();
    const state = await link(world);
    await finish(world);
    expect(refusalOf(await openLink(world.ports, { state, sessionUserId: world.ann.id }))?.reason).toBe(
      "already-connected",
    );
    expect(world.signIns.all.size).toBe(0);
  });

  test("says why when Microsoft's address cannot be made", async () => {
    const world = new Connecting();
    const state = await link(world);
    const signIn = {
      ...world.ports.signIn,
      authorizationUrl: () => Promise.reject(new SignInError("unreachable", "")),
    };
    const opened = await openLink({ ...world.ports, signIn }, { state, sessionUserId: world.ann.id });
    expect(refusalOf(opened)).toEqual({ reason: "sign-in-failed", code: "unreachable" });
  });
});

describe("coming back from Microsoft", () => {
  test("works once: the same address again is refused and changes nothing", async () => {
    const world = new Connecting();
    const state = await link(world);
    const { browserSecret } = await open(world, state);
    const request = { state, code: "c", error: undefined, browserSecret, sessionUserId: world.ann.id };
    expect((await finishConnection(world.ports, request)).kind).toBe("connected");
    expect(refusalOf(await finishConnection(world.ports, request))?.reason).toBe("link-gone");
    expect(world.redeemed).toHaveLength(1);
  });

  test("of two requests at once one connects", async () => {
    const world = new Connecting();
    const state = await link(world);
    const { browserSecret } = await open(world, state);
    const request = { state, code: "c", error: undefined, browserSecret, sessionUserId: world.ann.id };
    const both = await Promise.all([
      finishConnection(world.ports, request),
      finishConnection(world.ports, request),
    ]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(["connected", "refused"]);
  });

  test.each<[string, Partial<FinishRequest>, Refusal["reason"]]>([
    ["without a state", { state: undefined }, "malformed-link"],
    ["with a state nobody made", { state: "made up" }, "link-gone"],
    ["without the browser's secret", { browserSecret: undefined }, "other-browser"],
    ["with another browser's secret", { browserSecret: "other" }, "other-browser"],
    ["as another person", { sessionUserId: person("bob").id }, "other-person"],
  ])(
    "%s is refused before the code is used, and leaves the link to its owner",
    async (_case, changes, reason) => {
      const world = new Connecting();
      expect(refusalOf(await finish(world, changes))?.reason).toBe(reason);
      expect(world.redeemed).toEqual([]);
      expect(world.signIns.all.size).toBe(1);
      expect(world.connections.all).toEqual([]);
    },
  );

  test("needs the link to have been opened", async () => {
    const world = new Connecting();
    const state = await link(world);
    const request = { state, code: "c", error: undefined, browserSecret: "any", sessionUserId: world.ann.id };
    expect(refusalOf(await finishConnection(world.ports, request))?.reason).toBe("other-browser");
  });

  test.each<[string | undefined, SignInErrorCode]>([
    ["access_denied", "declined"],
    ["temporarily_unavailable", "unreachable"],
    ["consent_required", "consent-missing"],
    ["interaction_required", "blocked-by-policy"],
    ["toString", "unexpected"],
    [undefined, "unexpected"],
  ])("with the error %p leaves nothing behind", async (error, code) => {
    const world = new Connecting();
    expect(refusalOf(await finish(world, { code: undefined, error }))).toEqual({
      reason: "sign-in-failed",
      code,
    });
    expectNothingLeft(world);
  });

  test("with a code that Microsoft refuses leaves nothing behind", async () => {
    const world = new Connecting();
    world.account = new SignInError("expired-code", "");
    expect(refusalOf(await finish(world))).toEqual({ reason: "sign-in-failed", code: "expired-code" });
    expectNothingLeft(world);
  });

  test.each([
    [accountOf("eve"), { reason: "email-differs", expected: "ann@example.com", found: "eve@example.com" }],
    [accountOf("ann", { isGuest: true }), { reason: "guest-account" }],
    [accountOf("ann", { tenantId: "other" }), { reason: "wrong-tenant" }],
    [
      accountOf("ann", { emailVerified: "unverified" }),
      { reason: "teams-email-unverified", found: "ann@example.com" },
    ],
  ])("with an unfit account leaves nothing behind (%#)", async (account, refusal) => {
    const world = new Connecting();
    world.account = account;
    expect(refusalOf(await finish(world))).toEqual(refusal as Refusal);
    expectNothingLeft(world);
  });

  test("with an account that someone else uses changes nothing", async () => {
    const world = new Connecting();
    await finish(world);
    const [of] = world.connections.all.splice(0);
    if (of !== undefined) world.connections.all.push({ ...of, userId: world.bob.id });
    expect(refusalOf(await finish(world))?.reason).toBe("account-taken");
    expect(world.connections.all.map(({ userId }) => userId)).toEqual([world.bob.id]);
  });

  test("to a deactivated person connects nobody", async () => {
    const world = new Connecting();
    const state = await link(world);
    const { browserSecret } = await open(world, state);
    world.people.set(world.ann.id, { ...world.ann, isActive: false });
    const request = { state, code: "c", error: undefined, browserSecret, sessionUserId: undefined };
    expect(refusalOf(await finishConnection(world.ports, request))?.reason).toBe("deactivated");
    expectNothingLeft(world);
  });

  test("cannot be begun by a deactivated person, whose session may outlive their account", async () => {
    const world = new Connecting();
    const state = await link(world);
    world.people.set(world.ann.id, { ...world.ann, isActive: false });
    const opened = await openLink(world.ports, { state, sessionUserId: world.ann.id });
    expect(opened).toEqual({ kind: "refused", refusal: { reason: "deactivated" } });
    expect(world.authorized).toEqual([]);
  });

  test("without a subscription to be had leaves nothing behind and says why", async () => {
    const world = new Connecting();
    world.subscriptionFailure = new SubscriptionRefused("No more subscriptions.");
    expect(refusalOf(await finish(world))).toEqual({
      reason: "subscription-failed",
      explanation: "No more subscriptions.",
    });
    expectNothingLeft(world);
    expect(world.changedFor).toEqual([]);
  });

  test("undoes the connection when subscribing fails unexpectedly, even if that cannot be undone", async () => {
    const world = new Connecting();
    world.subscriptionFailure = new Error("database");
    world.removalFailure = new Error("database");
    await expect(finish(world)).rejects.toThrow("database");
    expect(world.connections.all).toEqual([]);
  });
});

describe("disconnecting", () => {
  test("removes subscription and connection, tells open web apps, and does so once", async () => {
    const world = new Connecting();
    await finish(world);
    expect(await disconnect(world.ports, world.ann.id)).toEqual({
      kind: "disconnected",
      account: "ann@example.com",
    });
    expect(world.connections.all).toEqual([]);
    expect([...world.subscribed]).toEqual([]);
    expect(world.changedFor).toEqual([world.ann.id, world.ann.id]);
    expect(await disconnect(world.ports, world.ann.id)).toEqual({ kind: "not-connected" });
    expect(world.changedFor).toHaveLength(2);
  });

  test("ends the connection although Microsoft is unreachable", async () => {
    const world = new Connecting();
    await finish(world);
    world.removalFailure = new Error("unreachable");
    expect((await disconnect(world.ports, world.ann.id)).kind).toBe("disconnected");
    expect(world.connections.all).toEqual([]);
  });
});

describe("choices", () => {
  test("are changed for connected people only", async () => {
    const world = new Connecting();
    const off = () => choose(world.ports, world.ann.id, { notifications: "off" });
    expect(await off()).toEqual({ kind: "not-connected" });
    expect(world.preferences.chosen.size).toBe(0);
    await finish(world);
    expect(await off()).toEqual({ kind: "changed" });
    expect(await off()).toEqual({ kind: "unchanged" });
    expect(await connectionStatus(world.ports, world.ann.id)).toMatchObject({
      preferences: { ...defaultPreferences, notifications: "off" },
    });
  });

  test("are not changed to more than the administrator allows", async () => {
    const world = new Connecting();
    await finish(world);
    const ports = { ...world.ports, limits: { show: "sender" } } as const;
    const show = (value: Choices["show"]) => choose(ports, world.ann.id, { show: value });
    expect(await show("whole")).toEqual({ kind: "not-allowed", limits: { show: "sender" } });
    expect(await show("notice")).toEqual({ kind: "changed" });
    expect(await show("sender")).toEqual({ kind: "changed" });
    expect((await world.preferences.of(world.ann.id)).show).toBe("sender");
    expect(await choose(ports, world.ann.id, { bots: "on" })).toEqual({ kind: "changed" });
  });

  test("count the chats that are muted now", async () => {
    const world = new Connecting();
    await finish(world);
    const nowMs = world.clock.now();
    for (const [chatId, untilMs] of [
      ["19:a", undefined],
      ["19:b", nowMs + 1],
      ["19:c", nowMs],
    ] as const)
      await world.preferences.mute(world.ann.id, { chatId, untilMs, mentions: true });
    expect(await connectionStatus(world.ports, world.ann.id)).toMatchObject({ mutedChats: 2 });
  });

  test("of someone not connected have no status", async () => {
    const world = new Connecting();
    expect(await connectionStatus(world.ports, world.ann.id)).toEqual({ kind: "not-connected" });
  });
});
