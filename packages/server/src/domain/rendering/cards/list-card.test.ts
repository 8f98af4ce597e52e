import { expect, test } from "bun:test";
import { cardOf } from "../testing/cards.ts";

test("a list card shows its sections and items, and where they lead", () => {
  const card = {
    title: "Documents",
    items: [
      { type: "section", title: "New" },
      {
        type: "resultItem",
        title: "Plan",
        subtitle: "by Ann",
        tap: { type: "openUrl", value: "https://a.example/p" },
      },
      { type: "person", subtitle: "Cem", tap: { type: "imBack", value: "whois" } },
      { type: "file", id: "https://a.example/f" },
      { type: "section", title: "Old", subtitle: "of last year" },
      { title: "Draft" },
      null,
    ],
    buttons: [{ type: "openUrl", title: "All", value: "https://a.example" }],
  };
  expect(cardOf("list", card)).toBe(
    "**Documents**\n\n**New**\n\n- [Plan](https://a.example/p) (a.example) · by Ann\n- Cem\n\n**Old** · of last year\n\n- Draft\n\n[All](https://a.example/) (a.example)",
  );
});

test("a list card without items is its title", () => {
  expect(cardOf("list", { title: "Documents" })).toBe("**Documents**");
});
