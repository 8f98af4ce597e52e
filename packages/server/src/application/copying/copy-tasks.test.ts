import { describe, expect, test } from "bun:test";
import { htmlMessage } from "../../domain/testing/chat-messages.ts";
import { GraphError } from "../graph/graph-error.ts";
import { MattermostError } from "../mattermost/mattermost-error.ts";
import { writeParts } from "../notifications/post-parts.ts";
import { maxCopyAttempts, withoutCopies } from "./copy-tasks.ts";
import { NotCopyable } from "./copying-ports.ts";
import { CopyWorld, key, messageWith, recordNothing } from "./testing/copy-world.ts";

async function delivered(...given: Parameters<typeof messageWith>): Promise<CopyWorld> {
  const world = new CopyWorld(messageWith(...given));
  await world.deliver();
  return world;
}

const down = new GraphError("unavailable", "down");

describe("what a delivered message brings", () => {
  test("is copied in its order, then attached in the lane of the chat", async () => {
    const world = await delivered(["one", "two"], ["report.docx"]);
    await world.copy();
    expect(world.reads).toEqual(["one", "two", "ann report.docx"]);
    // Pictures are shown before the file is begun, which may take minutes.
    const attaching = { changeType: "attach", lane: `ann/${key.chatId}` };
    expect(world.accepted).toMatchObject([attaching, attaching]);
    expect(new Set(world.accepted.map(({ dedupeKey }) => dedupeKey)).size).toBe(2);
    expect(world.shown().files).toEqual([]);
    await world.attach();
    expect(world.shown()).toEqual({ files: ["picture-1.png", "picture-2.png", "report.docx"], note: "" });
    expect(world.uploads.all.map(({ channelId }) => channelId)).toEqual(["dm-ann", "dm-ann", "dm-ann"]);
  });

  test("is named by what its sender says is on the picture, in one line and with one extension", async () => {
    const described = (alt: string) => messageWith(["one"]).body.content.replace("<img", `<img alt="${alt}"`);
    const names: string[] = [];
    for (const alt of ["Plan of the moorings.", "a/b.png", "two\nlines", "image", "..."]) {
      const world = await delivered(["one"]);
      world.message = htmlMessage(described(alt));
      await world.copy();
      names.push(...world.uploads.all.map(({ name }) => name));
    }
    expect(names).toEqual([
      "Plan of the moorings.png",
      "a_b.png",
      "two.png",
      "picture-1.png",
      "picture-1.png",
    ]);
  });

  test("is copied up to ten files, the rest named", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `file-${index + 1}.txt`);
    const world = await delivered([], names);
    await world.copy();
    await world.attach();
    expect(world.shown()).toEqual({
      files: names.slice(0, 10),
      note: 'Not copied (a post holds ten files): "file-11.txt"\nNot copied (a post holds ten files): "file-12.txt"',
    });
    expect(world.reads).toHaveLength(10);
  });

  test("is not copied for somebody who disconnected, or to whom it was never delivered", async () => {
    const gone = await delivered(["one"]);
    await gone.connections.remove("ann");
    await gone.copy();
    const suppressed = new CopyWorld(messageWith(["one"]));
    await suppressed.deliveries.finish(
      key,
      { kind: "suppressed", reason: "present" },
      { sentAtMs: 1, receivedAtMs: 1 },
    );
    await suppressed.copy();
    expect([...gone.reads, ...suppressed.reads, ...gone.accepted]).toEqual([]);
  });

  test("stays in Teams where Mattermost takes no files", async () => {
    const world = await delivered(["one"]);
    world.uploads.allowed = undefined;
    await world.copy();
    await world.attach();
    expect(world.shown().note).toBe("Not copied (this Mattermost takes no files): a picture");
    expect(world.reads).toEqual([]);
  });
});

describe("a failure", () => {
  test.each([
    ["a file beyond the limit", new NotCopyable("too-large"), "larger than 1 MB"],
    [
      "a file the reader may not open",
      new NotCopyable("not-permitted"),
      "Microsoft does not let you open it",
    ],
    ["a file that is gone", new GraphError("not-found", "gone"), "it is no longer there"],
    ["bytes that are no picture", Buffer.from("<svg>"), "it is no picture of a known kind"],
  ])("%s is said in the post, the others arrive", async (_, content, reason) => {
    const world = await delivered(["one", "two"]);
    world.uploads.allowed = { maxFileBytes: 1024 * 1024 };
    world.contents.set("one", content);
    await world.copy();
    await world.attach();
    expect(world.shown()).toEqual({
      files: ["picture-2.png"],
      note: `Not copied (${reason}): a picture`,
    });
  });

  test("a file Mattermost refuses is said, one it could not take now is tried again", async () => {
    const world = await delivered(["one"]);
    world.uploads.failNext = new MattermostError("unavailable", "busy");
    await expect(world.copy()).rejects.toMatchObject({ code: "unavailable" });
    world.uploads.failNext = new MattermostError("rejected", "too many pixels");
    await world.copy(1);
    await world.attach();
    expect(world.shown()).toEqual({
      files: [],
      note: "Not copied (Mattermost did not take it): a picture",
    });
  });

  test("what is ready is shown while the rest is tried again", async () => {
    const world = await delivered(["one", "two"]);
    world.contents.set("one", down);
    await expect(world.copy()).rejects.toBe(down);
    await world.attach();
    expect(world.shown()).toEqual({ files: ["picture-2.png"], note: "" });
    world.contents.delete("one");
    await world.copy(1);
    await world.attach();
    expect(world.shown()).toEqual({ files: ["picture-1.png", "picture-2.png"].toReversed(), note: "" });
    expect(world.reads).toEqual(["one", "two", "one"]);
  });

  test("after the last attempt it is said, and not tried any more", async () => {
    const world = await delivered([], ["report.docx"]);
    world.contents.set("ann report.docx", down);
    await expect(world.copy(maxCopyAttempts - 2)).rejects.toBe(down);
    await world.copy(maxCopyAttempts - 1);
    await world.attach();
    expect(world.shown().note).toBe('Not copied (Microsoft could not be reached): "report.docx"');
    await world.copy(maxCopyAttempts);
    expect(world.reads).toHaveLength(2);
  });

  test("a node that stops records nothing of what it breaks off", async () => {
    const world = await delivered(["one"]);
    world.contents.set("one", new GraphError("not-found", "cut off"));
    world.stopping.abort();
    await expect(world.copy(maxCopyAttempts)).rejects.toThrow("cut off");
    expect(world.copied.all.size).toBe(0);
  });
});

