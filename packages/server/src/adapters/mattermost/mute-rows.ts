import { createHash } from "node:crypto";
import { z } from "zod";
import type { Mute } from "../../domain/mute.ts";

const prefix = "mute_";

const kept = z.object({
  chat: z.string().min(1),
  until: z.number().nullable(),
  mentions: z.boolean(),
});

/** Names of preferences end at 32 bytes (facts, section 5), which ids of chats are longer than. */
export function muteName(chatId: string): string {
  return `${prefix}${createHash("sha256").update(chatId).digest("base64url").slice(0, 26)}`;
}

export function muteValue({ chatId, untilMs, mentions }: Mute): string {
  const row: z.infer<typeof kept> = { chat: chatId, until: untilMs ?? null, mentions };
  return JSON.stringify(row);
}

/** People can write anything into their preferences: what is no mute of the chat that its name says is none. */
export function readMute({ name, value }: { readonly name: string; readonly value: string }): Mute[] {
  if (!name.startsWith(prefix)) return [];
  const { data } = kept.safeParse(parsed(value));
  if (data === undefined || muteName(data.chat) !== name) return [];
  return [{ chatId: data.chat, untilMs: data.until ?? undefined, mentions: data.mentions }];
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
