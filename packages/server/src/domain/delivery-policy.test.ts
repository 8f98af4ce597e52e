import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { choiceNames, valuesOf } from "./choices.ts";
import {
  type DeliveryQuestion,
  decideByPresence,
  decideDelivery,
  isInFrontOfTeams,
  noticeMs,
} from "./delivery-policy.ts";
import type { Mute } from "./mute.ts";
import { parsePresence } from "./presence.ts";
import { defaultPreferences, mostWelcoming, type ReaderPreferences } from "./reader-preferences.ts";
import { htmlMessage } from "./testing/chat-messages.ts";

const away = parsePresence({ availability: "Away", activity: "Away" });
const available = parsePresence({ availability: "Available", activity: "Available" });
const question: DeliveryQuestion = {
  message: htmlMessage("<p>Hello</p>"),
  reader: { teamsUserId: "Ben-Id", teamsAccount: "ben@contoso.example", connectedAtMs: 1_612_289_765_949 },
  preferences: defaultPreferences,
  presence: away,
};

describe("what Teams shows of a person", () => {
  test.each([
    ["Away", "Away", "away"],
    ["Offline", "Offline", "offline"],
    ["Offline", "OffWork", "offline"],
    ["Available", "AvailableIdle", "inactive"],
    ["Available", "AvailableInactive", "inactive"],
    ["Available", "Inactive", "inactive"],
    ["Available", "Away", "away"],
    ["AvailableIdle", "AvailableIdle", "inactive"],
    ["AvailableIdle", "Available", "inactive"],
    ["Away", "OutOfOffice", "away"],
    ["Offline", "OutOfOffice", "offline"],
    ["PresenceUnknown", "PresenceUnknown", "presence-unknown"],
    ["Commuting", "Commuting", "presence-unknown"],
    ["Available", "Commuting", "presence-unknown"],
    ["PresenceUnknown", "OutOfOffice", "presence-unknown"],
    ["PresenceUnknown", "Away", "away"],
    [null, null, "presence-unknown"],
  ])("%p, %p delivers because %p", (availability, activity, because) => {
    expect(decideByPresence(parsePresence({ availability, activity })) as unknown).toEqual({
      kind: "deliver",
      because,
    });
  });

  test.each([
    ["Available", "Available", "available"],
    ["Available", "OutOfOffice", "available"],
    ["Available", null, "available"],
    ["Available", "InAMeeting", "in-a-meeting"],
    ["Busy", "Busy", "busy"],
    ["Busy", "InACall", "in-a-call"],
    ["Busy", "InAMeeting", "in-a-meeting"],
    ["Busy", "InAConferenceCall", "in-a-call"],
    ["Busy", "Inactive", "busy"],
    ["Busy", "Commuting", "busy"],
    ["BusyIdle", "BusyIdle", "busy"],
    ["DoNotDisturb", "DoNotDisturb", "do-not-disturb"],
    ["DoNotDisturb", "Presenting", "presenting"],
    ["Busy", "Available", "busy"],
    ["DoNotDisturb", "UrgentInterruptionsOnly", "do-not-disturb"],
    ["BeRightBack", "BeRightBack", "be-right-back"],
    ["inACall", "inACall", "in-a-call"],
    ["inAMeeting", "inAMeeting", "in-a-meeting"],
    ["presenting", "presenting", "presenting"],
    ["focusing", "focusing", "focusing"],
    ["PresenceUnknown", "InAConferenceCall", "in-a-call"],
  ])("%p, %p suppresses as %p", (availability, activity, reason) => {
    expect(decideByPresence(parsePresence({ availability, activity })) as unknown).toEqual({
      kind: "suppress",
      reason,
    });
  });

  test("does not matter to the decision when they are out of office", () => {
    for (const availability of ["Available", "Away", "Busy", "Offline"]) {
      const outOfOfficeSettings = { isOutOfOffice: true };
      expect(
        decideByPresence(parsePresence({ availability, activity: availability, outOfOfficeSettings })),
      ).toEqual(decideByPresence(parsePresence({ availability, activity: availability })));
    }
  });

  test.each([
    ["missing", "presence-missing"],
    ["unreachable", "presence-unreachable"],
  ] as const)("being %p delivers", (presence, because) => {
    expect(decideDelivery({ ...question, presence })).toEqual({ kind: "deliver", because });
  });
});

