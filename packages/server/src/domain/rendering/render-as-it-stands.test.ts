import { expect, test } from "bun:test";
import { htmlMessage } from "../testing/chat-messages.ts";
import { renderAsItStands } from "./render-as-it-stands.ts";
import { context } from "./testing/rendering.ts";

const later = "2021-02-02T18:20:00.000Z";
const shown = (change: Readonly<Record<string, unknown>>) =>
  renderAsItStands(htmlMessage("<p>Hello</p>", change), context).message;

test("a new message stands as it was sent", () => {
  expect(shown({})).toContain("> Hello");
  expect(shown({})).not.toContain("edited");
});

test("an edited message says so, also when it arrives edited", () => {
  expect(shown({ lastEditedDateTime: later })).toMatch(/ · edited · .*\n\n> Hello$/);
});

test.each([
  ["deleted", { deletedDateTime: later, lastEditedDateTime: later }, "deleted in Teams"],
  ["blocked", { policyViolation: { dlpAction: "blockAccess" } }, "blocked by your organisation"],
  [
    "blocked and deleted",
    { policyViolation: { dlpAction: "blockAccess" }, deletedDateTime: later },
    "deleted",
  ],
])("a message that was %s has lost its text and says why", (_, change, words) => {
  expect(shown(change)).toContain(` · ${words}`);
  expect(shown(change)).not.toContain("Hello");
});
