import { bool, type Infer, int, record, slice, string, struct } from "../gob/schema.ts";
import { TeamMember } from "./team.ts";

/** Mattermost's `model.Session`; times are milliseconds since 1970. */
export const Session = struct("Session", {
  id: string,
  token: string,
  createAt: int,
  expiresAt: int,
  lastActivityAt: int,
  userId: string,
  deviceId: string,
  roles: string,
  isOAuth: bool,
  expiredNotify: bool,
  props: record(string),
  teamMembers: slice(TeamMember),
  local: bool,
});
export interface Session extends Infer<typeof Session> {}