describe("a message", () => {
  test("reaches a person who is away", () => {
    expect(decideDelivery(question)).toEqual({ kind: "deliver", because: "away" });
  });

  test("does not reach a person who is available", () => {
    expect(decideDelivery({ ...question, presence: available })).toEqual({
      kind: "suppress",
      reason: "available",
    });
  });

  const self = "19:8ea0e38b-efb3-4757-924a-5f94061cf8c2_8ea0e38b-efb3-4757-924a-5f94061cf8c2@unq.gbl.spaces";
  const changed = (change: Readonly<Record<string, unknown>>): Partial<DeliveryQuestion> => ({
    message: htmlMessage("<p>Hello</p>", change),
  });
  test.each([
    ["system-event", changed({ messageType: "systemEventMessage" })],
    ["system-event", changed({ messageType: "typing" })],
    ["deleted", changed({ deletedDateTime: "2021-02-02T18:17:00Z" })],
    ["blocked-by-policy", changed({ policyViolation: { dlpAction: "blockAccess" } })],
    ["self-chat", changed({ chatId: "48:notes" })],
    ["self-chat", changed({ chatId: self })],
    ["own-message", { reader: { ...question.reader, teamsUserId: "ANN-ID" } }],
    ["from-application", changed({ from: { user: null, application: { id: "b", displayName: "Build" } } })],
    ["before-connection", { reader: { ...question.reader, connectedAtMs: 1_612_289_765_950 } }],
    ["notifications-off", { preferences: { ...defaultPreferences, notifications: "off" as const } }],
    ["empty", { message: htmlMessage("<p>&nbsp;</p>") }],
  ] as const)("is never delivered: %p", (reason, change) => {
    for (const presence of [away, available, "missing", "unreachable"] as const) {
      expect(decideDelivery({ ...question, ...change, presence })).toEqual({ kind: "suppress", reason });
    }
  });

  test.each([
    "bot",
    "tenantBot",
    "office365Connector",
    "outgoingWebhook",
    "aadApplication",
    "unknownFutureValue",
  ])(
    "of an application of kind %p reaches whoever asked for bots and apps, and nobody else",
    (applicationIdentityType) => {
      const application = { id: "b", displayName: "Build", applicationIdentityType };
      const asked = { ...question, ...changed({ from: { user: null, application } }) };
      const optedIn = { ...asked, preferences: { ...defaultPreferences, bots: "on" as const } };
      expect(decideDelivery(asked)).toEqual({ kind: "suppress", reason: "from-application" });
      expect(decideDelivery(optedIn)).toEqual({ kind: "deliver", because: "away" });
      expect(decideDelivery({ ...optedIn, presence: available }).kind).toBe("suppress");
    },
  );

  test.each([
    ["self-chat", { chatId: "48:notes" }],
    ["self-chat", { chatId: self }],
    ["system-event", { messageType: "systemEventMessage" }],
  ])("of an application is never delivered as %p to whoever asked for bots either", (reason, change) => {
    const from = { user: null, application: { id: "b", displayName: "Build" } };
    const preferences = { ...defaultPreferences, bots: "on" as const };
    expect(decideDelivery({ ...question, ...changed({ from, ...change }), preferences })).toEqual({
      kind: "suppress",
      reason,
    } as never);
  });

  test("of a kind not known yet is delivered when it says something", () => {
    expect(decideDelivery({ ...question, ...changed({ messageType: "unknownFutureValue" }) }).kind).toBe(
      "deliver",
    );
  });
});

