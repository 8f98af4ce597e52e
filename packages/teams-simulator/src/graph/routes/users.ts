import type { Tenant } from "../../tenant/tenant.ts";
import type { User } from "../../tenant/user.ts";
import { badRequest } from "../graph-error.ts";
import { type Comparison, holds, type Literal, parseFilter } from "../odata/filter.ts";
import { collection, pageOf } from "../odata/page.ts";
import { Query } from "../odata/query.ts";
import { userAt } from "../own-resources.ts";
import { userResource } from "../resources/user.ts";
import { type GraphRoute, json } from "../route.ts";

const readDirectory = ["User.Read.All", "User.ReadBasic.All", "User.ReadWrite.All", "Directory.Read.All"];
const defaultUsersPerPage = 100;
// Documented maximum of $top for directory objects.
const maxUsersPerPage = 999;

const filterable: Readonly<Record<string, (user: User) => Literal>> = {
  id: (user) => user.id,
  mail: (user) => user.mail,
  userPrincipalName: (user) => user.userPrincipalName,
  displayName: (user) => user.displayName,
  userType: (user) => user.userType,
  accountEnabled: (user) => user.accountEnabled,
};

// The directory compares text without regard to case.
const folded = (value: Literal): Literal => (typeof value === "string" ? value.toLowerCase() : value);

function matches(user: User, comparison: Comparison): boolean {
  const read = filterable[comparison.property];
  if (read === undefined || (comparison.operator !== "eq" && comparison.operator !== "ne")) {
    throw badRequest(
      `Unsupported or invalid query filter clause specified for property '${comparison.property}'.`,
    );
  }
  return holds({ ...comparison, value: folded(comparison.value) }, folded(read(user)));
}

/** Users: list with $filter, $select and $top, get by id or user principal name, and the signed-in user. */
export function userRoutes(tenant: Tenant, graphUrl: string): readonly GraphRoute[] {
  const context = `${graphUrl}/v1.0/$metadata#users`;
  return [
    {
      method: "GET",
      path: "/users",
      permissions: { application: readDirectory, delegated: readDirectory },
      throttle: "users",
      respond: (call) => {
        const query = new Query(call.url.searchParams, ["$filter", "$select", "$top", "$skiptoken"]);
        const filter = query.get("$filter");
        const alternatives = filter === undefined ? null : parseFilter(filter);
        const found = tenant.directory.users.filter(
          (user) =>
            alternatives === null || alternatives.some((all) => all.every((one) => matches(user, one))),
        );
        const top = query.top(defaultUsersPerPage, maxUsersPerPage);
        const page = pageOf(found, query, { top, keyOf: (user) => user.id, url: `${graphUrl}/v1.0/users` });
        const items = page.items.map((user) => userResource(user, query.select()));
        return json(collection(context, items, page.nextLink));
      },
    },
    {
      method: "GET",
      path: "/users/:userId",
      permissions: { application: readDirectory, delegated: ["User.Read", ...readDirectory] },
      throttle: "users",
      respond: (call) => {
        const query = new Query(call.url.searchParams, ["$select"]);
        const others =
          call.token.kind === "user" && !call.token.scopes.some((scope) => readDirectory.includes(scope));
        const user = userAt(tenant, call.parameter("userId"), call.token, others ? "self" : "any");
        return json({ "@odata.context": `${context}/$entity`, ...userResource(user, query.select()) });
      },
    },
    {
      method: "GET",
      path: "/me",
      permissions: { application: [], delegated: ["User.Read", ...readDirectory] },
      throttle: "users",
      respond: (call) => {
        const query = new Query(call.url.searchParams, ["$select"]);
        const oid = call.token.kind === "user" ? call.token.oid : "";
        const user = userAt(tenant, oid, call.token, "self");
        return json({ "@odata.context": `${context}/$entity`, ...userResource(user, query.select()) });
      },
    },
  ];
}
