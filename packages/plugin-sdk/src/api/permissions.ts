import { type Call, row } from "../contract/row.ts";
import { bool, filled, slice, string } from "../gob/schema.ts";
import { Permission } from "../models/permission.ts";

/** API methods for what users may do (Mattermost plugin API). */
export const permissionsRows = {
  HasPermissionTo: row([string, Permission], [bool]),
  HasPermissionToTeam: row([string, string, Permission], [bool]),
  HasPermissionToChannel: row([string, string, Permission], [bool]),
  RolesGrantPermission: row([filled(slice(string)), string], [bool]),
};

/** The author's view of {@link permissionsRows}. */
export function permissions(call: Call<typeof permissionsRows>) {
  return {
    /** `permission` is an id such as `manage_system`. */
    has: (userId: string, permission: string) => call("HasPermissionTo", userId, { id: permission }),
    hasInTeam: (userId: string, teamId: string, permission: string) =>
      call("HasPermissionToTeam", userId, teamId, { id: permission }),
    hasInChannel: (userId: string, channelId: string, permission: string) =>
      call("HasPermissionToChannel", userId, channelId, { id: permission }),
    rolesGrant: (roles: readonly string[], permission: string) =>
      call("RolesGrantPermission", roles, permission),
  };
}