describe("a message decided about late", () => {
  const sentAtMs = question.message.createdAtMs;
  const seen = { kind: "suppress", reason: "seen-in-teams" };

  test.each([
    ["was in front of Teams a minute after it", { presentAtMs: sentAtMs + noticeMs }],
    ["was in front of Teams much later", { presentAtMs: sentAtMs + 3_600_000 }],
    ["wrote in its chat afterwards", { actedAtMs: sentAtMs }],
  ])("is not delivered to a person who %s", (_what, history) => {
    for (const presence of [away, "missing", "unreachable"] as const)
      expect(decideDelivery({ ...question, presence, history })).toEqual(seen as never);
  });

  test.each([
    ["was never noticed", {}],
    ["was in front of Teams before it only", { presentAtMs: sentAtMs - 1 }],
    ["may have left as it came", { presentAtMs: sentAtMs + noticeMs - 1 }],
    ["wrote in its chat before it only", { actedAtMs: sentAtMs - 1 }],
    ["turned notifications on before it", { notificationsOnSinceMs: sentAtMs }],
  ])("is delivered to a person who %s", (_what, history) => {
    expect(decideDelivery({ ...question, history })).toEqual({ kind: "deliver", because: "away" });
  });

  test("is not delivered when it was sent while notifications were off", () => {
    const history = { notificationsOnSinceMs: sentAtMs + 1 };
    expect(decideDelivery({ ...question, history })).toEqual({
      kind: "suppress",
      reason: "notifications-off",
    });
  });

  test("is kept back for the presence of now before anything that was", () => {
    const history = { presentAtMs: sentAtMs + 3_600_000 };
    expect(decideDelivery({ ...question, presence: available, history })).toEqual({
      kind: "suppress",
      reason: "available",
    });
  });
});

describe("proof that a person sees Teams", () => {
  test.each([
    ["Available", "Available"],
    ["Available", "OutOfOffice"],
    ["Busy", "Busy"],
    ["Busy", "InACall"],
    ["Busy", "InAMeeting"],
    ["DoNotDisturb", "Presenting"],
    ["inACall", "inACall"],
  ])("is given by %p, %p", (availability, activity) => {
    expect(isInFrontOfTeams(parsePresence({ availability, activity }))).toBe(true);
  });

  test.each([
    ["Available", "AvailableInactive"],
    ["AvailableIdle", "Available"],
    ["Busy", "BusyIdle"],
    ["BusyIdle", "Busy"],
    ["Busy", "Inactive"],
    ["DoNotDisturb", "DoNotDisturb"],
    ["BeRightBack", "BeRightBack"],
    ["focusing", "focusing"],
    ["Away", "Away"],
    ["Offline", "Offline"],
    ["PresenceUnknown", "PresenceUnknown"],
    ["Commuting", "Commuting"],
  ])("is not given by %p, %p", (availability, activity) => {
    expect(isInFrontOfTeams(parsePresence({ availability, activity }))).toBe(false);
  });
});

