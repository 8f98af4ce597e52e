import { postKeyProp } from "@msteams-notifications/server/contract";
import type { PluginRegistry, Store } from "./registry.ts";

export interface PostMenuParts {
  readonly store: Store;
  /** What is chosen for a post; the bot answers where the post stands. */
  choose(choice: PostChoice, postId: string, place: { channelId: string; rootId: string }): void;
}

const entries = {
  mute: "Mute this Teams chat…",
  why: "Why did this arrive?",
} as const;

export type PostChoice = keyof typeof entries;

/** Adds what can be done with the bot's posts of Teams messages to their menu. Returns how to take it away. */
export function registerPostMenu(registry: PluginRegistry, { store, choose }: PostMenuParts): () => void {
  const postOf = (postId: string) => store.getState().entities.posts.posts[postId];
  // Other posts of the bot have keys, too: those of messages and of threads name a chat before the slash.
  const isOfTeams = (postId: string) => {
    const key = postOf(postId)?.props?.[postKeyProp];
    return typeof key === "string" && key.includes("/");
  };
  const ids = (Object.keys(entries) as PostChoice[]).map((choice) => {
    const act = (postId: string) => {
      const post = postOf(postId);
      if (post !== undefined) choose(choice, postId, { channelId: post.channel_id, rootId: post.root_id });
    };
    return registry.registerPostDropdownMenuAction?.(entries[choice], act, isOfTeams);
  });
  return () => {
    for (const id of ids) if (id !== undefined) registry.unregisterComponent?.(id);
  };
}
