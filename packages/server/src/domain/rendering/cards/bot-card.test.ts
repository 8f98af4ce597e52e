import { describe, expect, test } from "bun:test";
import { cardOf } from "../testing/cards.ts";

describe("a card of a bot shows", () => {
  test("title, subtitle, text, pictures and buttons", () => {
    const card = {
      title: "Flight 12",
      subtitle: "On *time*",
      text: "Gate <b>B</b>&nbsp;4<br>Row 3",
      images: [{ url: "https://a.example/plane.png", alt: "Plane" }],
      buttons: [
        { type: "openUrl", title: "Check in", value: "https://a.example/in" },
        { type: "imBack", title: "Cancel", value: "cancel" },
        { type: "openUrl", value: "https://a.example/x" },
      ],
    };
    expect(cardOf("hero", card)).toBe(
      [
        "**Flight 12**",
        "On *time*",
        "Gate **B** 4\nRow 3",
        "[Image: Plane](https://a.example/plane.png) (a.example)",
        "[Check in](https://a.example/in) (a.example) · [Cancel (in Teams)](teams) · [Open](https://a.example/x) (a.example)",
      ].join("\n\n"),
    );
    expect(cardOf("thumbnail", card)).toBe(cardOf("hero", card));
  });

  test("where a tap on it leads", () => {
    expect(cardOf("hero", { title: "News", tap: { type: "openUrl", value: "https://a.example/n" } })).toBe(
      "[News](https://a.example/n) (a.example)",
    );
  });

  test("the lines of a receipt", () => {
    const card = {
      title: "Receipt",
      facts: [{ key: "Order", value: 12 }],
      items: [{ title: "Tea", quantity: "2", price: "$ 4" }],
      tax: "$ 1",
      total: "$ 5",
    };
    expect(cardOf("receipt", card)).toBe(
      "**Receipt**\n\n**Order** 12\n2 Tea $ 4\n**Tax** $ 1\n**Total** $ 5",
    );
  });

  test("media as links", () => {
    expect(cardOf("video", { title: "Demo", media: [{ url: "https://a.example/v.mp4" }] })).toBe(
      "**Demo**\n\n[Media](https://a.example/v.mp4) (a.example)",
    );
  });

  test("an announcement", () => {
    expect(cardOf("announcement", { title: "Move", subtitle: "On Friday" })).toBe("**Move**\n\nOn Friday");
  });
});
