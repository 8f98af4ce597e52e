import { expect, test } from "bun:test";
import fc from "fast-check";
import { htmlMessage } from "../testing/chat-messages.ts";
import { quotedMessages, renderDigest } from "./digest.ts";
import { maxPostRunes, runes } from "./fit-length.ts";
import { context, groupChat } from "./testing/rendering.ts";

const from = (name: string, text = `<p>${name} says</p>`, change: Readonly<Record<string, unknown>> = {}) =>
  htmlMessage(text, {
    id: `${1_612_289_765_949 + text.length}`,
    from: { user: { id: name.toLowerCase(), displayName: name, userIdentityType: "aadUser" } },
    ...change,
  });
const titleOf = (...names: string[]) =>
  renderDigest(
    names.map((name) => from(name)),
    context,
  ).split("\n")[0];

test.each([
  [
    ["Ann"],
    "**1 message** from **Ann** in **Release** (group chat) in Teams, held until now · [Open in Teams](",
  ],
  [["Ann", "Ann"], "**2 messages** from **Ann** in **Release**"],
  [["Ann", "Cem", "Ann"], "**3 messages** from **Ann** and **Cem** in **Release**"],
  [["Ann", "Cem", "Dia"], "**3 messages** from **Ann**, **Cem** and **Dia** in"],
  [["Ann", "Cem", "Dia", "Eva"], "**4 messages** from **Ann**, **Cem**, **Dia** and 1 other in"],
  [["Ann", "Cem", "Dia", "Eva", "Fay"], "**Dia** and 2 others in"],
])("what %p wrote is counted and named", (names, title) => {
  expect(titleOf(...names)).toContain(title);
});

test("a chat without a name, or of two, is told by its kind or not at all", () => {
  const nameless = { ...context, chat: { ...groupChat, topic: undefined } };
  expect(renderDigest([from("Ann")], nameless)).toStartWith(
    "**1 message** from **Ann** in a group chat in Teams",
  );
  const ofTwo = { ...context, chat: { ...groupChat, kind: "oneOnOne" as const, topic: undefined } };
  expect(renderDigest([from("Ann")], ofTwo)).toStartWith("**1 message** from **Ann** in Teams, held");
});

test("the last messages are quoted as they stand in Teams, each with its link", () => {
  const messages = [
    from("Ann", "<p>first</p>"),
    from("Ann", "<p>second</p>"),
    from("Cem", "<p>third</p>", { lastEditedDateTime: "2021-02-02T18:20:00Z" }),
    from("Dia", "<p>fourth</p>", { deletedDateTime: "2021-02-02T18:20:00Z" }),
  ];
  const said = renderDigest(messages, context);
  expect(said).not.toContain("first");
  expect(said).toContain("> second");
  expect(said).toMatch(/\*\*Cem\*\* · edited · .*\n\n> third/);
  expect(said).toContain("deleted in Teams");
  expect(said).not.toContain("fourth");
  expect(said.match(/Open in Teams/g)?.length).toBe(1 + quotedMessages);
});

test("nothing more is shown than may be", () => {
  const messages = [from("Ann", "<p>secret</p>")];
  const sender = renderDigest(messages, { ...context, shown: "sender" });
  expect(sender).toContain("**Ann** in **Release**");
  expect(sender).not.toContain("secret");
  const notice = renderDigest(messages, { ...context, shown: "notice" });
  expect(notice).toStartWith("**1 message** for you in Teams, held until now · [Open in Teams](");
  for (const hidden of ["secret", "Ann", "Release"]) expect(notice).not.toContain(hidden);
});

test("whatever was written, it fits into a post", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 300 }).map((unit) => `<p>${unit.repeat(90)}</p>`);
  const messages = fc.array(text, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(messages, (texts) => {
      const said = renderDigest(
        texts.map((each) => from("Ann", each)),
        context,
      );
      expect(runes(said)).toBeLessThanOrEqual(maxPostRunes);
    }),
    { numRuns: 20 },
  );
});
