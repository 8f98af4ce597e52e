import { Hono } from "hono";
import { z } from "zod";
import { readPress } from "../../application/commands/button-press.ts";
import { chatKinds, chatReply, mutedReply } from "../../application/commands/chat-answers.ts";
import { pressButton } from "../../application/commands/press-button.ts";
import { whyThisText } from "../../application/commands/why-answers.ts";
import type { Integration } from "../../application/integration.ts";
import type { Reply } from "../../application/mattermost/ephemeral-posts.ts";
import { sayTime } from "../../domain/until.ts";
import { type ChatAnswer, type ChatMuting, type ChatsAnswer, paths } from "./contract.ts";
import { type HttpParts, sessionUserId } from "./http-parts.ts";
import { errorAnswer, jsonAnswer, notSetUp, signInFirst } from "./json-answer.ts";
import { whoAsks } from "./who-asks.ts";

const mattermostId = z.string().regex(/^[a-z0-9]{26}$/);

/** What Mattermost tells of a press (facts, section 4), as far as it is needed. */
const pressed = z.object({
  post_id: mattermostId,
  channel_id: mattermostId,
  context: z.object({ root: z.literal("").or(mattermostId).default("") }).loose(),
});

const muting: z.ZodType<ChatMuting> = z.object({
  chatId: z.string().min(1).max(500),
  until: z.enum(["1h", "tomorrow", "always", "off", "as-it-is"]),
  mentions: z.boolean(),
});

const ends = {
  "1h": { until: "1h" },
  tomorrow: { until: "tomorrow" },
  always: {},
  "as-it-is": { keepsEnd: true },
} as const;

const place = z.object({ channelId: mattermostId, rootId: z.literal("").or(mattermostId) });

/** A person's chats: what autocomplete offers, what buttons do, and the menu of posts. */
export function chatRoutes(parts: HttpParts): Hono {
  const routes = new Hono();

  /** An item of `AutocompleteListItem` for each chat (facts, section 3). */
  const suggest = (path: string, isOffered: (isMuted: boolean) => boolean) =>
    routes.get(path, async (context) => {
      const userId = sessionUserId(context.req.raw);
      const setup = parts.setup();
      if (userId === undefined) return signInFirst();
      if (setup.kind !== "ready") return jsonAnswer([]);
      const { chats = [] } = (await setup.integration.chats(userId)) ?? {};
      const offered = chats.filter(({ mute }) => isOffered(mute !== undefined));
      return jsonAnswer(
        offered.map(({ label, mute }) => ({
          Item: label,
          Hint: mute === undefined ? "" : "muted",
          HelpText: "",
        })),
      );
    });
  suggest(paths.recentChats, () => true);
  suggest(paths.mutedChats, (isMuted) => isMuted);

  routes.get(paths.chats, async (context) => {
    const userId = sessionUserId(context.req.raw);
    const setup = parts.setup();
    if (userId === undefined) return signInFirst();
    return setup.kind === "ready" ? listed(setup.integration, userId) : errorAnswer(503, notSetUp);
  });

  routes.put(paths.chats, async (context) => {
    const asked = await whoAsks(parts, context.req.raw);
    if (asked instanceof Response) return asked;
    const { integration, userId } = asked;
    const { data } = muting.safeParse(asked.json);
    if (data === undefined) return errorAnswer(400, "This is no way to mute a chat.");
    const { until, mentions } = data;
    const chat = { kind: "id", chatId: data.chatId } as const;
    const done =
      until === "off"
        ? await integration.unmute(userId, chat)
        : await integration.mute(userId, { chat, mentions, ...ends[until] });
    if (done.kind === "too-many") return errorAnswer(409, mutedReply(done).message);
    return listed(integration, userId);
  });

  routes.post(paths.buttons, async (context) => {
    const asked = await whoAsks(parts, context.req.raw);
    if (asked instanceof Response) return asked;
    const { data } = pressed.safeParse(asked.json);
    const press = readPress(data?.context);
    if (data === undefined || press === undefined) return errorAnswer(400, "This is no press of a button.");
    const reply = await pressButton(asked.integration, asked.userId, press);
    const at = { channelId: data.channel_id, rootId: data.context.root || undefined };
    // An answer's own update would look for a stored post, which this is not (facts, section 4).
    await parts.ephemeral()?.update(asked.userId, at, { id: data.post_id, ...reply });
    return jsonAnswer({});
  });

  routes.post(`${paths.posts}/:postId/mute`, async (context) => {
    const asked = await whoAsks(parts, context.req.raw);
    if (asked instanceof Response) return asked;
    const one = await asked.integration.chatOfPost(asked.userId, context.req.param("postId"));
    const reply: Reply = one.kind === "one" ? chatReply(one.chat, one.here) : mutedReply(one);
    return say(parts, asked.userId, asked.json, reply);
  });

  routes.post(`${paths.posts}/:postId/why`, async (context) => {
    const asked = await whoAsks(parts, context.req.raw);
    if (asked instanceof Response) return asked;
    const decisions = await asked.integration.decisionOfPost(asked.userId, context.req.param("postId"));
    return say(parts, asked.userId, asked.json, { message: whyThisText(decisions) });
  });

  return routes;
}

async function listed(integration: Pick<Integration, "chats">, userId: string): Promise<Response> {
  const found = await integration.chats(userId);
  if (found === undefined) return jsonAnswer<ChatsAnswer>({});
  const chats = found.chats.map(({ chatId, label, kind, mute }): ChatAnswer => {
    const named = { chatId, label, kind: chatKinds[kind] };
    if (mute === undefined) return named;
    const { untilMs, mentions } = mute;
    const until = untilMs === undefined ? {} : { until: sayTime(untilMs, found.here) };
    return { ...named, mute: { mentions, ...until } };
  });
  return jsonAnswer<ChatsAnswer>({ chats });
}

/** Shows a reply to the person where they are. */
async function say(parts: HttpParts, userId: string, json: unknown, reply: Reply): Promise<Response> {
  const { data } = place.safeParse(json);
  if (data === undefined) return errorAnswer(400, "A channel is needed to answer in.");
  const at = { channelId: data.channelId, rootId: data.rootId || undefined };
  await parts.ephemeral()?.send(userId, at, { id: parts.newId(), ...reply });
  return new Response(null, { status: 204 });
}
