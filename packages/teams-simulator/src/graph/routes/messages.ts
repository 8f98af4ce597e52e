import type { Tenant } from "../../tenant/tenant.ts";
import { notFound } from "../graph-error.ts";
import { orderedMessages } from "../message-order.ts";
import { collection, pageOf } from "../odata/page.ts";
import { Query } from "../odata/query.ts";
import { chatAt, messageAt, wantsUnknownEnumMembers } from "../own-resources.ts";
import { chatMessageResource } from "../resources/chat-message.ts";
import { type GraphRoute, json } from "../route.ts";

export const readMessages = {
  application: ["Chat.Read.All", "Chat.ReadWrite.All"],
  delegated: ["Chat.Read", "Chat.ReadWrite"],
};
const defaultMessagesPerPage = 20;
// Documented maximum of $top for listing the messages of a chat.
export const maxMessagesPerPage = 50;

/** Messages of one chat, one message, and the bytes hosted in it. */
export function messageRoutes(tenant: Tenant, graphUrl: string): readonly GraphRoute[] {
  const contextOf = (chatId: string): string =>
    `${graphUrl}/v1.0/$metadata#chats('${encodeURIComponent(chatId)}')/messages`;
  return [
    {
      method: "GET",
      path: "/chats/:chatId/messages",
      permissions: readMessages,
      throttle: "chatMessageRead",
      respond: (call) => {
        const query = new Query(call.url.searchParams, ["$top", "$orderby", "$filter", "$skiptoken"]);
        const chat = chatAt(tenant, call.parameter("chatId"), call.token);
        const messages = orderedMessages(chat.messages, query.get("$orderby"), query.get("$filter"));
        const top = query.top(defaultMessagesPerPage, maxMessagesPerPage);
        const url = `${graphUrl}/v1.0/chats/${encodeURIComponent(chat.id)}/messages`;
        const page = pageOf(messages, query, { top, keyOf: (message) => message.id, url });
        const includeUnknownEnumMembers = wantsUnknownEnumMembers(call.header("prefer"));
        const items = page.items.map((message) =>
          chatMessageResource(message, { includeUnknownEnumMembers }),
        );
        return json(collection(contextOf(chat.id), items, page.nextLink));
      },
    },
    {
      method: "GET",
      path: "/chats/:chatId/messages/:messageId",
      permissions: readMessages,
      throttle: "chatMessageRead",
      respond: (call) => {
        new Query(call.url.searchParams, []);
        const chat = chatAt(tenant, call.parameter("chatId"), call.token);
        const message = messageAt(chat, call.parameter("messageId"));
        const includeUnknownEnumMembers = wantsUnknownEnumMembers(call.header("prefer"));
        const body = chatMessageResource(message, { includeUnknownEnumMembers });
        return json({ "@odata.context": `${contextOf(chat.id)}/$entity`, ...body });
      },
    },
    {
      method: "GET",
      path: "/chats/:chatId/messages/:messageId/hostedContents/:hostedContentId/$value",
      permissions: readMessages,
      throttle: "teamsRead",
      respond: (call) => {
        const chat = chatAt(tenant, call.parameter("chatId"), call.token);
        const message = messageAt(chat, call.parameter("messageId"));
        const id = call.parameter("hostedContentId");
        const hosted = message.hostedContents.find((content) => content.id === id);
        if (hosted === undefined) throw notFound(`The hosted content '${id}' was not found.`);
        return { status: 200, body: { bytes: hosted.bytes, contentType: hosted.contentType } };
      },
    },
  ];
}
