import { expect, test } from "bun:test";
import { ann } from "../subscriptions/testing/graph.ts";
import { readParts } from "./post-parts.ts";
import { type Pipeline, pipeline, work } from "./testing/pipeline.ts";

const texts = (run: Pipeline) => run.posts.posts.map(({ message }) => message);
const message = { text: "secret", senderId: "ben" };
const edited = { ...message, text: "new secret", changedAtMs: 2 };

async function delivered(show: "whole" | "sender" | "notice", limit?: "sender" | "notice") {
  const run = pipeline({ connections: [ann] });
  run.limits = limit === undefined ? {} : { show: limit };
  await run.preferences.change(ann.userId, { show });
  await run.process(work(message));
  return run;
}

test("what a person wants to be shown is shown, and no more is fetched for it", async () => {
  expect(texts(await delivered("whole"))).toEqual(["secret"]);
  for (const show of ["sender", "notice"] as const) {
    const run = await delivered(show);
    expect(texts(run)).toEqual([`as ${show}`]);
    expect([run.prepared, run.followed]).toEqual([[], []]);
  }
});

test("nobody is shown more than the administrator allows", async () => {
  expect(texts(await delivered("whole", "sender"))).toEqual(["as sender"]);
  expect(texts(await delivered("notice", "sender"))).toEqual(["as notice"]);
});

test("an edit shows no more than its post did", async () => {
  const run = await delivered("sender");
  await run.preferences.change(ann.userId, { show: "whole" });
  await run.process(work(edited, { changeType: "updated" }));
  expect(texts(run)).toEqual(["as sender"]);
  expect([run.prepared, run.followed]).toEqual([[], []]);
});

test("an edit shows no more than the administrator has come to allow, and takes the files along", async () => {
  const run = await delivered("whole");
  const delivery = { chatId: "19:group", messageId: "1", userId: ann.userId };
  await run.files.record(delivery, "picture", { kind: "copied", fileId: "mine" });
  const [post] = run.posts.posts;
  await run.posts.attach(post?.id ?? "", { key: post?.key ?? "", fileIds: ["mine"], note: "" });
  run.limits = { show: "sender" };
  await run.process(work(edited, { changeType: "updated" }));
  expect(texts(run)).toEqual(["as sender"]);
  expect(run.posts.attached.get(post?.id ?? "")?.fileIds).toEqual([]);
  run.limits = {};
  await run.process(work({ ...edited, changedAtMs: 3, text: "newer" }, { changeType: "updated" }));
  expect(texts(run)).toEqual(["as sender"]);
});

test("where nobody is named, the post does not keep who wrote", async () => {
  const authorOf = (run: Pipeline) => {
    const [post] = run.posts.posts;
    return post && readParts({ message: post.message, props: post.props ?? {} })?.[0]?.author;
  };
  expect(authorOf(await delivered("sender"))).toBe("ben");
  const run = await delivered("notice");
  expect(authorOf(run)).toBeNull();
  await run.process(work(edited, { changeType: "updated" }));
  expect(authorOf(run)).toBeNull();
});

test("the thread of messages that name no chat names none", async () => {
  const run = pipeline({ connections: [ann] });
  await run.preferences.change(ann.userId, { show: "notice", threads: "chats" });
  await run.process(work(message));
  expect(texts(run)).toEqual(["a thread", "as notice"]);
});
