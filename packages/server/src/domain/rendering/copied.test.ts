import { expect, test } from "bun:test";
import { copyablesOf } from "../copying/copyable.ts";
import { htmlMessage } from "../testing/chat-messages.ts";
import { renderPost } from "./render-post.ts";
import { context } from "./testing/rendering.ts";

const folder = "https://graph.microsoft.com/v1.0/chats/19:a@thread.v2/messages/1612289765949/hostedContents";
const image = (id: string, more = "") => `<img src="${folder}/${id}/$value" alt="image" ${more}>`;
const file = (name: string) => ({
  id: name,
  contentType: "reference",
  contentUrl: `https://contoso.sharepoint.com/${name}`,
  name,
});
const place = (id: string) => `<attachment id="${id}"></attachment>`;

/** The quote, where everything that can be copied hangs on the post, but for `missing`. */
function quoted(html: string, attachments: readonly unknown[] = [], missing: readonly string[] = []) {
  const message = htmlMessage(html, { attachments });
  const keys = copyablesOf(message).map(({ key }) => key);
  const copied = new Set(keys.filter((key) => !missing.some((name) => key.endsWith(name))));
  return renderPost(message, { ...context, copied })
    .message.split("\n")
    .slice(2)
    .map((line) => line.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1"));
}

test.each([
  ["<p>a</p>", ["> a"]],
  [`<p>a${image("1")}b</p>`, ["> a b"]],
  [`<p>a</p><p>${image("1")}</p><p>b</p>`, ["> a", ">", "> b"]],
  [`<p>a</p><div><span>${image("1")}</span></div>`, ["> a"]],
  [`<ul><li>a ${image("1")}</li><li>b</li></ul>`, ["> - a", "> - b"]],
  [image("1"), []],
  [`<p>a ${image("1", 'itemtype="http://schema.skype.com/CustomEmoji"')}</p>`, ["> a Emoji"]],
  ['<p>a <img src="https://elsewhere.example/cat.png" alt="image"></p>', ["> a Image"]],
])("of %p only what hangs on the post is left out", (html, lines) => {
  expect(quoted(html).map((line) => line.trimEnd())).toEqual(lines);
});

test("a picture that could not be copied is named beside one that hangs on the post", () => {
  expect(quoted(`<p>${image("1")}${image("2")}</p>`, [], ["2"])).toEqual(["> Image"]);
});

test("a file is left out wherever it stands: in its place, below the text, and in what is forwarded", () => {
  const forwarded = {
    id: "f",
    contentType: "forwardedMessageReference",
    content: JSON.stringify({
      originalMessageContent: `<p>see</p>${place("plan.txt")}`,
      originalMessageSender: { user: { id: "ann-id", displayName: "Ann Lee" } },
    }),
  };
  const files = ["plan.txt", "placed.txt", "below.txt"].map(file);
  const html = `<p>a</p>${place("placed.txt")}<p>b</p>${place("f")}`;
  const text = quoted(html, [forwarded, ...files]).join("\n");
  expect(text).toContain("see");
  expect(text).not.toContain("File");
  expect(quoted(html, [forwarded, ...files], ["plan.txt", "below.txt"]).join("\n")).toMatch(
    /see.*File: plan\.txt.*File: below\.txt/s,
  );
});
