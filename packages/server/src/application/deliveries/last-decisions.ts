import type { NeverReason } from "../../domain/delivery-policy.ts";
import { type Here, knownTimeZone } from "../../domain/until.ts";
import { messageOfPost } from "../chats/mute-chat.ts";
import type { Clock } from "../clock.ts";
import type { ConnectionStore } from "../connections/connection-store.ts";
import type { BotPosts } from "../mattermost/bot-posts.ts";
import type { MattermostUsers } from "../mattermost/mattermost-users.ts";
import type { DeliveryLog, DeliveryRecord } from "./delivery-log.ts";

export interface DecisionPorts {
  readonly connections: Pick<ConnectionStore, "byMattermostUser">;
  readonly deliveries: Pick<DeliveryLog, "find" | "ofPerson">;
  readonly users: Pick<MattermostUsers, "get">;
  readonly posts: Pick<BotPosts, "directChannel" | "keyOf">;
  readonly clock: Clock;
}

/** What was decided about a person's messages, newest first, and where and when they ask. */
export interface Decisions {
  readonly records: readonly DeliveryRecord[];
  readonly here: Here;
}

/** As many as answer why something did not come just now. */
const decisionsShown = 10;

/** Nobody waits for these, and they would fill the list. */
const obvious: readonly NeverReason[] = ["own-message", "self-chat", "system-event"];

/** Undefined for who is not connected. */
export async function lastDecisions(ports: DecisionPorts, userId: string): Promise<Decisions | undefined> {
  if ((await ports.connections.byMattermostUser(userId)) === undefined) return undefined;
  return {
    records: await ports.deliveries.ofPerson(userId, decisionsShown, obvious),
    here: await hereOf(ports, userId),
  };
}

/** About the message of a post of the bot; none when it stands for no message. */
export async function decisionOfPost(
  ports: DecisionPorts,
  userId: string,
  postId: string,
): Promise<Decisions> {
  const message = await messageOfPost(ports.posts, userId, postId);
  const record = message && (await ports.deliveries.find({ ...message, userId }));
  return { records: record === undefined ? [] : [record], here: await hereOf(ports, userId) };
}

async function hereOf({ users, clock }: DecisionPorts, userId: string): Promise<Here> {
  const user = await users.get(userId);
  return { nowMs: clock.now(), timeZone: knownTimeZone(user?.timeZone) };
}
