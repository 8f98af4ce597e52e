import { expect, test } from "bun:test";
import { htmlMessage } from "../testing/chat-messages.ts";
import { renderDeleted, renderEdited, renderPost } from "./render-post.ts";
import { context, groupChat, messageUrl, reader } from "./testing/rendering.ts";
import { renderThreadRoot } from "./thread-root.ts";

const message = htmlMessage('<p>The secret</p><img src="https://a.example/x.png">', {
  subject: "A subject",
  importance: "high",
  attachments: [
    { id: "f", contentType: "reference", name: "plan.pdf", contentUrl: "https://a.example/plan.pdf" },
  ],
});
const link = `[Open in Teams](${messageUrl})`;

test("sender and chat are the first line of the whole message", () => {
  const whole = renderPost(message, context);
  const draft = renderPost(message, { ...context, shown: "sender" });
  expect(draft.message).toBe(whole.message.split("\n")[0] ?? "");
  expect(draft.message).toStartWith("Important: **Ann Lee** in **Release**");
  expect(draft.priority).toBe("important");
});

test("that there is a message names nobody, no chat and nothing of it, and leads to it", () => {
  const shown = "notice" as const;
  expect(renderPost(message, { ...context, shown })).toEqual({
    message: `Important: A message for you in Teams · ${link}`,
    priority: "important",
  });
  expect(renderEdited(message, { ...context, shown }).message).toContain("in Teams · edited · ");
  expect(renderDeleted(message, { ...context, shown }).message).toContain("in Teams · deleted in Teams · ");
  const continued = renderPost(message, { ...context, shown, isContinuation: true });
  expect(continued.message).toBe(`Important: A message for you in Teams · ${link}`);
});

test("a thread of messages that name no chat names none either", () => {
  const within = { reader, chat: groupChat, cloud: context.cloud };
  expect(renderThreadRoot(message, { ...within, shown: "sender" })).toContain("**Release**");
  const root = renderThreadRoot(message, { ...within, shown: "notice" });
  expect(root).toStartWith("Teams chat · [Open in Teams](");
  expect(root).not.toContain("Release");
});
