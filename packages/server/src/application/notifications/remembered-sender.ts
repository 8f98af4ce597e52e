import { z } from "zod";
import type { Sender } from "../../domain/sender.ts";
import type { Json } from "../mattermost/bot-posts.ts";

const known = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("user"),
    id: z.string(),
    displayName: z.string().optional(),
    standing: z.enum([
      "organization",
      "federated",
      "anonymous-guest",
      "personal-account",
      "skype",
      "phone",
      "email",
      "unknown",
    ]),
  }),
  z.object({
    kind: z.literal("application"),
    displayName: z.string().optional(),
    application: z.enum(["bot", "connector", "webhook", "application"]),
  }),
]);

/** What of a sender a header names, as a post can keep it: Graph forgets who wrote a deleted message (facts, section 5). */
export function rememberSender(sender: Sender): Json {
  const written = known.safeParse(sender);
  // Through JSON, which leaves out what is undefined.
  return written.success ? JSON.parse(JSON.stringify(written.data)) : null;
}

/** `undefined` for whatever {@link rememberSender} did not write, and for nobody. */
export function rememberedSender(json: Json): Sender | undefined {
  const { data } = known.safeParse(json);
  if (data === undefined) return undefined;
  const { displayName, ...rest } = data;
  return rest.kind === "user"
    ? { ...rest, displayName, tenantId: undefined }
    : { ...rest, displayName, id: undefined };
}
