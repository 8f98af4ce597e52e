import { ada, ben } from "../../src/people.ts";
import type { Opened } from "./opened-sandbox.ts";

export type KindOfChat = "oneOnOne" | "group" | "meeting";

/**
 * Ben writes to Ada in their chat of two, in the group's or in the meeting's, and may mention her; resolves to what became
 * of it for her: `delivered`, or `suppressed: <reason>`.
 */
export async function benWrites(
  { page, sandbox }: Opened,
  chatType: KindOfChat,
  html: string,
  mentionsAda = false,
): Promise<string> {
  const before = await page.messageIds();
  const { directory, conversations } = sandbox.tenant.tenant;
  const [writer, reader] = [directory.user(ben.teamsEmail), directory.user(ada.teamsEmail)];
  const chat = conversations
    .ofUser(reader.id)
    .find((each) => each.chatType === chatType && each.members.some(({ userId }) => userId === writer.id));
  if (chat === undefined) throw new Error(`Ada and Ben have no chat of the kind ${chatType}.`);
  const { id, displayName } = reader;
  const mention = { id: 0, mentionText: displayName, mentioned: { kind: "user", id, displayName } } as const;
  const text = mentionsAda ? `<at id="0">${displayName}</at>, ${html}` : html;
  conversations.send(chat.id, {
    from: { userId: writer.id },
    html: text,
    mentions: mentionsAda ? [mention] : [],
  });
  const { kind, reason } = await page.nextOutcome(before, await page.userIdOf(ada.username));
  return reason === undefined ? kind : `${kind}: ${reason}`;
}
