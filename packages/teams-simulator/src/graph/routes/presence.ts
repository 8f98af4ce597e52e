import type { Tenant } from "../../tenant/tenant.ts";
import { badRequest } from "../graph-error.ts";
import { jsonObject } from "../json-object.ts";
import { collection } from "../odata/page.ts";
import { Query } from "../odata/query.ts";
import { userAt } from "../own-resources.ts";
import { presenceResource } from "../resources/presence.ts";
import { type GraphRoute, json } from "../route.ts";

// Documented limit of getPresencesByUserId (section 6).
const maxPresenceIds = 650;

const unknownPresence = {
  availability: "PresenceUnknown",
  activity: "PresenceUnknown",
  outOfOffice: { isOutOfOffice: false, message: null },
  sequence: 0,
};

/** What getPresencesByUserId says of an id that the directory does not know: nothing, or that it is PresenceUnknown. */
export type StrangersPresence = "left-out" | "unknown";

/** One person's presence, and up to 650 at once. */
export function presenceRoutes(
  tenant: Tenant,
  { graphUrl, strangers }: { readonly graphUrl: string; readonly strangers: StrangersPresence },
): readonly GraphRoute[] {
  return [
    {
      method: "GET",
      path: "/users/:userId/presence",
      permissions: { application: ["Presence.Read.All"], delegated: ["Presence.Read", "Presence.Read.All"] },
      throttle: "presence",
      respond: (call) => {
        new Query(call.url.searchParams, []);
        const readsAll = call.token.kind === "user" && call.token.scopes.includes("Presence.Read.All");
        const user = userAt(tenant, call.parameter("userId"), call.token, readsAll ? "any" : "self");
        const context = `${graphUrl}/v1.0/$metadata#users('${user.id}')/presence/$entity`;
        return json({
          "@odata.context": context,
          ...presenceResource(user.id, tenant.presences.of(user.id)),
        });
      },
    },
    {
      method: "POST",
      path: "/communications/getPresencesByUserId",
      permissions: { application: ["Presence.Read.All"], delegated: ["Presence.Read.All"] },
      throttle: "presence",
      respond: async (call) => {
        const { ids } = jsonObject(await call.json());
        if (!Array.isArray(ids) || ids.some((id) => typeof id !== "string"))
          throw badRequest("ids must be a list of user ids.");
        if (ids.length > maxPresenceIds)
          throw badRequest(`At most ${maxPresenceIds} ids can be asked for at once.`);
        const presences = [...new Set(ids.map(String))].flatMap((id) => {
          if (tenant.directory.findUser(id) !== undefined)
            return [presenceResource(id, tenant.presences.of(id))];
          return strangers === "unknown" ? [presenceResource(id, unknownPresence)] : [];
        });
        return json(collection(`${graphUrl}/v1.0/$metadata#Collection(microsoft.graph.presence)`, presences));
      },
    },
  ];
}
