import type { Chat } from "../tenant/chat.ts";
import { escapeHtml } from "../tenant/composed-message.ts";
import type { ChatMessage } from "../tenant/message.ts";

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:0 auto;max-width:44rem;padding:1rem}
article{border:1px solid #8886;border-radius:.5rem;margin:.5rem 0;padding:.5rem .8rem;overflow-wrap:anywhere}
article[aria-current]{outline:3px solid #5b5fc7}article h2{font-size:.9rem;margin:0}time{opacity:.7;font-weight:400}`;

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} · simulated Teams</title><style>${style}</style></head><body><main>${body}</main></body></html>`;
}

function titleOf(chat: Chat): string {
  return chat.topic ?? chat.members.map((member) => member.displayName).join(", ");
}

function messageArticle(message: ChatMessage, isCurrent: boolean): string {
  const time = new Date(message.createdAt).toISOString();
  const author = escapeHtml(message.from?.displayName ?? "Teams");
  const content =
    message.deletedAt !== null
      ? "<em>This message has been deleted.</em>"
      : message.body.contentType === "html"
        ? message.body.content
        : `<p>${escapeHtml(message.body.content)}</p>`;
  const current = isCurrent ? ' aria-current="true"' : "";
  return `<article id="m${message.id}"${current}><h2>${author} <time datetime="${time}">${time}</time></h2>${content}</article>`;
}

/** The page of one chat with all its messages; the linked one is marked. */
export function chatPage(chat: Chat, currentMessageId: string | null): string {
  const title = titleOf(chat);
  const messages = chat.messages.map((message) => messageArticle(message, message.id === currentMessageId));
  return page(title, `<h1>${escapeHtml(title)}</h1>${messages.join("")}`);
}

/** The page that says what a link does not lead to. */
export function missingPage(what: string): string {
  return page("Not found", `<h1>Not found</h1><p>${escapeHtml(what)}</p>`);
}

/** The page of a link that starts a new chat. */
export function newChatPage(users: string): string {
  return page("New chat", `<h1>New chat</h1><p>With ${escapeHtml(users)}.</p>`);
}
