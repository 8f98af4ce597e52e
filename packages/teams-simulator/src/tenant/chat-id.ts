import type { ChatType } from "./chat.ts";
import type { Randomness } from "./randomness.ts";

/** A chat id in the shape that Teams gives each type; a one-on-one id holds both object ids, the smaller first. */
export function newChatId(chatType: ChatType, memberIds: readonly string[], randomness: Randomness): string {
  switch (chatType) {
    case "oneOnOne":
      return `19:${[...memberIds].sort().join("_")}@unq.gbl.spaces`;
    case "group":
      return `19:${Buffer.from(randomness.bytes(16)).toString("hex")}@thread.v2`;
    case "meeting":
      return `19:meeting_${Buffer.from(randomness.guid()).toString("base64").replaceAll("=", "")}@thread.v2`;
  }
}
