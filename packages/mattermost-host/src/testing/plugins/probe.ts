import { type Activation, AppError, type PluginHooks } from "@msteams-notifications/plugin-sdk";
import { runPlugin } from "@msteams-notifications/plugin-sdk/run";
import { fromWire, toWire } from "../any-wire.ts";

type Api = Activation["api"];
let api: Api;
const never = () => new Promise<never>(() => {});

/** What the test set in the plugin's settings. */
async function setting(name: string): Promise<unknown> {
  return Reflect.get(Object(await api.configuration.load()), name);
}

/** Tells the test, through the server's log, that a hook ran and with what. */
async function told(hook: string, ...args: readonly unknown[]): Promise<void> {
  await api.log.info(`hook ${hook}`, { args: JSON.stringify(toWire(args)), pid: process.pid });
}

/** Calls `api[group][method](...args)` as the test asks and answers what came of it. */
async function call(request: Request): Promise<Response> {
  const { group, method, args } = Object(fromWire(await request.json()));
  try {
    if (group === "plugins" && method === "fetch") {
      const [path, init] = args;
      const answer = await api.plugins.fetch(new Request(`http://plugins${path}`, init));
      return Response.json({ result: { status: answer.status, text: await answer.text() } });
    }
    const result: unknown = await Reflect.get(Reflect.get(api, group), method)(...args);
    return Response.json({ result: toWire(result) });
  } catch (error) {
    const { name, message, id, statusCode, detailedError } = Object(error);
    return Response.json({ error: { name, message, id, statusCode, detailedError } });
  }
}

async function route(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  switch (pathname) {
    case "/call":
      return call(request);
    case "/echo":
      return new Response(request.body);
    case "/exit":
      process.exit(1);
      break;
    case "/block":
      for (;;);
    default: {
      const { method, url, headers } = request;
      return Response.json({ pid: process.pid, method, url, headers: Object.fromEntries(headers) });
    }
  }
}

async function onActivate(activation: Activation): Promise<void> {
  api = activation.api;
  const refusal = await setting("refuse");
  if (typeof refusal === "string" && refusal !== "") throw new Error(refusal);
  await api.commands.register({
    trigger: "Probe",
    autoComplete: true,
    autocompleteData: { trigger: "probe", helpText: "Asks the probe", roleID: "system_user" },
  });
  if ((await setting("onactivate")) === "save") await api.configuration.savePlugin({ saved: true });
  if ((await setting("onactivate")) === "disable") {
    await api.plugins.disable(await api.server.pluginId());
  }
  await told("OnActivate");
  if ((await setting("onactivate")) === "hang") await never();
}

const hooks: PluginHooks = {
  onActivate,
  async onDeactivate() {
    await told("OnDeactivate");
    if ((await setting("ondeactivate")) === "hang") await never();
  },
  onConfigurationChange: async () => told("OnConfigurationChange", await api.configuration.load()),
  serveHttp: route,
  serveMetrics: (request) => new Response(`probe_path{path="${new URL(request.url).pathname}"} 1\n`),
  async executeCommand(_context, args) {
    await told("ExecuteCommand", args);
    switch (args.command.split(" ")[1]) {
      case "exit":
        process.exit(1);
        break;
      case "refuse":
        throw new AppError({ id: "probe.refused", message: "The probe is busy.", statusCode: 409 });
      case "nothing":
        return undefined;
      case "aloud":
        return { responseType: "in_channel", text: "Everybody reads this" };
      default:
        return {
          text: `You said ${args.command}`,
          extraResponses: [{ text: "And more", skipSlackParsing: true }],
        };
    }
    return undefined;
  },
  messageWillBePosted(_context, post) {
    if (post.message.includes("forbidden")) return [post, "Such words are not welcome."];
    if (post.message.includes("dismiss")) return [undefined, "plugin.message_will_be_posted.dismiss_post"];
    if (post.message.includes("shout"))
      return [{ message: post.message.toUpperCase(), props: { loud: true } }, ""];
    return [undefined, ""];
  },
  messageWillBeUpdated(_context, now) {
    if (now.message.includes("forbidden")) return [undefined, "Such words are not welcome."];
    return [{ ...now, message: now.message.replace("shout", "SHOUT") }, ""];
  },
  userWillLogIn: (_context, user) => (user.username === "mallory" ? "Not today." : ""),
  messageHasBeenPosted: (_context, post) => told("MessageHasBeenPosted", post),
  messageHasBeenUpdated: (_context, now, before) => told("MessageHasBeenUpdated", now, before),
  messageHasBeenDeleted: (_context, post) => told("MessageHasBeenDeleted", post),
  reactionHasBeenAdded: (_context, reaction) => told("ReactionHasBeenAdded", reaction),
  reactionHasBeenRemoved: (_context, reaction) => told("ReactionHasBeenRemoved", reaction),
  preferencesHaveChanged: (_context, preferences) => told("PreferencesHaveChanged", preferences),
  channelHasBeenCreated: (_context, channel) => told("ChannelHasBeenCreated", channel),
  userHasJoinedChannel: (_context, member, actor) => told("UserHasJoinedChannel", member, actor),
  userHasLeftChannel: (_context, member, actor) => told("UserHasLeftChannel", member, actor),
  userHasJoinedTeam: (_context, member, actor) => told("UserHasJoinedTeam", member, actor),
  userHasLeftTeam: (_context, member, actor) => told("UserHasLeftTeam", member, actor),
  userHasBeenCreated: (_context, user) => told("UserHasBeenCreated", user),
  userHasLoggedIn: (_context, user) => told("UserHasLoggedIn", user),
  userHasBeenDeactivated: (_context, user) => told("UserHasBeenDeactivated", user),
  onWebSocketConnect: (connectionId, userId) => told("OnWebSocketConnect", connectionId, userId),
  onWebSocketDisconnect: (connectionId, userId) => told("OnWebSocketDisconnect", connectionId, userId),
  webSocketMessageHasBeenPosted: (connectionId, userId, request) =>
    told("WebSocketMessageHasBeenPosted", connectionId, userId, request),
  onPluginClusterEvent: (_context, event) => told("OnPluginClusterEvent", event),
};

await runPlugin(() => Promise.resolve(hooks));
