import { bool, type Infer, int, ptr, string, struct } from "../gob/schema.ts";

/** Mattermost's `model.Team`; times are milliseconds since 1970. */
export const Team = struct("Team", {
  id: string,
  createAt: int,
  updateAt: int,
  deleteAt: int,
  displayName: string,
  name: string,
  description: string,
  email: string,
  type: string,
  companyName: string,
  allowedDomains: string,
  inviteId: string,
  allowOpenInvite: bool,
  lastTeamIconUpdate: int,
  schemeId: ptr(string),
  groupConstrained: ptr(bool),
  policyID: ptr(string),
  cloudLimitsArchived: bool,
});
export interface Team extends Infer<typeof Team> {}

/** Mattermost's `model.TeamMember`; times are milliseconds since 1970. */
export const TeamMember = struct("TeamMember", {
  teamId: string,
  userId: string,
  roles: string,
  deleteAt: int,
  schemeGuest: bool,
  schemeUser: bool,
  schemeAdmin: bool,
  explicitRoles: string,
  createAt: int,
});
export interface TeamMember extends Infer<typeof TeamMember> {}
