import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import { rolesGrant } from "../system/permissions.ts";
import type { Caller } from "./caller.ts";

/** Who may do what. */
export function permissionsApi({ system }: Caller): ApiImplementation {
  const { permissions } = system;
  return {
    HasPermissionTo: (userId, { id }) => permissions.has(userId, id),
    HasPermissionToTeam: (userId, teamId, { id }) => permissions.hasInTeam(userId, teamId, id),
    HasPermissionToChannel: (userId, channelId, { id }) => permissions.hasInChannel(userId, channelId, id),
    RolesGrantPermission: (roles, id) => rolesGrant(roles, id),
  };
}
