/**
 * A plugin with the least code that can be measured, compiled as the product is: it calls the API as often as it is told,
 * lets posts through, and counts the bytes of requests. interop/bench/plugin is the same in Go.
 */
import type { Api, PluginHooks } from "@msteams-notifications/plugin-sdk";
import { runPlugin } from "@msteams-notifications/plugin-sdk/run";

/** What the measuring host asks for in a command's text. */
interface Wish {
  readonly method: "GetUser" | "CreatePost";
  readonly atOnce: number;
  readonly milliseconds: number;
}

let api: Api;

function createPost(): Promise<unknown> {
  return api.posts.create({
    userId: "bot1",
    channelId: "channel1",
    message: "**Ben Okafor** in *Harbour project*\n> The crane is free from two o'clock.",
    props: { key: "chat1/1790000000000" },
  });
}

/** Keeps so many calls under way until the time is over; resolves to how many were made. */
async function callAsTold({ method, atOnce, milliseconds }: Wish): Promise<number> {
  const call = method === "CreatePost" ? createPost : () => api.users.get("user1");
  const until = performance.now() + milliseconds;
  let made = 0;
  const caller = async () => {
    while (performance.now() < until) {
      await call();
      made++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
  return made;
}

const hooks: PluginHooks = {
  onActivate(activation) {
    api = activation.api;
  },
  async executeCommand(_context, { command }) {
    return { text: String(await callAsTold(JSON.parse(command))) };
  },
  messageWillBePosted: (_context, post) => [post, ""],
  async serveHttp(request) {
    const { byteLength } = await request.arrayBuffer();
    return Response.json({ bytes: byteLength });
  },
};

await runPlugin(() => Promise.resolve(hooks));
