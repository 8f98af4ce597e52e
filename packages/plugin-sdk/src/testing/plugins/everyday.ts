import type { Api } from "../../api/create-api.ts";
import { runPlugin } from "../../go-plugin/run-plugin.ts";
import type { PluginHooks } from "../../hooks/define-plugin.ts";

let api: Api;

async function route(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  switch (pathname) {
    case "/echo":
      return new Response(request.body, { headers: { "content-type": "application/octet-stream" } });
    case "/length": {
      let total = 0;
      for await (const chunk of request.body ?? []) total += chunk.length;
      return Response.json({ total });
    }
    case "/produce": {
      let left = Number(searchParams.get("bytes"));
      return new Response(
        new ReadableStream<Uint8Array>({
          pull(controller) {
            if (left <= 0) return controller.close();
            const size = Math.min(left, 100_000);
            left -= size;
            controller.enqueue(new Uint8Array(size).fill(left & 0xff));
          },
        }) as BodyInit,
      );
    }
    case "/throw":
      throw new Error("the route failed");
    case "/crash":
      queueMicrotask(() => {
        throw new Error("fatal mistake");
      });
      return new Promise(() => {});
    case "/unread":
      return new Response("not read", { status: 413 });
    case "/whoami":
      return new Response(`${request.method} ${request.headers.get("mattermost-user-id")} ${request.url}`);
    default:
      return new Response(null, { status: 404 });
  }
}

const hooks: PluginHooks = {
  async onActivate(activation) {
    api = activation.api;
    if (process.env.TEST_REFUSE !== undefined) throw new Error("no licence to run");
    await api.log.info("active", { version: await api.server.version() });
  },
  async onDeactivate() {
    await api.log.info("inactive");
  },
  async executeCommand(_context, args) {
    if (args.command === "/hang") return new Promise(() => {});
    const user = await api.users.get(args.userId);
    return { responseType: "ephemeral", text: `${args.command} by ${user.username}` };
  },
  messageWillBePosted(_context, post) {
    return [{ ...post, message: post.message.toUpperCase() }, ""];
  },
  serveHttp: route,
};

if (process.env.TEST_IGNORE_END !== undefined) {
  // A plugin that does not end by itself: something of the author's holds the process.
  process.exit = (() => {
    setInterval(() => {}, 1_000);
  }) as typeof process.exit;
}

await runPlugin(() => Promise.resolve(hooks));
