import { expect, test } from "bun:test";
import { chatTitle } from "./chat-title.ts";

const member = (name: string | undefined) => ({ teamsUserId: name?.toLowerCase(), displayName: name });

test.each([
  ["Release", ["Ben", "Ann"], "Release"],
  [undefined, ["Ben", "Ann"], "Ann"],
  [undefined, ["Ben", "Ann", "Cem"], "Ann and Cem"],
  [undefined, ["Ben", "Ann", "Cem", "Dia"], "Ann, Cem and Dia"],
  [undefined, ["Ben", "Ann", "Cem", "Dia", "Eva"], "Ann, Cem, Dia and 1 other"],
  [undefined, ["Ben", "Ann", "Cem", "Dia", "Eva", undefined], "Ann, Cem, Dia and 2 others"],
  [undefined, ["Ben"], undefined],
  [undefined, ["Ben", undefined], undefined],
  ["  ", [], undefined],
])("a chat with the topic %p and %p is called %p by Ben", (topic, names, title) => {
  expect(chatTitle({ topic, members: names.map(member) }, "BEN")).toBe(title);
});

test("what somebody chose as a name stays one line and ends", () => {
  const title = chatTitle({ topic: `a\nb${"c".repeat(200)}`, members: [] }, "ben") ?? "";
  expect(title).not.toContain("\n");
  expect([...title].length).toBeLessThanOrEqual(81);
});