describe("a crash", () => {
  test("before a file was recorded leaves one in the post, and one that nobody sees", async () => {
    const world = await delivered(["one"]);
    const record = world.copied.record.bind(world.copied);
    world.copied.record = () => Promise.reject(new Error("crashed"));
    await expect(world.copy()).rejects.toThrow("crashed");
    world.copied.record = record;
    await world.copy();
    await world.attach();
    expect([world.shown().files.length, world.uploads.all.length]).toEqual([1, 2]);
  });

  test("before the files were to be attached copies none again", async () => {
    const world = await delivered(["one"]);
    world.failAccepting = new Error("crashed");
    await expect(world.copy()).rejects.toThrow("crashed");
    world.failAccepting = undefined;
    await world.copy();
    await world.attach();
    expect([world.shown().files, world.uploads.all.length]).toEqual([["picture-1.png"], 1]);
  });

  test("after they were attached changes nothing", async () => {
    const world = await delivered(["one"]);
    await world.copy();
    const again = [...world.accepted];
    await world.attach();
    world.accepted.push(...again);
    await world.attach();
    expect(world.shown()).toEqual({ files: ["picture-1.png"], note: "" });
  });
});

test("what two nodes copied at once, because one lost its lane unnoticed, is in the post once", async () => {
  const world = await delivered(["one"]);
  await Promise.all([world.copy(), world.copy()]);
  await world.attach();
  expect([world.shown().files, world.uploads.all.length]).toEqual([["picture-1.png"], 2]);
});

test("files that the post has no room for, because other messages share it, are named", async () => {
  const world = await delivered([], ["a.txt", "b.txt"]);
  world.posts.attached.set("post-1", {
    fileIds: Array.from({ length: 9 }, (_, index) => `other-${index}`),
    notes: new Map(),
  });
  await world.copy();
  await world.attach();
  expect(world.posts.attached.get("post-1")?.fileIds).toHaveLength(10);
  expect(world.shown().note).toBe('Not copied (a post holds ten files): "b.txt"');
});

test("files that an older Mattermost does not add to a post are named", async () => {
  const world = await delivered([], ["a.txt"]);
  world.posts.room = 0;
  await world.copy();
  await world.attach();
  expect(world.shown()).toEqual({
    files: [],
    note: 'Not copied (Mattermost did not take it): "a.txt"',
  });
});

test("a post that its reader deleted gets nothing, and nothing fails", async () => {
  const world = await delivered(["one"]);
  await world.copy();
  world.posts.posts.splice(0);
  await world.attach();
  expect(world.posts.attached.size).toBe(0);
});

test("a message that was deleted in Teams meanwhile gets nothing, and nothing is fetched", async () => {
  const world = await delivered(["one"]);
  const [post] = world.posts.posts;
  const part = { ...world.part(), text: "deleted", isWithdrawn: true };
  await world.copy();
  await world.posts.rewrite(post?.id ?? "", writeParts([part]));
  await world.attach();
  world.copied.all.clear();
  await world.copy(1);
  expect([world.posts.attached.size, world.reads]).toEqual([0, ["one"]]);
});

test("a post that shows less than the whole message gets no files, and none are fetched", async () => {
  const world = await delivered(["one"]);
  const [post] = world.posts.posts;
  const part = { ...world.part(), text: "Ann wrote", shown: "sender" as const };
  await world.posts.rewrite(post?.id ?? "", writeParts([part]));
  await world.copy();
  expect([world.posts.attached.size, world.reads]).toEqual([0, []]);
});

test("other work passes through, and files have their own end", async () => {
  const world = await delivered(["one"]);
  await world.tasks.process(world.work({ changeType: "created" }), recordNothing);
  await world.tasks.bury(world.work({ changeType: "updated" }), "gone");
  await world.tasks.bury(world.work({}), "gone");
  expect(world.passedOn).toEqual(["process created", "bury updated"]);
  expect(world.tasks.decideRetry(down, world.work({}))).toEqual({ kind: "dead", reason: "from messages" });
});

test("what waited to be copied when copying was turned off is dropped", async () => {
  const world = await delivered(["one"]);
  const off = withoutCopies(world.tasks);
  await off.process(world.work({}), recordNothing);
  await off.bury(world.work({}), "gone");
  await off.process(world.work({ changeType: "created" }), recordNothing);
  expect([world.reads, world.passedOn]).toEqual([[], ["process created"]]);
});
