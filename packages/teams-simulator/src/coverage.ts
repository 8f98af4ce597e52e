/** One route of the simulated tenant, how much of the real one it does and what it leaves out. */
export interface CoveredRoute {
  readonly surface: "graph" | "teams" | "control";
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly does: string;
  readonly leavesOut?: string;
}

const graph = (
  method: CoveredRoute["method"],
  path: string,
  does: string,
  leavesOut?: string,
): CoveredRoute => ({
  surface: "graph",
  method,
  path: `/v1.0${path}`,
  does,
  ...(leavesOut === undefined ? {} : { leavesOut }),
});
const teams = (path: string, does: string): CoveredRoute => ({ surface: "teams", method: "GET", path, does });
const control = (method: CoveredRoute["method"], path: string, does: string): CoveredRoute => ({
  surface: "control",
  method,
  path,
  does,
});

/**
 * Every route of the Graph, Teams and control listeners; anything else is answered 501 with its name. Sections are those
 * of the facts on Microsoft Graph. The login host's table is `identity/coverage.ts`.
 */
export const coverage: readonly CoveredRoute[] = [
  graph(
    "GET",
    "/users",
    "$select, $top, paging; $filter eq/ne on id, mail, userPrincipalName, displayName, userType",
    "$search, $count, $orderby",
  ),
  graph(
    "GET",
    "/users/:userId",
    "by object id or user principal name, $select",
    "('id') form of the path, most properties",
  ),
  graph("GET", "/me", "the signed-in user, $select"),
  graph(
    "GET",
    "/users/:userId/chats",
    "most recent first, $expand=members (25), $top to 50, paging",
    "$filter, $orderby, viewpoint, lastMessagePreview; whether application tokens may is in doubt (section 9), here they may",
  ),
  graph("GET", "/chats/:chatId", "$expand=members, $select", "RSC permissions, viewpoint"),
  graph("GET", "/chats/:chatId/members", "the roster", "members of other tenants, paging"),
  graph(
    "GET",
    "/chats/:chatId/messages",
    "$top to 50, $orderby desc, $filter with its silent rule (section 9), paging",
    "RSC permissions",
  ),
  graph(
    "GET",
    "/chats/:chatId/messages/:messageId",
    "the message, Prefer: include-unknown-enum-members",
    "message history",
  ),
  graph(
    "GET",
    "/chats/:chatId/messages/:messageId/hostedContents/:hostedContentId/$value",
    "the bytes",
    "listing and get without $value",
  ),
  graph(
    "GET",
    "/shares/:shareId/driveItem",
    "name, size and type of a file shared in a chat, for those who may read it; $select",
    "sharing links, folders, other encodings than u!",
  ),
  graph("GET", "/shares/:shareId/driveItem/content", "sent on to a download that takes no token", "ranges"),
  {
    surface: "graph",
    method: "GET",
    path: "/download/:ticket",
    does: "the bytes of a file; in Microsoft's cloud a host of SharePoint",
    leavesOut: "expiry of the address, ranges",
  },
  graph(
    "GET",
    "/users/:userId/chats/getAllMessages",
    "$filter of section 9, $top to 50, paging by last item; newest first, an order nobody documents",
    "delta, metering, the model parameter",
  ),
  graph("GET", "/users/:userId/presence", "presence of section 6", "statusMessage, workLocation"),
  graph(
    "POST",
    "/communications/getPresencesByUserId",
    "up to 650 ids; unknown people are left out, or PresenceUnknown by option: nobody documents which",
    "statusMessage, workLocation",
  ),
  graph(
    "POST",
    "/subscriptions",
    "getAllMessages of a tenant and a person, messages of a chat, presences; all rules of section 3, both URLs validated",
    "channels, chat and member objects, RSC, notifyOnUserSpecificProperties, Event Hubs; http URLs are taken on loopback only, where the real service takes none; an expiry beyond the maximum is refused now although section 3 only announces it",
  ),
  graph("GET", "/subscriptions", "the app's own, a hundred in a page"),
  graph("GET", "/subscriptions/:subscriptionId", "the app's own"),
  graph(
    "PATCH",
    "/subscriptions/:subscriptionId",
    "expiry, notificationUrl (validated), certificate unless refused by option; 409 within 10 min of reauthorize, a status that nobody documents",
  ),
  graph(
    "POST",
    "/subscriptions/:subscriptionId/reauthorize",
    "renews the authorization; 409 within 10 min of PATCH",
  ),
  graph("DELETE", "/subscriptions/:subscriptionId", "ends it without notice"),
  graph(
    "POST",
    "/$batch",
    "20 requests, dependsOn, per-request status and headers",
    "parallel execution, version segments in urls",
  ),

  teams("/l/message/:chatId/:messageId", "the chat with the message marked (section 8)"),
  teams("/l/chat/:chatId/conversations", "the chat"),
  teams("/l/chat/:chatId/0", "the chat, as Graph's webUrl names it"),
  teams("/l/chat/0/0", "names the people of a new chat, creates nothing"),

  control("GET", "/", "tenant id, time, addresses"),
  control("GET", "/users", "people and their presence"),
  control("POST", "/users", "adds a person"),
  control("PATCH", "/users/:userId", "changes a person"),
  control("PUT", "/users/:userId/presence", "sets a presence"),
  control("GET", "/apps", "app registrations without secrets"),
  control("POST", "/apps", "registers an app"),
  control("POST", "/apps/:clientId/revoke-consent", "takes back all application permissions"),
  control("POST", "/tokens/:subjectId/revoke", "voids the tokens of a person or app"),
  control("GET", "/chats", "all chats"),
  control("POST", "/chats", "creates a chat"),
  control("GET", "/chats/:chatId", "one chat"),
  control("PATCH", "/chats/:chatId", "renames a chat"),
  control("POST", "/chats/:chatId/members", "adds a member"),
  control("DELETE", "/chats/:chatId/members/:userId", "removes a member"),
  control("GET", "/chats/:chatId/messages", "all messages of a chat"),
  control("POST", "/chats/:chatId/messages", "sends a message"),
  control("PATCH", "/chats/:chatId/messages/:messageId", "edits a message"),
  control("DELETE", "/chats/:chatId/messages/:messageId", "deletes a message"),
  control("POST", "/chats/:chatId/messages/:messageId/undelete", "takes a deletion back"),
  control("POST", "/chats/:chatId/messages/:messageId/reactions", "adds a reaction or takes it back"),
  control("GET", "/faults", "faults in force"),
  control("DELETE", "/faults", "ends all faults"),
  control("POST", "/faults/graph", "arms a fault of Graph"),
  control("DELETE", "/faults/graph/:faultId", "ends one fault of Graph"),
  control(
    "PUT",
    "/faults/notifications",
    "sets shares of lost, duplicated, reordered, delayed notifications",
  ),
  control("POST", "/faults/identity", "adds a fault of sign-in and tokens"),
  control("GET", "/subscriptions", "all subscriptions"),
  control(
    "DELETE",
    "/subscriptions/:subscriptionId",
    "removes one as the service does, with subscriptionRemoved",
  ),
  control("POST", "/subscriptions/:subscriptionId/lifecycle", "sends a lifecycle notification"),
  control("POST", "/clock/advance", "moves the clock"),
  control("GET", "/requests", "requests that Graph answered"),
  control("DELETE", "/requests", "forgets them"),
  control("GET", "/deliveries", "steps of notifications on their way"),
  control("POST", "/settled", "answers once no notification is being sent"),
  control("GET", "/events", "everything that happens, as server-sent events"),
];
