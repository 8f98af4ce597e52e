import { z } from "zod";
import type { Choices } from "../../domain/choices.ts";
import type { BotPost, Json, PostProps } from "../mattermost/bot-posts.ts";

/** The prop in which a post says which messages it shows. */
export const partsProp = "msteams_notifications_parts";

/** Between the messages of one post: an empty line, as between paragraphs. */
const separator = "\n\n";

/** One Teams message within a post of the bot. */
export interface PostPart {
  /** Names the message, see {@link BotPost}. */
  readonly key: string;
  readonly text: string;
  readonly sentAtMs: number;
  /** Nothing is added below it: what is said of it beside the post must not seem to be said of others. */
  readonly standsAlone: boolean;
  /** When the message became what it shows, by Teams' clock. */
  readonly changedAtMs: number;
  /** It is deleted or blocked in Teams, so that nothing else of it may stand here either. */
  readonly isWithdrawn: boolean;
  /** The same for states of the message that look the same. */
  readonly fingerprint: string;
  /** How much of the message is shown: an edit never shows more. */
  readonly shown: Choices["show"];
  /** Marks of what is not named in the text, because its files hang on the post. */
  readonly copied: readonly string[];
  /** Who wrote it, for when Graph has forgotten; as the message's rules wrote it down. Null where it is not shown. */
  readonly author: Json;
}

/** What the text of a post is made of; the length of each part in UTF-16 units tells where it ends. */
const keptParts = z.array(
  z.object({
    key: z.string(),
    length: z.number().int().nonnegative(),
    sentAtMs: z.number(),
    standsAlone: z.boolean(),
    changedAtMs: z.number(),
    isWithdrawn: z.boolean(),
    fingerprint: z.string(),
    shown: z.enum(["whole", "sender", "notice"]).default("whole"),
    copied: z.array(z.string()).default([]),
    author: z.json(),
  }),
);

/**
 * The messages that a post shows. Everything that is known of them stands in the post itself, where nothing is kept that
 * the text does not say, so that text and knowledge change together. `undefined` when somebody else changed the text in
 * such a way that its parts cannot be told apart.
 */
export function readParts(post: Pick<BotPost, "message" | "props">): readonly PostPart[] | undefined {
  const kept = keptParts.safeParse(post.props[partsProp]);
  if (!kept.success) return undefined;
  const [only, second] = kept.data;
  if (only !== undefined && second === undefined) return [toPart(only, post.message)];
  const parts: PostPart[] = [];
  let start = 0;
  for (const part of kept.data) {
    const end = start + part.length;
    parts.push(toPart(part, post.message.slice(start, end)));
    start = end + separator.length;
  }
  return textOf(parts) === post.message ? parts : undefined;
}

/** The post that shows these messages one below the other. */
export function writeParts(parts: readonly PostPart[]): {
  readonly message: string;
  readonly props: PostProps;
} {
  const kept = parts.map(({ text, ...part }) => ({ ...part, length: text.length }));
  return { message: textOf(parts), props: { [partsProp]: kept } };
}

function textOf(parts: readonly PostPart[]): string {
  return parts.map(({ text }) => text).join(separator);
}

function toPart({ length: _, ...part }: z.infer<typeof keptParts>[number], text: string): PostPart {
  return { ...part, text };
}
