import { afterEach, describe, expect, test } from "bun:test";
import { startTestInstallation, type TestInstallation } from "../testing/installation.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { TestSocket } from "../testing/test-socket.ts";

let resources = new AsyncDisposableStack();
afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});
const start = async (options?: Parameters<typeof startTestInstallation>[0]): Promise<TestInstallation> =>
  resources.use(await startTestInstallation(options));
const open = async (url: string, headers?: Record<string, string>) =>
  resources.use(await TestSocket.open(url, headers));

describe("a websocket client", () => {
  test("is greeted after its challenge and answered under its number", async () => {
    const { mattermost, ada } = await start();
    const socket = await open(mattermost.url);
    socket.send({ seq: 1, action: "authentication_challenge", data: { token: ada.token } });
    const hello = await socket.event("hello");
    expect(hello).toMatchObject({ seq: 0, broadcast: { user_id: ada.id, channel_id: "" } });
    expect(await socket.reply(1)).toEqual({ status: "OK", seq_reply: 1 });
  });

  test("is cut off when its token is not known", async () => {
    const { mattermost } = await start();
    const socket = await open(mattermost.url);
    socket.send({ seq: 1, action: "authentication_challenge", data: { token: "unknown" } });
    await socket.closed;
    expect(mattermost.nodes[0]?.connectedClients).toBe(0);
  });

  test("is cut off when it shows no token for five seconds", async () => {
    const clock = new ManualClock();
    const { mattermost } = await start({ clock });
    const socket = await open(mattermost.url);
    clock.advance(4_999);
    expect(mattermost.nodes[0]?.connectedClients).toBe(1);
    clock.advance(1);
    await socket.closed;
    expect(clock.pending).toBe(0);
  });

  test("is let in by the cookie of its own page and not by that of a stranger's", async () => {
    const { mattermost, ada } = await start();
    const cookie = `MMAUTHTOKEN=${ada.token}`;
    const own = await open(mattermost.url, { cookie, origin: mattermost.url });
    expect(await own.event("hello")).toMatchObject({ event: "hello" });
    const foreign = await open(mattermost.url, { cookie, origin: "http://elsewhere.example" });
    foreign.send({ seq: 1, action: "ping" });
    await foreign.closed;
  });

  test("makes the person appear online unless they chose a status themselves", async () => {
    const { mattermost, ada, ben } = await start();
    await ben.put("/users/me/status", { status: "dnd" });
    for (const person of [ada, ben]) {
      await (await open(mattermost.url, { authorization: `Bearer ${person.token}` })).event("hello");
    }
    expect((await ada.get("/users/me/status")).json).toMatchObject({ status: "online", manual: false });
    expect((await ben.get("/users/me/status")).json).toMatchObject({ status: "dnd", manual: true });
  });

  test("leaves the person online while they have another, on whichever node", async () => {
    const { mattermost, ada } = await start({ nodes: 2 });
    const headers = { authorization: `Bearer ${ada.token}` };
    const sockets = await Promise.all(mattermost.nodes.map((node) => open(node.url, headers)));
    await Promise.all(sockets.map((socket) => socket.event("hello")));
    const statusAfterClosing = async (index: number) => {
      const gone = new Promise<void>((resolve) => {
        mattermost.nodes[index]?.activity.occurrences.subscribe(() => resolve());
      });
      sockets[index]?.close();
      await gone;
      return mattermost.system.users.status(ada.id).status;
    };
    expect(await statusAfterClosing(0)).toBe("online");
    expect(await statusAfterClosing(1)).toBe("offline");
    expect(mattermost.system.clients.of(ada.id)).toBe(0);
  });

  test("is cut off with the session that let it in", async () => {
    const { mattermost, admin, ada } = await start();
    const socket = await open(mattermost.url, { authorization: `Bearer ${ada.token}` });
    await socket.event("hello");
    await admin.put(`/users/${ada.id}/active`, { active: false });
    await socket.closed;
    expect(socket.events.map((event) => event.event)).not.toContain("user_updated");
  });

  test("is refused what it can not ask for", async () => {
    const { mattermost, ada } = await start();
    const socket = await open(mattermost.url, { authorization: `Bearer ${ada.token}` });
    socket.send({ seq: 7, action: "fly" });
    expect(await socket.reply(7)).toMatchObject({ status: "FAIL", error: { status_code: 400 } });
    socket.send({ seq: 8, action: "ping" });
    expect(await socket.reply(8)).toMatchObject({ status: "OK", data: { text: "pong" } });
  });
});

describe("events", () => {
  test("reach members of the channel only, numbered without gaps", async () => {
    const { mattermost, ada, ben, admin } = await start();
    const [forBen, forAdmin] = await Promise.all(
      [ben, admin].map((one) => open(mattermost.url, { authorization: `Bearer ${one.token}` })),
    );
    await Promise.all([forBen?.event("hello"), forAdmin?.event("hello")]);
    const { json } = await ada.post("/channels/direct", [ada.id, ben.id]);
    const { id: channelId } = json as { id: string };
    await ada.post("/posts", { channel_id: channelId, message: "only for Ben" });
    const posted = await forBen?.event("posted");
    expect(posted?.data).toMatchObject({
      channel_type: "D",
      sender_name: "@ada",
      mentions: JSON.stringify([ben.id]),
    });
    expect(JSON.parse(String(posted?.data.post))).toMatchObject({ message: "only for Ben" });
    expect(forBen?.events.map((event) => event.seq)).toEqual(forBen?.events.map((_, index) => index));
    mattermost.system.events.publish("custom_p_done", {}, {});
    await forAdmin?.event("custom_p_done");
    expect(forAdmin?.events.map((event) => event.event)).not.toContain("posted");
  });

  test("reach clients of every node", async () => {
    const { mattermost, ada } = await start({ nodes: 2 });
    const second = mattermost.nodes[1];
    const socket = await open(second?.url ?? "", { authorization: `Bearer ${ada.token}` });
    await socket.event("hello");
    await ada.put("/users/me/preferences", [
      { user_id: ada.id, category: "pp_x", name: "notifications", value: "on" },
    ]);
    const { data } = await socket.event("preferences_changed");
    expect(JSON.parse(String(data.preferences))).toEqual([
      { user_id: ada.id, category: "pp_x", name: "notifications", value: "on" },
    ]);
  });

  test("tell plugins of the node who came and went", async () => {
    const { mattermost, ada } = await start();
    const seen: string[] = [];
    const gone = Promise.withResolvers<void>();
    mattermost.nodes[0]?.activity.occurrences.subscribe(({ kind }) => {
      seen.push(kind);
      if (kind === "websocket-disconnected") gone.resolve();
    });
    const socket = await open(mattermost.url, { authorization: `Bearer ${ada.token}` });
    await socket.event("hello");
    socket.close();
    await gone.promise;
    expect(seen).toEqual(["websocket-connected", "websocket-disconnected"]);
  });

  test("end with the server", async () => {
    const { mattermost, ada } = await start();
    const socket = await open(mattermost.url, { authorization: `Bearer ${ada.token}` });
    await socket.event("hello");
    await mattermost.stop();
    await socket.closed;
    expect(mattermost.system.events.subscribers).toBe(0);
  });
});
