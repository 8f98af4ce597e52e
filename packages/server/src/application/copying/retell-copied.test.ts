import { expect, test } from "bun:test";
import { htmlMessage } from "../../domain/testing/chat-messages.ts";
import { GraphError } from "../graph/graph-error.ts";
import { writeParts } from "../notifications/post-parts.ts";
import { NotCopyable } from "./copying-ports.ts";
import { CopyWorld, messageWith } from "./testing/copy-world.ts";

async function delivered(...given: Parameters<typeof messageWith>): Promise<CopyWorld> {
  const world = new CopyWorld(messageWith(...given));
  await world.deliver();
  return world;
}

/** The lines of the quote, without addresses. */
const quoted = ({ posts }: CopyWorld) =>
  (posts.posts[0]?.message ?? "")
    .split("\n")
    .slice(2)
    .map((line) => line.replace(/^> ?/, "").replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1"))
    .filter((line) => line !== "");

test("what hangs on the post is not named above as well", async () => {
  const world = await delivered(["one"], ["plan.txt"]);
  expect(quoted(world)).toEqual(["look", "Image", "File: plan.txt (contoso.sharepoint.com)"]);
  await world.copy();
  await world.attach();
  expect(quoted(world)).toEqual(["look"]);
  expect(world.shown().files).toEqual(["picture-1.png", "plan.txt"]);
});

test("what could not be copied keeps its line", async () => {
  const world = await delivered(["one"], ["plan.txt", "film.mp4"]);
  world.contents.set("ann film.mp4", new NotCopyable("too-large"));
  await world.copy();
  await world.attach();
  expect(quoted(world)).toEqual(["look", "File: film.mp4 (contoso.sharepoint.com)"]);
  expect(world.shown().note).toBe('Not copied (larger than 1 MB): "film.mp4"');
});

test("a line that went comes back when the post does not take the file", async () => {
  const world = await delivered(["one", "two"]);
  world.posts.room = 1;
  await world.copy();
  await world.attach();
  expect(quoted(world)).toEqual(["look", "Image"]);
});

test("a post that takes no files at all keeps every line", async () => {
  const world = await delivered(["one"], ["plan.txt"]);
  world.posts.room = 0;
  await world.copy();
  await world.attach();
  expect(quoted(world)).toEqual(["look", "Image", "File: plan.txt (contoso.sharepoint.com)"]);
});

test("a message of a picture alone is its line and the picture", async () => {
  const world = new CopyWorld({ ...messageWith(["one"]), body: messageWith(["one"]).body });
  const content = world.message.body.content.replace("<p>look</p>", "");
  world.message = htmlMessage(content);
  await world.deliver();
  expect(quoted(world)).toEqual(["Image"]);
  await world.copy();
  await world.attach();
  expect(world.posts.posts[0]?.message).toMatch(/^[^\n]*Open in Teams\]\([^\n]*\)$/);
});

test("words on both sides of a picture stay apart", async () => {
  const world = new CopyWorld(messageWith(["one"]));
  world.message = htmlMessage(
    world.message.body.content.replace(/<p>look<\/p>(<img.*>)/, "<p>look$1here</p>"),
  );
  await world.deliver();
  await world.copy();
  await world.attach();
  expect(quoted(world)).toEqual(["look here"]);
});

test("a text that shows a later state stays as it is", async () => {
  const world = await delivered(["one"]);
  await world.copy();
  const edited = { ...world.part(), text: "edited [Image](x)", fingerprint: "later" };
  await world.posts.rewrite("post-1", writeParts([edited]));
  await world.attach();
  expect([world.posts.posts[0]?.message, world.shown().files]).toEqual([
    "edited [Image](x)",
    ["picture-1.png"],
  ]);
});

test("files do not wait for a chat that cannot be looked up, and the text keeps the chat's name", async () => {
  const world = await delivered(["one"]);
  world.failChat = new GraphError("unavailable", "busy");
  const before = world.posts.posts[0]?.message;
  await world.copy();
  await world.attach();
  expect([world.posts.posts[0]?.message, world.shown().files]).toEqual([before ?? "", ["picture-1.png"]]);
});

test("messages that share the post keep their text", async () => {
  const world = new CopyWorld(messageWith(["one"]));
  const other = { ...world.part(), key: "19:a@thread.v2/1", text: "another [Image](x)" };
  await world.deliver(other);
  await world.copy();
  await world.attach();
  expect(world.posts.posts[0]?.message).toMatch(
    /^another \[Image\]\(x\)\n\n\*\*Ann Lee\*\*[^\n]*\n\n> look$/,
  );
});

test("repeating it changes nothing", async () => {
  const world = await delivered(["one"], ["plan.txt"]);
  await world.copy();
  const entries = [...world.accepted];
  await world.attach();
  const [post] = world.posts.posts;
  world.accepted.push(...entries);
  await world.attach();
  expect(world.posts.posts).toEqual([post ?? expect.unreachable()]);
});
