import { cards } from "./cards.ts";
import { conversations } from "./conversations.ts";
import type { ExampleGroup } from "./example.ts";
import { files } from "./files.ts";
import { texts } from "./texts.ts";

/** Every kind of message, as the menu, the scenario and the pictures of the documentation show them. */
export const exampleGroups: readonly ExampleGroup[] = [
  { title: "Texts", examples: texts },
  { title: "Chats and senders", examples: conversations },
  { title: "Cards", examples: cards },
  { title: "Pictures, files, code", examples: files },
];

export const examples = exampleGroups.flatMap((group) => group.examples);
