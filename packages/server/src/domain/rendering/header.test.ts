import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { htmlMessage } from "../testing/chat-messages.ts";
import { renderPost } from "./render-post.ts";
import { foreignText, mentionsIn } from "./testing/foreign-text.ts";
import { linksIn } from "./testing/reading.ts";
import { context, groupChat, messageUrl } from "./testing/rendering.ts";

const ending = ` · [Open in Teams](${messageUrl})`;

function headerOf(change: Readonly<Record<string, unknown>> = {}, chat = context.chat): string {
  const [line = ""] = renderPost(htmlMessage("<p>a</p>", change), { ...context, chat }).message.split("\n");
  return line.replace(ending, "").replaceAll("\u200b", "|");
}

const members = (...ids: string[]) => ids.map((id) => ({ teamsUserId: id, displayName: id }));
const ann = { id: "ann-id", displayName: "Ann Lee" };
const from = (userIdentityType: string, user: object = ann) => ({
  from: { user: { ...user, userIdentityType } },
});

describe("the header of a message below another of its chat", () => {
  const below = (change: Readonly<Record<string, unknown>> = {}) => {
    const { message } = renderPost(htmlMessage("<p>a</p>", change), { ...context, isContinuation: true });
    return message.split("\n")[0];
  };

  test("says who wrote and leads into Teams, without what stands above", () => {
    expect(below()).toBe(`**Ann Lee**${ending}`);
  });

  test("still says who is called", () => {
    const mentions = [{ id: 0, mentionText: "Ben", mentioned: { user: { id: "ben-id" } } }];
    expect(below({ mentions })).toBe(`**Ann Lee** mentioned you${ending}`);
  });
});

describe("the header", () => {
  test.each([
    ["oneOnOne", undefined, ["ann-id", "ben-id"], "**Ann Lee**"],
    ["group", undefined, ["ann-id", "ben-id"], "**Ann Lee** in a group chat with you"],
    ["group", undefined, ["ann-id", "ben-id", "c"], "**Ann Lee** in a group chat with you and 1 other"],
    [
      "group",
      "Plans",
      ["ann-id", "ben-id", "c", "d"],
      "**Ann Lee** in **Plans** (group chat, you and 2 others)",
    ],
    [
      "meeting",
      "Standup",
      ["ann-id", "ben-id", "c"],
      "**Ann Lee** in **Standup** (meeting chat, you and 1 other)",
    ],
    ["unknown", "Hall", [], "**Ann Lee** in **Hall** (chat, you)"],
  ] as const)("of a chat of kind %p with topic %p and members %p is %p", (kind, topic, ids, line) => {
    expect(headerOf({}, { id: "19:a@thread.v2", kind, topic, members: members(...ids) })).toBe(line);
  });

  test.each([
    ["19:a@thread.v2", "**Ann Lee** in a group chat"],
    ["19:meeting_x@thread.v2", "**Ann Lee** in a meeting chat"],
    ["19:a_b@unq.gbl.spaces", "**Ann Lee**"],
    ["x", "**Ann Lee** in a chat"],
  ])("says what the id %p tells when the chat could not be looked up", (chatId, line) => {
    const { message } = renderPost(htmlMessage("a", { chatId }), { ...context, chat: undefined });
    expect(message).toStartWith(`${line} · [Open in Teams](https://`);
  });

  test.each([
    [from("aadUser"), "**Ann Lee** in"],
    [from("federatedUser"), "**Ann Lee** (external) in"],
    [from("anonymousGuest"), "**Ann Lee** (guest) in"],
    [from("phoneUser", { id: "p", displayName: null }), "**Someone** (by phone) in"],
    [
      { from: { application: { id: "b", displayName: "Build", applicationIdentityType: "bot" } } },
      "**Build** (app) in",
    ],
    [{ from: { application: { id: "b" } } }, "**An app** in"],
    [{ from: null }, "**Someone** in"],
    [{ importance: "high" }, "Important: **Ann Lee** in"],
    [{ importance: "urgent" }, "Urgent: **Ann Lee** in"],
  ])("of a message with %p begins %p", (change, beginning) => {
    expect(headerOf(change).replaceAll("|", "")).toStartWith(beginning);
  });

  const mention = (mentioned: object) => [{ id: 0, mentionText: "x", mentioned }];

  test.each([
    [{ user: { id: "BEN-ID" } }, "mentioned you in **Release**"],
    [{ conversation: { id: "19:a@thread.v2" } }, "mentioned everyone in **Release**"],
    [{ user: { id: "cem-id" } }, "in **Release**"],
    [{ tag: { id: "t" } }, "in **Release**"],
  ])("of a message that mentions %p says %p", (mentioned, deed) => {
    expect(headerOf({ mentions: mention(mentioned) })).toStartWith(`**Ann Lee** ${deed} (group chat`);
    const unnamed = { ...groupChat, topic: undefined };
    expect(headerOf({ mentions: mention(mentioned) }, unnamed)).toStartWith(
      `**Ann Lee** ${deed.replace("**Release**", "a group chat")} with you`,
    );
  });

  test("knows the reader's id in any case", () => {
    const reader = { ...context.reader, teamsUserId: "Ben-Id" };
    const message = htmlMessage("", { mentions: mention({ user: { id: "ben-id" } }) });
    expect(renderPost(message, { ...context, reader }).message).toStartWith(
      "**Ann Lee** mentioned you in **Release** (group chat, you and 2 others)",
    );
  });

  test("counts callers by telephone among the others", () => {
    expect(headerOf({}, groupChat)).toContain("you and 2 others");
  });

  test("cuts names that would fill the screen", () => {
    expect(headerOf(from("aadUser", { id: "a", displayName: "x".repeat(300) }))).toContain(
      `**${"x".repeat(80)}…|**`,
    );
  });

  test("keeps names from right to left from turning the line", () => {
    expect(headerOf(from("aadUser", { id: "a", displayName: "\u05e9\u05dc" }))).toStartWith(
      "**|\u2068\u05e9\u05dc\u2069|** in",
    );
  });

  test("is one line that mentions nobody and leads only into Teams, whatever the names", () => {
    fc.assert(
      fc.property(foreignText, foreignText, (displayName, topic) => {
        const change = { from: { user: { id: "eve-id", displayName } } };
        const { message } = renderPost(htmlMessage("", change), {
          ...context,
          chat: { ...groupChat, topic },
        });
        expect(message).not.toContain("\n");
        expect(mentionsIn(message.replace(ending, ""))).toEqual([]);
        expect(linksIn(message).map(({ label }) => label)).toEqual(["Open in Teams"]);
      }),
    );
  });
});
