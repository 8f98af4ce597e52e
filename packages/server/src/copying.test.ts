import { expect, test } from "bun:test";
import { startTenant } from "@msteams-notifications/teams-simulator";
import { migratedDatabase } from "./adapters/postgres/testing/database.ts";
import type { Integration } from "./application/integration.ts";
import type { Connection } from "./domain/connection.ts";
import { agreeToFiles } from "./testing/agree-to-files.ts";
import { PluginCluster } from "./testing/plugin-node.ts";

/** Pictures and files from a tenant to the bot's posts, over HTTP, delegated tokens and a real database. */

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);
const picture = { id: "aWQ=", contentType: "image/png", bytes: png };
const report = {
  name: "report.docx",
  contentType: "application/msword",
  bytes: new TextEncoder().encode("figures"),
};

async function world(settings: Readonly<Record<string, string>> = {}) {
  await using made = new AsyncDisposableStack();
  const tenant = made.use(await startTenant());
  const fresh = made.use(await migratedDatabase());
  const cluster = made.use(new PluginCluster(tenant, fresh, { copyattachments: "true", ...settings }));
  const bob = tenant.tenant.directory.addUser({ displayName: "Bob" });
  const { conversations } = tenant.tenant;
  const chatWith = (...people: readonly Connection[]) => {
    const memberIds = [bob.id, ...people.map(({ teamsUserId }) => teamsUserId)];
    const chat = conversations.create({ chatType: people.length === 1 ? "oneOnOne" : "group", memberIds });
    type Brought = Pick<Parameters<typeof conversations.send>[1], "files" | "hostedContents" | "attachments">;
    return (brought: Brought) =>
      conversations.send(chat.id, { from: { userId: bob.id }, html: "<p>look</p>", ...brought });
  };
  const agree = (connection: Connection) =>
    agreeToFiles({ config: cluster.config, database: fresh.database }, tenant, connection);
  const requests = (route: string) =>
    tenant.tenant.requests.all.filter((each) => each.route?.endsWith(route)).length;
  const all = made.move();
  return {
    ...{ tenant, cluster, database: fresh.database, chatWith, agree, requests },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Resolves when the node receives and nothing waits to be worked on. */
async function idle(integration: Integration, subscriptions: number): Promise<void> {
  for (;;) {
    const overview = await integration.overview();
    const isCaughtUp = overview.waitingToCatchUp === 0 && overview.backlog.pending === 0;
    if (isCaughtUp && overview.subscriptions.active >= subscriptions) return;
  }
}

const filesOf = ({ posts, uploads }: PluginCluster, userId: string) => {
  const post = posts.posts.find(({ channelId }) => channelId === `dm-${userId}`);
  const { fileIds = [], notes = new Map() } = posts.attached.get(post?.id ?? "") ?? {};
  const names = fileIds.map((id) => uploads.all.find((each) => each.id === id)?.name);
  return { names, note: [...notes.values()].join("\n") };
};

test("picture and file join the post of the text, fetched once and as each reader", async () => {
  await using made = await world();
  const { cluster, chatWith, agree, requests } = made;
  const [ann, ben] = [await cluster.connect("ann"), await cluster.connect("ben")];
  await agree(ann);
  await agree(ben);
  const send = chatWith(ann, ben);
  await using node = await cluster.start();
  await idle(node, 2);
  send({ hostedContents: [picture], files: [report] });
  await cluster.posts.created(2);
  const names = ["picture-1.png", "report.docx"];
  await cluster.posts.attachedAs(() =>
    [ann, ben].every(({ userId }) => filesOf(cluster, userId).names.length === names.length),
  );
  await idle(node, 2);
  for (const { userId } of [ann, ben]) expect(filesOf(cluster, userId)).toEqual({ names, note: "" });
  for (const { message } of cluster.posts.posts) expect(message).toMatch(/^\*\*Bob\*\* in .*\n\n> look$/);
  expect(requests("/$value")).toBe(1);
  expect(requests("/driveItem/content")).toBe(2);
  expect([cluster.posts.posts.length, cluster.uploads.all.length]).toEqual([2, 4]);
}, 20_000);

test("a reader gets no file by another reader's right, and is told of their own", async () => {
  await using made = await world();
  const { cluster, chatWith, agree, tenant } = made;
  const [ann, ben, cem] = [
    await cluster.connect("ann"),
    await cluster.connect("ben"),
    await cluster.connect("cem"),
  ];
  await agree(ann);
  await agree(ben);
  const send = chatWith(ann, ben, cem);
  await using node = await cluster.start();
  await idle(node, 3);
  tenant.tenant.faults.arm({
    kind: "latency",
    ms: 300,
    route: "GET /v1.0/shares/:shareId/driveItem",
  });
  send({ files: [report] });
  for (const item of tenant.tenant.drive.all) item.readerIds.delete(ben.teamsUserId);
  await cluster.posts.created(3);
  await idle(node, 3);
  expect(filesOf(cluster, ann.userId)).toEqual({ names: ["report.docx"], note: "" });
  expect(filesOf(cluster, ben.userId)).toEqual({
    names: [],
    note: 'Not copied (Microsoft does not let you open it): "report.docx"',
  });
  expect(filesOf(cluster, cem.userId)).toEqual({
    names: [],
    note: 'Not copied (your sign-in does not cover files): "report.docx"\nTo have files copied from now on, type `/msteams connect`.',
  });
}, 20_000);

test("copies go with a message that is deleted, return with it, and grow with an edit", async () => {
  await using made = await world();
  const { cluster, chatWith, agree, tenant } = made;
  const ann = await cluster.connect("ann");
  await agree(ann);
  const send = chatWith(ann);
  await using node = await cluster.start();
  await idle(node, 1);
  const { chatId, id } = send({ hostedContents: [picture] });
  const { conversations } = tenant.tenant;
  const shown = () => filesOf(cluster, ann.userId).names;
  await cluster.posts.attachedAs(() => shown().length === 1);
  conversations.delete(chatId, id);
  await tenant.tenant.settled();
  await idle(node, 1);
  expect([cluster.posts.posts[0]?.message, shown()]).toEqual([expect.stringContaining("deleted"), []]);
  conversations.undelete(chatId, id);
  await cluster.posts.attachedAs(() => shown().length === 1);
  conversations.edit(chatId, id, { html: "<p>look</p>", files: [report] });
  await cluster.posts.attachedAs(() => shown().length === 2);
  expect([shown(), cluster.posts.posts.length]).toEqual([["picture-1.png", "report.docx"], 1]);
  await idle(node, 1);
  expect(cluster.posts.posts[0]?.message).toMatch(/edited.*\n\n> look$/);
  const tooLarge = { ...report, name: "film.mp4" };
  cluster.uploads.allowed = { maxFileBytes: 3 };
  conversations.edit(chatId, id, { html: "<p>look again</p>", files: [tooLarge] });
  await tenant.tenant.settled();
  await idle(node, 1);
  expect(cluster.posts.posts[0]?.message).toMatch(/\n\n> look again\n[^\n]*\n> File: \[film\.mp4\][^\n]*$/);
  expect(filesOf(cluster, ann.userId).note).toContain("film.mp4");
}, 20_000);

test("the text comes at once while Microsoft gives no file away, and the file when it does", async () => {
  await using made = await world();
  const { cluster, chatWith, agree, tenant } = made;
  const ann = await cluster.connect("ann");
  await agree(ann);
  const send = chatWith(ann);
  await using node = await cluster.start();
  await idle(node, 1);
  tenant.tenant.faults.arm({ kind: "status", status: 503, route: "GET /download/:ticket", times: 1 });
  tenant.tenant.faults.arm({ kind: "reset", route: "GET /v1.0/shares/:shareId/driveItem", times: 1 });
  send({ files: [report], hostedContents: [picture] });
  await cluster.posts.created(1);
  await cluster.posts.attachedAs(() => filesOf(cluster, ann.userId).names.length === 1);
  expect(filesOf(cluster, ann.userId)).toEqual({ names: ["picture-1.png"], note: "" });
  await cluster.posts.attachedAs(() => filesOf(cluster, ann.userId).names.length === 2);
  expect(cluster.posts.posts).toHaveLength(1);
  expect(cluster.uploads.all.map(({ name }) => name)).toEqual(["picture-1.png", "report.docx"]);
}, 30_000);

test("a node that goes while it copies leaves the work to another, and one file in the post", async () => {
  await using made = await world();
  const { cluster, chatWith, agree, tenant, requests } = made;
  const ann = await cluster.connect("ann");
  await agree(ann);
  const send = chatWith(ann);
  const first = await cluster.start();
  await idle(first, 1);
  tenant.tenant.faults.arm({ kind: "latency", ms: 1_000, route: "GET /download/:ticket", times: 1 });
  send({ files: [report], hostedContents: [picture] });
  await cluster.posts.attachedAs(() => filesOf(cluster, ann.userId).names.length === 1);
  await first[Symbol.asyncDispose]();
  await using _second = await cluster.start();
  await cluster.posts.attachedAs(() => filesOf(cluster, ann.userId).names.length === 2);
  expect(filesOf(cluster, ann.userId)).toEqual({ names: ["picture-1.png", "report.docx"], note: "" });
  expect([cluster.posts.posts.length, cluster.uploads.all.length, requests("/$value")]).toEqual([1, 2, 1]);
}, 30_000);

test("the code of a snippet comes with its message, whether files are copied or not", async () => {
  await using made = await world({ copyattachments: "false" });
  const { cluster, chatWith } = made;
  const send = chatWith(await cluster.connect("ann"));
  await using node = await cluster.start();
  await idle(node, 1);
  const content = JSON.stringify({ language: "Go", codeSnippetUrl: "../hostedContents/code/$value" });
  send({
    hostedContents: [{ id: "code", contentType: "text/plain", bytes: new TextEncoder().encode("x := 1\n") }],
    attachments: [{ contentType: "application/vnd.microsoft.card.codesnippet", content }],
  });
  await cluster.posts.created(1);
  expect(cluster.posts.posts[0]?.message).toEndWith("> ```go\n> x := 1\n> ```");
}, 20_000);

test("a picture of another chat is not fetched, whatever address a message names", async () => {
  await using made = await world();
  const { cluster, chatWith, tenant, requests } = made;
  const [ann, ben] = [await cluster.connect("ann"), await cluster.connect("ben")];
  const secret = chatWith(ben)({ hostedContents: [picture] });
  const [url = ""] = /https:[^"]+/.exec(secret.body.content) ?? [];
  const send = chatWith(ann);
  await using node = await cluster.start();
  await idle(node, 2);
  const before = requests("/$value");
  send({
    attachments: [{ contentType: "image/png", contentUrl: url, name: "mine.png" }],
  });
  await cluster.posts.created(2);
  await idle(node, 2);
  expect(requests("/$value")).toBe(before);
  expect(filesOf(cluster, ann.userId)).toEqual({ names: [], note: "" });
  expect(tenant.tenant.requests.all.some(({ status }) => status === 501)).toBe(false);
}, 20_000);

test("turning copying off removes what people agreed to, and leaves names and links", async () => {
  await using made = await world({ copyattachments: "false" });
  const { cluster, chatWith, agree, database, requests } = made;
  const ann = await cluster.connect("ann");
  await agree(ann);
  const send = chatWith(ann);
  await using node = await cluster.start();
  await idle(node, 1);
  const rows = await database.query("SELECT 1 FROM msteams_notifications.file_grants");
  expect(rows).toEqual([]);
  send({ files: [report] });
  await cluster.posts.created(1);
  await idle(node, 1);
  expect(cluster.posts.posts[0]?.message).toContain("report.docx");
  expect([cluster.posts.attached.size, requests("/driveItem")]).toEqual([0, 0]);
}, 20_000);
