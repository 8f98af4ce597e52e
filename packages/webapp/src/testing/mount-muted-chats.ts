import type { ChatAnswer, ChatMuting } from "@msteams-notifications/server/contract";
import { mutedChatsSection } from "../muted-chats.ts";
import type { React as UsedReact } from "../react.ts";

/** What a test page hands to the section, and reads of it. */
interface TestPage {
  readonly React: UsedReact;
  readonly ReactDOM: {
    /** React 17. */
    render?(element: unknown, root: Element): void;
    /** React 18. */
    createRoot?(root: Element): { render(element: unknown): void; unmount(): void };
    unmountComponentAtNode?(root: Element): void;
  };
  chats: ChatAnswer[] | undefined;
  readonly asked: ChatMuting[];
  failure: string | undefined;
  listeners: number;
  changed(): void;
  unmount(): void;
}

const test = window as unknown as TestPage;
const { React, ReactDOM } = test;
const listeners = new Set<() => void>();

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
  onChange(listener) {
    listeners.add(listener);
    test.listeners = listeners.size;
    return () => {
      listeners.delete(listener);
      test.listeners = listeners.size;
    };
  },
});

const root = document.createElement("div");
document.body.append(root);
const element = React.createElement(component, null);
if (ReactDOM.createRoot === undefined) {
  ReactDOM.render?.(element, root);
  test.unmount = () => ReactDOM.unmountComponentAtNode?.(root);
} else {
  const mounted = ReactDOM.createRoot(root);
  mounted.render(element);
  test.unmount = () => mounted.unmount();
}
test.changed = () => {
  for (const listener of [...listeners]) listener();
};
