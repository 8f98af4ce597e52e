import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Chat, ChatMember } from "../chat.ts";
import { htmlMessage } from "../testing/chat-messages.ts";
import { foreignText, mentionsIn } from "./testing/foreign-text.ts";
import { linksIn } from "./testing/reading.ts";
import { context } from "./testing/rendering.ts";
import { renderThreadRoot } from "./thread-root.ts";

const chatUrl = "https://teams.microsoft.com/l/chat/19%3Aa%40thread.v2/0?tenantId=tenant";
const named = (...names: (string | undefined)[]): ChatMember[] =>
  names.map((displayName) => ({ teamsUserId: displayName, displayName }));
const ben: ChatMember = { teamsUserId: "ben-id", displayName: "Ben Ode" };
const chat = (change: Partial<Chat>): Chat => ({
  id: "19:a@thread.v2",
  kind: "group",
  topic: undefined,
  members: [],
  ...change,
});

function titleOf(of: Chat | undefined, change: Readonly<Record<string, unknown>> = {}): string {
  const root = renderThreadRoot(htmlMessage("<p>the text itself</p>", change), { ...context, chat: of });
  return root.split(" · ")[0] ?? "";
}

test.each([
  [{ topic: "Plans" }, "Teams group chat **Plans**"],
  [{ kind: "meeting", topic: "Standup" }, "Teams meeting chat **Standup**"],
  [{ members: [ben] }, "Teams group chat"],
  [{ members: [ben, ...named("Ann")] }, "Teams group chat with **Ann**"],
  [{ members: [...named("Ann", "Cem"), ben] }, "Teams group chat with **Ann** and **Cem**"],
  [{ members: [ben, ...named("Ann", "Cem", "Dee")] }, "Teams group chat with **Ann**, **Cem** and **Dee**"],
  [
    { members: [ben, ...named("Ann", "Cem", "Dee", "Eve", undefined)] },
    "Teams group chat with **Ann**, **Cem**, **Dee** and 2 others",
  ],
  [{ kind: "meeting", members: named("Ann", undefined) }, "Teams meeting chat with **Ann** and 1 other"],
  [{ kind: "oneOnOne", members: [] }, "Teams chat with **Ann Lee**"],
] as const)("the thread of the chat %j is named %p", (change, title) => {
  expect(titleOf(chat(change as Partial<Chat>))).toBe(title);
});

test.each([
  ["19:a_b@unq.gbl.spaces", "Teams chat with **Ann Lee**"],
  ["19:meeting_x@thread.v2", "Teams meeting chat"],
  ["19:a@thread.v2", "Teams group chat"],
  ["x", "Teams chat"],
])("the id %p names the thread of a chat that could not be looked up", (chatId, title) => {
  expect(titleOf(undefined, { from: { user: { id: "ann-id", displayName: "Ann Lee" } }, chatId })).toBe(
    title,
  );
});

test("the root of a thread leads to the chat and holds nothing of the message", () => {
  const root = renderThreadRoot(htmlMessage("<p>the text itself</p>", { subject: "Secret" }), context);
  expect(root).toBe(
    `Teams group chat **Release** · [Open in Teams](${chatUrl})\n\nIts messages arrive as replies to this post.`,
  );
});

test("no name of a chat or person mentions anybody or adds a link", () => {
  fc.assert(
    fc.property(foreignText, foreignText, (topic, name) => {
      for (const of of [chat({ topic }), chat({ members: [ben, ...named(name, name)] })]) {
        const root = renderThreadRoot(htmlMessage("<p>a</p>"), { ...context, chat: of });
        expect(mentionsIn(root)).toEqual([]);
        expect(linksIn(root).map(({ url }) => url)).toEqual([chatUrl]);
      }
    }),
  );
});