describe("what a person wants of each kind of chat", () => {
  const ids = {
    direct: "19:8ea0e38b-efb3-4757-924a-5f94061cf8c2_97f62344-57dc-409c-88ad-c4af14158ff5@unq.gbl.spaces",
    groups: "19:a@thread.v2",
    meetings: "19:meeting_QUJD@thread.v2",
  } as const;
  const kinds = Object.keys(ids) as (keyof typeof ids)[];
  const mention = (mentioned: unknown) => [{ id: 0, mentionText: "x", mentioned }];
  const toReader = mention({ user: { id: "BEN-ID" } });
  const toEveryone = (chatId: string) => mention({ conversation: { id: chatId } });
  const toOther = mention({ user: { id: "cem-id" } });
  const ask = (kind: keyof typeof ids, wanted: "all" | "mentions" | "none", mentions: unknown = []) =>
    decideDelivery({
      ...question,
      message: htmlMessage("<p>Hello</p>", { chatId: ids[kind], mentions }),
      preferences: { ...defaultPreferences, [kind]: wanted },
    });
  const arrives = { kind: "deliver", because: "away" } as const;
  const kept = (reason: "kind-off" | "not-mentioned") => ({ kind: "suppress", reason }) as const;

  test.each(kinds)("of %s: all, those that call the reader, or none", (kind) => {
    expect(ask(kind, "all")).toEqual(arrives);
    expect(ask(kind, "mentions")).toEqual(kept("not-mentioned"));
    expect(ask(kind, "mentions", toOther)).toEqual(kept("not-mentioned"));
    expect(ask(kind, "mentions", toReader)).toEqual(arrives);
    expect(ask(kind, "mentions", toEveryone(ids[kind]))).toEqual(arrives);
    expect(ask(kind, "none", toReader)).toEqual(kept("kind-off"));
  });

  test("says nothing about the other kinds", () => {
    for (const kind of kinds) {
      const none = { direct: "none", groups: "none", meetings: "none", [kind]: "all" } as const;
      const message = htmlMessage("<p>Hello</p>", { chatId: ids[kind] });
      expect(
        decideDelivery({ ...question, message, preferences: { ...defaultPreferences, ...none } }),
      ).toEqual(arrives);
    }
  });

  test("a chat whose id is of a later kind counts as a group's", () => {
    const message = htmlMessage("<p>Hello</p>", { chatId: "20:new" });
    const preferences = { ...defaultPreferences, groups: "none" as const };
    expect(decideDelivery({ ...question, message, preferences })).toEqual(kept("kind-off"));
  });

  test("a mention in a card counts", () => {
    const content = {
      type: "AdaptiveCard",
      body: [{ type: "TextBlock", text: "<at>Ben</at>" }],
      msteams: {
        entities: [
          { type: "mention", text: "<at>Ben</at>", mentioned: { id: "ben@contoso.example", name: "Ben" } },
        ],
      },
    };
    const attachments = [
      { id: "c", contentType: "application/vnd.microsoft.card.adaptive", content: JSON.stringify(content) },
    ];
    const message = htmlMessage('<attachment id="c"></attachment>', { attachments });
    const preferences = { ...defaultPreferences, groups: "mentions" as const };
    expect(decideDelivery({ ...question, message, preferences })).toEqual(arrives);
  });
});

describe("a muted chat", () => {
  const chatId = question.message.chatId;
  const sentAtMs = question.message.createdAtMs;
  const mention = (mentioned: unknown) => [{ id: 0, mentionText: "x", mentioned }];
  const decide = (mute: Partial<Mute>, mentions: unknown = []) =>
    decideDelivery({
      ...question,
      message: htmlMessage("<p>Hello</p>", { mentions }),
      preferences: {
        ...defaultPreferences,
        mutes: [{ chatId, untilMs: undefined, mentions: true, ...mute }],
      },
    });
  const arrives = { kind: "deliver", because: "away" } as const;
  const muted = { kind: "suppress", reason: "muted" } as const;

  test("brings nothing until it is unmuted, or until its time is over by the message's own", () => {
    expect(decide({})).toEqual(muted);
    expect(decide({ untilMs: sentAtMs + 1 })).toEqual(muted);
    expect(decide({ untilMs: sentAtMs })).toEqual(arrives);
    expect(decide({ chatId: "19:b@thread.v2" })).toEqual(arrives);
  });

  test("brings what names its reader, unless they do not want that either, but not what calls everyone", () => {
    const named = mention({ user: { id: "ben-id" } });
    expect(decide({}, named)).toEqual(arrives);
    expect(decide({ mentions: false }, named)).toEqual(muted);
    expect(decide({}, mention({ conversation: { id: chatId } }))).toEqual(muted);
  });
});

