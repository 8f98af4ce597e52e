import { z } from "zod";

/** What pressing a button of the bot asks for, and whether the button stands in a list or below one chat. */
export type ButtonPress = { readonly chatId: string; readonly view: "list" | "one" } & (
  | { readonly does: "mute"; readonly until: string }
  | { readonly does: "unmute" }
);

const kept = z.object({
  does: z.enum(["mute", "unmute"]),
  chat: z.string().min(1).max(500),
  until: z.string().max(20).default("always"),
  view: z.enum(["list", "one"]),
});

export function pressOf(press: ButtonPress): Readonly<Record<string, string>> {
  const { does, chatId: chat, view } = press;
  return { does, chat, view, ...(press.does === "mute" && { until: press.until }) };
}

/** People can send anything in place of a button's own words: undefined for what none of our buttons says. */
export function readPress(json: unknown): ButtonPress | undefined {
  const { data } = kept.safeParse(json);
  if (data === undefined) return undefined;
  const { chat: chatId, does, until, view } = data;
  return does === "mute" ? { does, chatId, until, view } : { does, chatId, view };
}
