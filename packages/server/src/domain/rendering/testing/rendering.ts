import type { Chat } from "../../chat.ts";
import { cloudAddresses } from "../../cloud.ts";
import { htmlMessage } from "../../testing/chat-messages.ts";
import { type RenderContext, renderPost } from "../render-post.ts";

/** Ben Ode, who reads Ann Lee's messages. */
export const reader = {
  userId: "ben",
  tenantId: "tenant",
  teamsUserId: "ben-id",
  teamsAccount: "ben@example.com",
  connectedAtMs: 0,
};

export const groupChat: Chat = {
  id: "19:a@thread.v2",
  kind: "group",
  topic: "Release",
  members: [
    { teamsUserId: "ann-id", displayName: "Ann Lee" },
    { teamsUserId: "ben-id", displayName: "Ben Ode" },
    { teamsUserId: "cem-id", displayName: "Cem" },
    { teamsUserId: undefined, displayName: "Phone" },
  ],
};

export const context: RenderContext = { reader, chat: groupChat, cloud: cloudAddresses("global") };

/** The address of {@link htmlMessage}'s message, shortened to this in {@link quoteOf}. */
export const messageUrl =
  "https://teams.microsoft.com/l/message/19%3Aa%40thread.v2/1612289765949?tenantId=tenant&context=%7B%22contextType%22%3A%22chat%22%7D";

/** What stands in the quote of the post for this body: without quote marks, zero-width spaces shown as `|`. */
export function quoteOf(html: string, change: Readonly<Record<string, unknown>> = {}): string {
  const { message } = renderPost(htmlMessage(html, change), context);
  return message
    .split("\n")
    .slice(2)
    .map((line) => line.replace(/^> ?/, ""))
    .join("\n")
    .replaceAll("\u200b", "|")
    .replaceAll(messageUrl, "teams");
}