describe("when a person wants messages", () => {
  const decide = (when: ReaderPreferences["when"], availability: string, activity = availability) =>
    decideDelivery({
      ...question,
      preferences: { ...defaultPreferences, when },
      presence: parsePresence({ availability, activity }),
    });
  const order = ["away", "busy", "unavailable", "always"] as const;
  const table: [availability: string, activity: string, because: string, from: (typeof order)[number]][] = [
    ["Away", "Away", "away", "away"],
    ["Offline", "Offline", "offline", "away"],
    ["PresenceUnknown", "PresenceUnknown", "presence-unknown", "away"],
    ["Busy", "Busy", "busy", "busy"],
    ["BusyIdle", "BusyIdle", "busy", "busy"],
    ["Busy", "InACall", "in-a-call", "busy"],
    ["Busy", "InAMeeting", "in-a-meeting", "busy"],
    ["DoNotDisturb", "Presenting", "presenting", "unavailable"],
    ["DoNotDisturb", "DoNotDisturb", "do-not-disturb", "unavailable"],
    ["BeRightBack", "BeRightBack", "be-right-back", "unavailable"],
    ["focusing", "focusing", "focusing", "unavailable"],
    ["Available", "Available", "available", "always"],
  ];
  test.each(table)("%s, %s: %s, which is enough from %s on", (availability, activity, reason, from) => {
    for (const [index, when] of order.entries()) {
      const wanted = index >= order.indexOf(from);
      expect(decide(when, availability, activity) as unknown).toEqual(
        wanted ? { kind: "deliver", because: reason } : { kind: "suppress", reason },
      );
    }
  });

  const sentAtMs = question.message.createdAtMs;
  const late = (when: ReaderPreferences["when"], history: DeliveryQuestion["history"]) =>
    decideDelivery({ ...question, preferences: { ...defaultPreferences, when }, history });

  test("having been present proves nothing for whoever wants messages while present", () => {
    const history = { presentAtMs: sentAtMs + noticeMs };
    expect(late("away", history)).toEqual({ kind: "suppress", reason: "seen-in-teams" });
    for (const when of ["busy", "unavailable", "always"] as const)
      expect(late(when, history)).toEqual({ kind: "deliver", because: "away" });
  });

  test("having written in the chat proves that it was seen, whatever is wanted", () => {
    for (const when of order)
      expect(late(when, { actedAtMs: sentAtMs })).toEqual({ kind: "suppress", reason: "seen-in-teams" });
  });

  test("nobody gets more by any choice than the most welcoming", () => {
    const chosen = fc.record({
      ...Object.fromEntries(choiceNames.map((name) => [name, fc.constantFrom(...valuesOf(name))])),
      mutes: fc.constantFrom([], [{ chatId: question.message.chatId, untilMs: undefined, mentions: true }]),
    }) as unknown as fc.Arbitrary<ReaderPreferences>;
    const bot = { user: null, application: { id: "b", displayName: "Build" } };
    const messages = fc.constantFrom(
      htmlMessage("<p>Hello</p>"),
      htmlMessage("<p>Hello</p>", { chatId: "19:meeting_QUJD@thread.v2" }),
      htmlMessage("<p>Hello</p>", { from: bot }),
      htmlMessage(""),
    );
    const presences = fc.constantFrom(away, available, parsePresence({ availability: "Busy" }));
    fc.assert(
      fc.property(chosen, messages, presences, (preferences, message, presence) => {
        const asked = { ...question, message, presence };
        if (decideDelivery({ ...asked, preferences }).kind === "suppress") return;
        expect(decideDelivery({ ...asked, preferences: mostWelcoming }).kind).toBe("deliver");
      }),
    );
  });
});

const at = (nowMs: number) => ({ nowMs, timeZone: "Europe/Berlin" });

