import type { ChatAnswer, ChatMuting } from "@msteams-notifications/server/contract";
import { mutedChatsSection } from "../muted-chats.ts";
import type { React as UsedReact } from "../react.ts";
import { Listeners, mount } from "./mount.ts";

/** What a test page hands to the section, and reads of it. */
interface TestPage {
  readonly React: UsedReact;
  chats: ChatAnswer[] | undefined;
  readonly asked: ChatMuting[];
  failure: string | undefined;
  listeners: number;
  changed(): void;
  unmount(): void;
}

const test = window as unknown as TestPage;
const { React } = test;
const listeners = new Listeners((count) => {
  test.listeners = count;
});

/** As the server mutes: what is asked for holds from then on. */
async function muteChat(muting: ChatMuting): Promise<ChatAnswer[] | undefined> {
  test.asked.push(muting);
  if (test.failure !== undefined) throw new Error(test.failure);
  const { chatId, until, mentions } = muting;
  test.chats = test.chats?.map((chat) => {
    if (chat.chatId !== chatId) return chat;
    const { mute, ...unmuted } = chat;
    if (until === "off") return unmuted;
    if (until === "always") return { ...unmuted, mute: { mentions } };
    return { ...unmuted, mute: { until: until === "as-it-is" ? (mute?.until ?? "") : "22:15", mentions } };
  });
  return test.chats;
}

const { component } = mutedChatsSection({
  react: React,
  chats: async () => test.chats,
  muteChat,
  onChange: listeners.add,
});

test.unmount = mount(component);
test.changed = listeners.changed;
