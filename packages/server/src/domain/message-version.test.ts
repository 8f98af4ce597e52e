import { expect, test } from "bun:test";
import { changedAtMs, fingerprintOf, isWithdrawn } from "./message-version.ts";
import { htmlMessage } from "./testing/chat-messages.ts";

const sentAtMs = Date.parse("2021-02-02T18:16:05.949Z");
const later = "2021-02-02T18:20:00.000Z";

test("the latest of its times is when a message became what it is", () => {
  expect(changedAtMs(htmlMessage("a"))).toBe(sentAtMs);
  for (const field of ["lastModifiedDateTime", "lastEditedDateTime", "deletedDateTime"])
    expect(changedAtMs(htmlMessage("a", { [field]: later }))).toBe(Date.parse(later));
});

test("a reaction leaves the fingerprint, and so does what else nobody sees", () => {
  const before = fingerprintOf(htmlMessage("<p>Hello</p>"));
  const reactions = [{ reactionType: "like" }];
  const after = { reactions, lastModifiedDateTime: later, etag: "2", locale: "de-de" };
  expect(fingerprintOf(htmlMessage("<p>Hello</p>", after))).toBe(before);
});

test.each([
  ["the text", { body: { contentType: "html", content: "<p>Bye</p>" } }],
  ["the form of the text", { body: { contentType: "text", content: "<p>Hello</p>" } }],
  ["the subject", { subject: "News" }],
  ["the importance", { importance: "high" }],
  ["an attachment", { attachments: [{ id: "1", contentType: "reference", name: "plan.pdf" }] }],
  ["that it was edited", { lastEditedDateTime: later }],
  ["that it was deleted", { deletedDateTime: later }],
  ["that it was blocked", { policyViolation: { dlpAction: "blockAccess" } }],
])("%s changes the fingerprint", (_, change) => {
  expect(fingerprintOf(htmlMessage("<p>Hello</p>", change))).not.toBe(
    fingerprintOf(htmlMessage("<p>Hello</p>")),
  );
});

test("what Graph still sends of a deleted message does not matter", () => {
  const deleted = { deletedDateTime: later };
  expect(fingerprintOf(htmlMessage("", deleted))).toBe(fingerprintOf(htmlMessage("<p>Hello</p>", deleted)));
});

test("deleted and blocked messages are withdrawn, others are not", () => {
  expect(isWithdrawn(htmlMessage("a"))).toBe(false);
  expect(isWithdrawn(htmlMessage("a", { deletedDateTime: later }))).toBe(true);
  expect(isWithdrawn(htmlMessage("a", { policyViolation: { dlpAction: "blockAccess" } }))).toBe(true);
});

test("where the text is not shown, its fingerprint says nothing of it, but that it was edited or deleted", () => {
  const one = htmlMessage("<p>secret</p>");
  const edited = htmlMessage("<p>other</p>", { lastEditedDateTime: "2021-02-02T18:20:00Z" });
  expect(fingerprintOf(one, "sender")).toBe(fingerprintOf(htmlMessage("<p>other</p>"), "sender"));
  expect(fingerprintOf(edited, "sender")).not.toBe(fingerprintOf(one, "sender"));
  const deleted = htmlMessage("", { deletedDateTime: "2021-02-02T18:20:00Z" });
  expect(fingerprintOf(deleted, "notice")).not.toBe(fingerprintOf(one, "notice"));
});
