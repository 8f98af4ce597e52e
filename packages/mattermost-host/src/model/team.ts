import type { JsonObject } from "../json.ts";

export interface Team {
  readonly id: string;
  createAt: number;
  updateAt: number;
  deleteAt: number;
  displayName: string;
  name: string;
  description: string;
  /** `O` open, `I` by invitation. */
  type: string;
  allowOpenInvite: boolean;
}

export interface TeamMember {
  readonly teamId: string;
  readonly userId: string;
  roles: string;
  deleteAt: number;
  schemeUser: boolean;
  schemeAdmin: boolean;
  createAt: number;
}

export function teamJson(team: Team): JsonObject {
  return {
    id: team.id,
    create_at: team.createAt,
    update_at: team.updateAt,
    delete_at: team.deleteAt,
    display_name: team.displayName,
    name: team.name,
    description: team.description,
    email: "",
    type: team.type,
    company_name: "",
    allowed_domains: "",
    invite_id: "",
    allow_open_invite: team.allowOpenInvite,
  };
}

export function teamMemberJson(member: TeamMember): JsonObject {
  return {
    team_id: member.teamId,
    user_id: member.userId,
    roles: member.roles,
    delete_at: member.deleteAt,
    scheme_user: member.schemeUser,
    scheme_admin: member.schemeAdmin,
  };
}
