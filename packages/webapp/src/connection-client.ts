import {
  type ChatMuting,
  type ChatsAnswer,
  type ConnectAnswer,
  type ConnectionAnswer,
  type ErrorAnswer,
  type Place,
  paths,
  pluginId,
  type QuietAnswer,
  type QuietChoosing,
  type SnoozeAnswer,
  type Snoozing,
} from "@msteams-notifications/server/contract";

import type { React } from "./react.ts";

/** What the settings page shows: the server's answer, that it is on its way, or that there was none. */
export type ConnectionView =
  | ConnectionAnswer
  | { readonly state: "checking" }
  | { readonly state: "unreachable" };

/** The few browser facilities the plugin touches, so that tests need no browser. */
export interface Browser {
  /** Mattermost's own, 17 or 18; undefined where plugins get none. */
  readonly react: React | undefined;
  fetch(input: string, init?: RequestInit): Promise<Response>;
  /** `document.cookie`. */
  cookies(): string;
  /** Path under which Mattermost lives: "" or "/subpath". */
  basePath(): string;
  /** Opens an empty tab now, inside the click, because browsers block one that comes later. */
  openTab(): { navigate(url: string): void; close(): void } | undefined;
  navigate(url: string): void;
  confirm(question: string): boolean;
  alert(text: string): void;
}

/** The plugin's own HTTP interface as the signed-in person. */
export class ConnectionClient {
  readonly #browser: Browser;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  async current(): Promise<ConnectionAnswer | { readonly state: "unreachable" }> {
    try {
      const response = await this.#request("GET");
      return response.ok ? ((await response.json()) as ConnectionAnswer) : { state: "unreachable" };
    } catch {
      return { state: "unreachable" };
    }
  }

  /** Address of the sign-in. Throws an Error whose message is for the person. */
  async connect(): Promise<string> {
    const response = await this.#request("POST");
    if (!response.ok) throw new Error(await reason(response));
    return ((await response.json()) as ConnectAnswer).url;
  }

  /** Throws an Error whose message is for the person. */
  async disconnect(): Promise<void> {
    const response = await this.#request("DELETE");
    if (!response.ok) throw new Error(await reason(response));
  }

  /** The person's chats; undefined when they are not connected. Throws an Error whose message is for the person. */
  async chats(): Promise<ChatsAnswer["chats"]> {
    return chatsIn(await this.#request("GET", paths.chats));
  }

  /** Mutes a chat, or no longer, and answers all as they are then. Throws an Error whose message is for the person. */
  async muteChat(muting: ChatMuting): Promise<ChatsAnswer["chats"]> {
    return chatsIn(await this.#request("PUT", paths.chats, muting));
  }

  /** The person's snooze; undefined when they are not connected. Throws an Error whose message is for the person. */
  async snoozed(): Promise<SnoozeAnswer["snooze"]> {
    return snoozeIn(await this.#request("GET", paths.snooze));
  }

  /** Snoozes, and answers how it is then. Throws an Error whose message is for the person. */
  async snooze(snoozing: Snoozing): Promise<SnoozeAnswer["snooze"]> {
    return snoozeIn(await this.#request("PUT", paths.snooze, snoozing));
  }

  /** The person's quiet hours; undefined when they are not connected. Throws an Error whose message is for the person. */
  async quietHours(): Promise<QuietAnswer["quiet"]> {
    return quietIn(await this.#request("GET", paths.quiet));
  }

  /** Chooses quiet hours, and answers how it is then. Throws an Error whose message is for the person. */
  async chooseQuietHours(choosing: QuietChoosing): Promise<QuietAnswer["quiet"]> {
    return quietIn(await this.#request("PUT", paths.quiet, choosing));
  }

  /** Lets the bot answer about a post where it stands. Throws an Error whose message is for the person. */
  async askAboutPost(choice: string, postId: string, place: Place): Promise<void> {
    const response = await this.#request("POST", `${paths.posts}/${postId}/${choice}`, place);
    if (!response.ok) throw new Error(await reason(response));
  }

  #request(
    method: "GET" | "POST" | "PUT" | "DELETE",
    path: string = paths.connection,
    body?: unknown,
  ): Promise<Response> {
    const csrfToken = /(?:^|;\s*)MMCSRF=([^;]*)/.exec(this.#browser.cookies())?.[1];
    return this.#browser.fetch(`${this.#browser.basePath()}/plugins/${pluginId}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: {
        accept: "application/json",
        "x-requested-with": "XMLHttpRequest",
        ...(csrfToken === undefined ? {} : { "x-csrf-token": csrfToken }),
      },
    });
  }
}

async function chatsIn(response: Response): Promise<ChatsAnswer["chats"]> {
  if (!response.ok) throw new Error(await reason(response));
  return ((await response.json()) as ChatsAnswer).chats;
}

async function snoozeIn(response: Response): Promise<SnoozeAnswer["snooze"]> {
  if (!response.ok) throw new Error(await reason(response));
  return ((await response.json()) as SnoozeAnswer).snooze;
}

async function quietIn(response: Response): Promise<QuietAnswer["quiet"]> {
  if (!response.ok) throw new Error(await reason(response));
  return ((await response.json()) as QuietAnswer).quiet;
}

async function reason(response: Response): Promise<string> {
  const answer = (await response.json().catch(() => undefined)) as ErrorAnswer | undefined;
  return (
    answer?.message ??
    `MS Teams notifications did not answer (${response.status}). Please try again in a minute.`
  );
}
