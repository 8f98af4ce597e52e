import type { Cloud } from "./cloud.ts";
import type { ChatMessageIds } from "./resource-path.ts";

/** The tenant a link opens in: people who are in several see the right one. */
export interface DeepLinkTenant {
  readonly tenantId?: string | undefined;
}

/**
 * The address that opens one message in Teams, in the browser or the app (facts, section 8). Every part is
 * percent-encoded, so the result holds no character that ends a Markdown link.
 */
export function messageLink(cloud: Pick<Cloud, "teams">, ids: ChatMessageIds & DeepLinkTenant): string {
  const path = `/l/message/${encoded(ids.chatId)}/${encoded(ids.messageId)}`;
  const context = encoded('{"contextType":"chat"}');
  return `${cloud.teams}${path}?${tenant(ids)}context=${context}`;
}

/** The address that opens a chat at its newest message. */
export function chatLink(
  cloud: Pick<Cloud, "teams">,
  chat: { readonly chatId: string } & DeepLinkTenant,
): string {
  return `${cloud.teams}/l/chat/${encoded(chat.chatId)}/0?${tenant(chat)}`.replace(/[?&]$/, "");
}

function tenant({ tenantId }: DeepLinkTenant): string {
  return tenantId === undefined ? "" : `tenantId=${encoded(tenantId)}&`;
}

/** encodeURIComponent leaves !'()* alone (RFC 3986, section 2.2 reserves them); Markdown does not. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*_~]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
