import { expect, test } from "bun:test";
import { renderPost } from "./rendering/render-post.ts";
import { context } from "./rendering/testing/rendering.ts";
import { htmlMessage } from "./testing/chat-messages.ts";
import { unnamedSenders, withNames } from "./unnamed-senders.ts";

const user = (id: string, displayName: string | null) => ({
  application: null,
  device: null,
  user: {
    "@odata.type": "#microsoft.graph.teamworkUserIdentity",
    id,
    displayName,
    userIdentityType: "aadUser",
  },
});
const forward = (sender: unknown) => ({
  id: "1",
  contentType: "forwardedMessageReference",
  content: JSON.stringify({ originalMessageContent: "\n<p>hello</p>\n", originalMessageSender: sender }),
});
const quote = (sender: unknown) => ({
  id: "2",
  contentType: "messageReference",
  content: JSON.stringify({ messageId: "2", messagePreview: "hello", messageSender: sender }),
});
const names = new Map([
  ["b1", "Ben Okafor"],
  ["d1", "Dai Nakamura"],
]);
const shown = (change: Readonly<Record<string, unknown>>) =>
  renderPost(withNames(htmlMessage("<p>hi</p>", change), names), context).message;

test("a sender without a name has the name that is known by their id, in whichever letters", () => {
  const message = htmlMessage("<p>hi</p>", { from: user("B1", null) });
  expect(unnamedSenders(message)).toEqual(["b1"]);
  expect(shown({ from: user("B1", null) })).toStartWith("**Ben Okafor** ");
});

test("so have the author of a forwarded message and the one whom an answer quotes", () => {
  expect(shown({ attachments: [forward(user("D1", null))] })).toContain("Forwarded from **Dai Nakamura**:");
  expect(shown({ attachments: [quote(user("B1", " "))] })).toContain("> > **Ben Okafor**:");
});

test("each is asked for once, and nobody about a message that names all, or about apps", () => {
  const attachments = [forward(user("D1", null)), quote(user("b1", null)), quote(user("x", "Xenia"))];
  expect(unnamedSenders(htmlMessage("", { from: user("B1", ""), attachments }))).toEqual(["b1", "d1"]);
  expect(unnamedSenders(htmlMessage("", { attachments: [quote(user("x", "Xenia"))] }))).toEqual([]);
  const application = { id: "28:a", displayName: null, applicationIdentityType: "bot" };
  expect(unnamedSenders(htmlMessage("", { from: { application } }))).toEqual([]);
});

test("a name that a message tells stays, whatever else is known", () => {
  expect(shown({ from: user("b1", "Benjamin") })).toStartWith("**Benjamin** ");
});

test("somebody of whom nobody knows the name is Someone", () => {
  expect(shown({ from: user("c1", null) })).toStartWith("**Someone** ");
});