describe("a moment's grace", () => {
  const { createdAtMs } = question.message;
  const preferences = { ...defaultPreferences, grace: "5m" as const };
  const decided = (nowMs: number, changed: Partial<DeliveryQuestion> = {}) =>
    decideDelivery({ ...question, preferences, here: at(nowMs), ...changed });

  test("holds what would be delivered until the time is over since it was sent", () => {
    const hold = {
      kind: "hold",
      untilMs: createdAtMs + 300_000,
      because: "held",
      otherwise: "away",
    } as const;
    expect(decided(createdAtMs)).toEqual(hold);
    expect(decided(createdAtMs + 299_999)).toEqual(hold);
    expect(decided(createdAtMs + 300_000)).toEqual({ kind: "deliver", because: "away" });
  });

  test("keeps back what is seen before it is over, or was by then", () => {
    expect(decided(createdAtMs, { presence: available })).toEqual({ kind: "suppress", reason: "available" });
    const history = { presentAtMs: createdAtMs + noticeMs };
    expect(decided(createdAtMs + 300_000, { history })).toEqual({
      kind: "suppress",
      reason: "seen-in-teams",
    });
  });

  test("is none for who never chose it, and where nobody asks what time it is", () => {
    expect(decided(createdAtMs, { preferences: defaultPreferences }).kind).toBe("deliver");
    expect(decideDelivery({ ...question, preferences }).kind).toBe("deliver");
  });
});

describe("a snooze", () => {
  const nowMs = question.message.createdAtMs + 1_000;
  const decided = (preferences: Partial<ReaderPreferences>, changed: Partial<DeliveryQuestion> = {}) =>
    decideDelivery({
      ...question,
      preferences: { ...defaultPreferences, ...preferences },
      here: at(nowMs),
      ...changed,
    });

  test("holds what would be delivered until it ends, whenever that was sent", () => {
    const hold = { kind: "hold", untilMs: nowMs + 1, because: "snoozed", otherwise: "away" } as const;
    expect(decided({ snoozedUntilMs: nowMs + 1 })).toEqual(hold);
    expect(decided({ snoozedUntilMs: nowMs })).toEqual({ kind: "deliver", because: "away" });
  });

  test("holds nothing that would not be delivered", () => {
    const snoozedUntilMs = nowMs + 1;
    expect(decided({ snoozedUntilMs }, { presence: available })).toEqual({
      kind: "suppress",
      reason: "available",
    });
    expect(decided({ snoozedUntilMs, direct: "none", groups: "none", meetings: "none" })).toEqual({
      kind: "suppress",
      reason: "kind-off",
    });
  });

  test("and a moment's grace hold together until the later of both ends", () => {
    expect(decided({ snoozedUntilMs: nowMs + 1, grace: "1m" })).toMatchObject({ because: "held" });
    expect(decided({ snoozedUntilMs: nowMs + 60_000, grace: "1m" })).toMatchObject({ because: "snoozed" });
  });
});

describe("quiet hours", () => {
  // A Friday evening in Berlin.
  const nowMs = Date.UTC(2026, 9, 23, 17, 0);
  const message = { ...question.message, createdAtMs: nowMs };
  const quietHours = [
    { days: [1, 2, 3, 4, 5, 6, 7], from: 18 * 60, to: 8 * 60 },
    { days: [6, 7], from: 0, to: 24 * 60 },
  ];
  const decided = (preferences: Partial<ReaderPreferences>, atMs = nowMs) =>
    decideDelivery({
      ...question,
      message,
      preferences: { ...defaultPreferences, quietHours, ...preferences },
      here: at(atMs),
    });

  test("hold what would be delivered to their end, over the weekend and its change of clocks", () => {
    const untilMs = Date.UTC(2026, 9, 26, 7, 0);
    expect(decided({})).toEqual({ kind: "hold", untilMs, because: "quiet-hours", otherwise: "away" });
    expect(decided({}, untilMs)).toEqual({ kind: "deliver", because: "away" });
  });

  test("and a snooze hold together until the later of both ends", () => {
    const snoozedUntilMs = Date.UTC(2026, 9, 27, 7, 0);
    expect(decided({ snoozedUntilMs })).toMatchObject({ untilMs: snoozedUntilMs, because: "snoozed" });
    expect(decided({ snoozedUntilMs: nowMs + 1 })).toMatchObject({ because: "quiet-hours" });
  });
});
