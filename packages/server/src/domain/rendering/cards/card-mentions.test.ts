import { describe, expect, test } from "bun:test";
import { htmlMessage } from "../../testing/chat-messages.ts";
import { renderPost } from "../render-post.ts";
import { cardOf } from "../testing/cards.ts";
import { context } from "../testing/rendering.ts";

const mention = (name: string, id: string, more: object = {}) => ({
  type: "mention",
  text: `<at>${name}</at>`,
  mentioned: { id, name },
  ...more,
});
const card = (text: string, ...entities: unknown[]) => ({
  body: [{ type: "TextBlock", text }],
  msteams: { entities },
});
const me = mention("Ben Ode", "ben-id");

describe("a mention in an adaptive card", () => {
  test.each([
    ["is a name", "Hi <at>Ann Lee</at>, hi", mention("Ann Lee", "ann-id"), "Hi Ann Lee, hi"],
    ["of the reader is bold", "Hi <at>Ben Ode</at>, hi", me, "Hi **Ben Ode**, hi"],
    ["by the reader's account, too", "<at>Ben</at> hi", mention("Ben", "BEN@example.com"), "**Ben** hi"],
    ["by the reader's account in Teams, too", "<at>Ben</at>", mention("Ben", "8:orgid:ben-id"), "**Ben**"],
    ["within bold text is a name", "**<at>Ann Lee</at> x**", mention("Ann Lee", "ann-id"), "**Ann Lee x**"],
    ["cannot mention anyone here", "<at>@all</at>", mention("@all", "x"), "@|all"],
    [
      "without a name has that of the person",
      "<at></at>",
      mention("", "a", { mentioned: { name: "Ann" } }),
      "Ann",
    ],
    ["of nobody whom the card names is a text", "<at>Eve</at>", me, "<|at>Eve<|/at>"],
    ["of another kind is a text", "<at>Ben Ode</at>", { ...me, type: "clientInfo" }, "<|at>Ben Ode<|/at>"],
    ["that is no object is a text", "<at>a</at>", null, "<|at>a<|/at>"],
  ])("%s", (_, text, entity, markdown) => {
    expect(cardOf("adaptive", card(text, entity))).toBe(markdown);
  });

  test("stands in facts and columns as well", () => {
    const facts = [{ title: "Owner", value: "<at>Ben Ode</at>" }];
    const columns = [{ items: [{ type: "FactSet", facts }] }];
    expect(cardOf("adaptive", { body: [{ type: "ColumnSet", columns }], msteams: { entities: [me] } })).toBe(
      "**Owner Ben Ode**",
    );
  });

  test.each([
    ["the reader", me, "mentioned you in"],
    ["somebody else", mention("Ann Lee", "ann-id"), "in"],
    ["nobody", undefined, "in"],
  ])("of %s: the line above the quote says so", (_, entity, words) => {
    const contentType = "application/vnd.microsoft.card.adaptive";
    const attachments = [{ id: "1", contentType, content: JSON.stringify(card("a", entity)) }];
    expect(renderPost(htmlMessage("", { attachments }), context).message).toStartWith(`**Ann Lee** ${words}`);
  });
});
