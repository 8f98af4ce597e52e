import { describe, expect, test } from "bun:test";
import { cardOf } from "../testing/cards.ts";

describe("a connector's card shows", () => {
  test("title, text, sections and actions", () => {
    const card = {
      "@type": "MessageCard",
      summary: "Not shown",
      title: "Build failed",
      text: "Main is **red**",
      sections: [
        {
          activityTitle: "**Ann** pushed",
          activitySubtitle: "10 minutes ago",
          activityText: "<i>Fix</i>",
          activityImage: "https://a.example/ann.png",
          facts: [
            { name: "Branch", value: "main" },
            { name: "Commit", value: "#12" },
          ],
          images: [{ image: "https://a.example/graph.png", title: "Graph" }],
        },
        { title: "Next", text: "Wait", potentialAction: [{ "@type": "ActionCard", name: "Comment" }] },
      ],
      potentialAction: [
        {
          "@type": "OpenUri",
          name: "View",
          targets: [
            { os: "iOS", uri: "https://a.example/ios" },
            { os: "default", uri: "https://a.example/web" },
          ],
        },
        { "@type": "ViewAction", name: "Old", target: ["https://a.example/old"] },
        { "@type": "HttpPOST", name: "Retry", target: "https://a.example/retry" },
      ],
    };
    expect(cardOf("o365connector", card)).toBe(
      [
        "**Build failed**",
        "Main is **red**",
        "**Ann** pushed",
        "10 minutes ago",
        "*Fix*",
        "**Branch** main\n**Commit** #|12",
        "[Image: Graph](https://a.example/graph.png) (a.example)",
        "Next",
        "Wait",
        "[Comment (in Teams)](teams)",
        "[View](https://a.example/web) (a.example) · [Old](https://a.example/old) (a.example) · [Retry (in Teams)](teams)",
      ].join("\n\n"),
    );
  });

  test("HTML in titles, and HTML mixed with Markdown in texts", () => {
    const card = {
      title: "Build <strong>failed</strong>",
      text: "See <a href='https://ci.example/1'>log</a><br>and **retry**",
      sections: [{ activityTitle: "<b>Ben</b> pushed", text: "line" }],
    };
    expect(cardOf("o365connector", card)).toBe(
      "**Build failed**\n\nSee [log](https://ci.example/1) (ci.example)\nand **retry**\n\n**Ben** pushed\n\nline",
    );
    expect(cardOf("o365connector", { summary: "<i>a</i>", sections: [{ title: "<b>b</b> **c**" }] })).toBe(
      "**|*a*|**\n\n**b c**",
    );
  });

  test("its summary when it has neither title nor text", () => {
    expect(cardOf("o365connector", { summary: "Build", sections: [{ text: "failed" }] })).toBe(
      "**Build**\n\nfailed",
    );
  });

  test.each([
    ["Markdown", "*a* [b](https://a.example/b)", " *a* [b](https://a.example/b) (a.example)"],
    ["HTML", 'a <a href="https://a.example/b">b</a>', " a [b](https://a.example/b) (a.example)"],
    ["lines", "a<br>b", " a\nb"],
    ["paragraphs", "<p>a</p><p>b</p>", " a\nb"],
    ["both", "*a* <b>b</b><br>1. c", " *a* **b**\n1\\. c"],
    ["a list", "<ul><li>a</li></ul>", "\n\n- a"],
  ])("facts that hold %s", (_, value, markdown) => {
    const card = { title: "Build", sections: [{ facts: [{ name: "<b>Log</b>", value }] }] };
    expect(cardOf("o365connector", card)).toBe(`**Build**\n\n**Log**${markdown}`);
  });

  test("Markdown with lines as in HTML", () => {
    expect(
      cardOf("o365connector", { text: "[PR 5](https://a.example/5) merged<br>**by** Ann<br/>\nnow" }),
    ).toBe("[PR 5](https://a.example/5) (a.example) merged\n**by** Ann\nnow");
  });
});
