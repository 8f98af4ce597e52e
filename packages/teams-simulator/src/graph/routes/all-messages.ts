import type { ChatMessage } from "../../tenant/message.ts";
import type { Tenant } from "../../tenant/tenant.ts";
import { badRequest } from "../graph-error.ts";
import { type Comparison, dateLiteral, holds, type Literal, parseFilter } from "../odata/filter.ts";
import { collection, pageOf } from "../odata/page.ts";
import { Query } from "../odata/query.ts";
import { userAt, wantsUnknownEnumMembers } from "../own-resources.ts";
import { chatMessageResource } from "../resources/chat-message.ts";
import { type GraphRoute, json } from "../route.ts";
import { maxMessagesPerPage, readMessages } from "./messages.ts";

const defaultExportedPerPage = 20;

const textProperties: Readonly<Record<string, (message: ChatMessage) => Literal>> = {
  "from/user/id": ({ from }) => (from?.kind === "user" ? from.id : null),
  "from/application/id": ({ from }) => (from?.kind === "application" ? from.id : null),
  "from/user/userIdentityType": ({ from }) => (from?.kind === "user" ? from.userIdentityType : null),
  "from/application/applicationIdentityType": ({ from }) =>
    from?.kind === "application" ? from.applicationIdentityType : null,
  messageType: ({ messageType }) => messageType,
};

function matches(message: ChatMessage, comparison: Comparison): boolean {
  if (comparison.property === "lastModifiedDateTime") {
    if (comparison.operator !== "gt" && comparison.operator !== "lt") {
      throw badRequest("lastModifiedDateTime can be compared with gt and lt only.");
    }
    return holds({ ...comparison, value: dateLiteral(comparison.value) }, message.lastModifiedAt);
  }
  const read = textProperties[comparison.property];
  if (read === undefined) throw badRequest(`The property '${comparison.property}' cannot be filtered by.`);
  return holds(comparison, read(message));
}

export interface AllMessagesOptions {
  readonly graphUrl: string;
  /** Whether deleted messages are among the answers; the real service has done both (section 9). */
  readonly includeDeleted: boolean;
}

/** `users/{id}/chats/getAllMessages`: every message of the chats that a person is in, application tokens only (section 9). */
export function allMessagesRoute(tenant: Tenant, options: AllMessagesOptions): GraphRoute {
  return {
    method: "GET",
    path: "/users/:userId/chats/getAllMessages",
    permissions: { application: readMessages.application, delegated: [] },
    throttle: "getAllMessages",
    respond: (call) => {
      const query = new Query(call.url.searchParams, ["$top", "$filter", "$skiptoken"]);
      const user = userAt(tenant, call.parameter("userId"), call.token, "self");
      const filter = query.get("$filter");
      const alternatives = filter === undefined ? null : parseFilter(filter);
      const messages = tenant.conversations
        .ofUser(user.id)
        .flatMap((chat) => chat.messages)
        .filter((message) => options.includeDeleted || message.deletedAt === null)
        .filter(
          (message) =>
            alternatives === null || alternatives.some((all) => all.every((one) => matches(message, one))),
        )
        .sort((a, b) => b.createdAt - a.createdAt || a.chatId.localeCompare(b.chatId));
      const top = query.top(defaultExportedPerPage, maxMessagesPerPage);
      const url = `${options.graphUrl}/v1.0/users/${user.id}/chats/getAllMessages`;
      const keyOf = (message: ChatMessage): string => `${message.chatId} ${message.id}`;
      const page = pageOf(messages, query, { top, keyOf, url });
      const includeUnknownEnumMembers = wantsUnknownEnumMembers(call.header("prefer"));
      const items = page.items.map((message) => chatMessageResource(message, { includeUnknownEnumMembers }));
      return json(
        collection(`${options.graphUrl}/v1.0/$metadata#Collection(chatMessage)`, items, page.nextLink),
      );
    },
  };
}
