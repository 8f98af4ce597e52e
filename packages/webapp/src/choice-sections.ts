import { preferences } from "@msteams-notifications/server/contract";
import type { SettingsSection } from "./registry.ts";

type Choices = typeof preferences.choices;
type Name = keyof Choices;

interface Choice<Of extends Name> {
  readonly section: string;
  readonly title: string;
  readonly helpText: string;
  readonly options: { readonly [Value in Choices[Of][number]]: { text: string; helpText?: string } };
}

/** A section each, because Mattermost describes a closed section by its first radio alone (facts, section 5). */
const choices: { readonly [Each in Name]: Choice<Each> } = {
  notifications: {
    section: "Chat notifications",
    title: "Notify me in Mattermost about Microsoft Teams chats",
    helpText:
      "Chat and group chat messages arrive as direct messages from the MS Teams bot, only while Teams shows you as Away or Offline.",
    options: {
      on: { text: "On" },
      off: { text: "Off", helpText: "Messages that come while this is off are not sent later." },
    },
  },
  bots: {
    section: "Bots and apps",
    title: "Notify me about messages of",
    helpText: "Bots, connectors and workflows write in Teams chats too, some of them often.",
    options: { off: { text: "People only" }, on: { text: "People, bots and apps" } },
  },
  threads: {
    section: "Threads",
    title: "Show the messages of a Teams chat",
    helpText:
      "Counts from the next message on. Where Mattermost shows collapsed threads, replies are listed under **Threads** and do not mark the conversation with the bot as unread.",
    options: { flat: { text: "One below the other" }, chats: { text: "In one thread for each Teams chat" } },
  },
  together: {
    section: "Messages in quick succession",
    title: "Show messages that one chat brings within some seconds",
    helpText:
      "Nothing is left out. You are notified of the first message; the others are added to its post, which Mattermost then shows as edited.",
    options: { off: { text: "Each as its own post" }, on: { text: "Together in one post" } },
  },
};

/** What a person can choose under Plugin Preferences; the names and values are the server's. */
export function choiceSections(disabled: boolean): SettingsSection[] {
  return (Object.keys(choices) as Name[]).map((name) => sectionOf(name, disabled));
}

function sectionOf(name: Name, disabled: boolean): SettingsSection {
  const { section, title, helpText, options } = choices[name];
  const texts: Readonly<Record<string, { readonly text: string; readonly helpText?: string }>> = options;
  return {
    title: section,
    disabled,
    settings: [
      {
        type: "radio",
        name,
        title,
        helpText,
        default: preferences.choices[name][0],
        options: Object.entries(texts).map(([value, text]) => ({ value, ...text })),
      },
    ],
  };
}
