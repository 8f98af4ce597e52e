import type { Chat } from "../../tenant/chat.ts";
import type { Tenant } from "../../tenant/tenant.ts";
import { notImplemented } from "../graph-error.ts";
import { collection, pageOf } from "../odata/page.ts";
import { Query, selected } from "../odata/query.ts";
import { chatAt, userAt } from "../own-resources.ts";
import { chatResource, memberResource, type ResourceAddresses } from "../resources/chat.ts";
import { type GraphRoute, json } from "../route.ts";

const readBasic = ["Chat.ReadBasic.All", "Chat.Read.All", "Chat.ReadWrite.All"];
const delegatedReadBasic = ["Chat.ReadBasic", "Chat.Read", "Chat.ReadWrite"];
const readMembers = ["ChatMember.Read.All", "ChatMember.ReadWrite.All", ...readBasic];
const delegatedReadMembers = ["ChatMember.Read", "ChatMember.ReadWrite", ...delegatedReadBasic];
// Documented maximum of $top for listing chats (section 5), also the size of a page without $top.
const maxChatsPerPage = 50;
// Listing chats with their members cuts each roster here (section 5).
const maxExpandedMembers = 25;

function expandsMembers(query: Query): boolean {
  const expand = query.get("$expand");
  if (expand !== undefined && expand !== "members") throw notImplemented(`$expand=${expand} on chats`);
  return expand === "members";
}

/** Chats of a person, one chat, and its members. */
export function chatRoutes(tenant: Tenant, addresses: ResourceAddresses): readonly GraphRoute[] {
  const root = `${addresses.graphUrl}/v1.0`;
  const expanded = (chat: Chat, query: Query, maxMembers: number): unknown => ({
    ...Object(selected(chatResource(chat, addresses), query.select())),
    ...(expandsMembers(query) ? { members: chat.members.slice(0, maxMembers).map(memberResource) } : {}),
  });
  return [
    {
      method: "GET",
      path: "/users/:userId/chats",
      permissions: { application: readBasic, delegated: delegatedReadBasic },
      throttle: "chatList",
      respond: (call) => {
        // $select is not documented for this route (section 5), hence refused like every unknown option.
        const query = new Query(call.url.searchParams, ["$expand", "$top", "$skiptoken"]);
        const user = userAt(tenant, call.parameter("userId"), call.token, "self");
        const chats = [...tenant.conversations.ofUser(user.id)].sort(
          (a, b) => b.lastUpdatedAt - a.lastUpdatedAt,
        );
        const top = query.top(maxChatsPerPage, maxChatsPerPage);
        const url = `${root}/users/${user.id}/chats`;
        const page = pageOf(chats, query, { top, keyOf: (chat) => chat.id, url });
        const items = page.items.map((chat) => expanded(chat, query, maxExpandedMembers));
        return json(collection(`${root}/$metadata#chats`, items, page.nextLink));
      },
    },
    {
      method: "GET",
      path: "/chats/:chatId",
      permissions: { application: readBasic, delegated: delegatedReadBasic },
      throttle: "chatList",
      respond: (call) => {
        const query = new Query(call.url.searchParams, ["$expand", "$select"]);
        const chat = chatAt(tenant, call.parameter("chatId"), call.token);
        const body = expanded(chat, query, chat.members.length);
        return json({ "@odata.context": `${root}/$metadata#chats/$entity`, ...Object(body) });
      },
    },
    {
      method: "GET",
      path: "/chats/:chatId/members",
      permissions: { application: readMembers, delegated: delegatedReadMembers },
      throttle: "teamsRead",
      respond: (call) => {
        new Query(call.url.searchParams, []);
        const chat = chatAt(tenant, call.parameter("chatId"), call.token);
        const context = `${root}/$metadata#chats('${encodeURIComponent(chat.id)}')/members`;
        return json(collection(context, chat.members.map(memberResource)));
      },
    },
  ];
}
