import { request } from "../http.ts";
import { broughtBy } from "./chosen-file.ts";

export interface TeamsPerson {
  readonly id: string;
  readonly displayName: string;
  readonly presence: { readonly availability: string; readonly activity: string };
}

export interface TeamsChat {
  readonly id: string;
  readonly chatType: "oneOnOne" | "group" | "meeting";
  readonly topic: string | null;
  readonly members: readonly { readonly userId: string; readonly displayName: string }[];
}

export interface TeamsMessage {
  readonly id: string;
  readonly messageType: string;
  readonly createdDateTime: string;
  readonly lastEditedDateTime: string | null;
  readonly deletedDateTime: string | null;
  readonly from: {
    readonly user: { readonly id: string; readonly displayName: string | null } | null;
    readonly application: { readonly displayName: string | null } | null;
  } | null;
  readonly body: { readonly contentType: string; readonly content: string };
  readonly attachments: readonly {
    readonly id: string;
    readonly contentType: string;
    readonly name: string | null;
  }[];
}

const base = "/teams";
const chatPath = (chatId: string) => `${base}/chats/${encodeURIComponent(chatId)}`;

/** The simulated tenant's control interface, as far as the page uses it. */
export const tenant = {
  people: () => request<readonly TeamsPerson[]>("GET", `${base}/users`),
  chats: () => request<readonly TeamsChat[]>("GET", `${base}/chats`),
  messages: (chatId: string) => request<readonly TeamsMessage[]>("GET", `${chatPath(chatId)}/messages`),
  send: async (chatId: string, userId: string, text: string, file: File | undefined) => {
    const brought = file === undefined ? {} : await broughtBy(file);
    const html = text.trim() === "" ? "" : htmlOf(text);
    return tenant.post(chatId, { from: { userId }, html, ...brought });
  },
  /** Sends what the control interface takes as a message. */
  post: (chatId: string, message: Readonly<Record<string, unknown>>) =>
    request<TeamsMessage>("POST", `${chatPath(chatId)}/messages`, message),
  edit: (chatId: string, messageId: string, text: string) =>
    request("PATCH", `${chatPath(chatId)}/messages/${messageId}`, { html: htmlOf(text) }),
  remove: (chatId: string, messageId: string) =>
    request("DELETE", `${chatPath(chatId)}/messages/${messageId}`),
  restore: (chatId: string, messageId: string) =>
    request("POST", `${chatPath(chatId)}/messages/${messageId}/undelete`),
  setPresence: (userId: string, presence: { availability: string; activity: string }) =>
    request("PUT", `${base}/users/${userId}/presence`, {
      ...presence,
      isOutOfOffice: presence.activity === "OutOfOffice",
    }),
  /** Calls `changed` whenever something happens in the tenant; returns how to stop. */
  watch(changed: () => void): () => void {
    const events = new EventSource(`${base}/events`);
    for (const name of ["ready", "tenant"]) events.addEventListener(name, changed);
    return () => events.close();
  },
};

/** As Teams writes what a person types: paragraphs. Text that already is HTML is sent as it stands, to try its rendering. */
function htmlOf(text: string): string {
  if (/^\s*<[a-z]/i.test(text)) return text;
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return escaped
    .split(/\n/)
    .map((line) => `<p>${line === "" ? "&nbsp;" : line}</p>`)
    .join("");
}
