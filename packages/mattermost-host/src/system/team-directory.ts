import { AppError } from "../app-error.ts";
import type { Clock } from "../clock.ts";
import { type NewId, randomId } from "../identity.ts";
import type { Team, TeamMember } from "../model/team.ts";

/** Teams and who belongs to them. */
export class TeamDirectory {
  readonly #clock: Clock;
  readonly #newId: NewId;
  readonly #teams = new Map<string, Team>();
  readonly #members = new Map<string, Map<string, TeamMember>>();

  constructor(clock: Clock, newId: NewId = randomId) {
    this.#clock = clock;
    this.#newId = newId;
  }

  create(given: { name: string; displayName: string; type?: string }): Team {
    if (this.findByName(given.name)) throw new AppError("app.team.save.name_exists", { where: "CreateTeam" });
    const now = this.#clock.now();
    const team: Team = {
      id: this.#newId(),
      createAt: now,
      updateAt: now,
      deleteAt: 0,
      displayName: given.displayName,
      name: given.name,
      description: "",
      type: given.type ?? "O",
      allowOpenInvite: (given.type ?? "O") === "O",
    };
    this.#teams.set(team.id, team);
    this.#members.set(team.id, new Map());
    return team;
  }

  get(id: string): Team {
    const team = this.#teams.get(id);
    if (!team) throw new AppError("app.team.get.find.app_error", { where: "GetTeam" });
    return team;
  }

  findByName(name: string): Team | undefined {
    return this.all().find((team) => team.name === name);
  }

  all(): Team[] {
    return [...this.#teams.values()];
  }

  ofUser(userId: string): Team[] {
    return this.all().filter((team) => this.isMember(team.id, userId));
  }

  addMember(teamId: string, userId: string, admin = false): TeamMember {
    this.get(teamId);
    const members = this.#members.get(teamId);
    const existing = members?.get(userId);
    if (existing) {
      existing.deleteAt = 0;
      return existing;
    }
    const member: TeamMember = {
      teamId,
      userId,
      roles: admin ? "team_user team_admin" : "team_user",
      deleteAt: 0,
      schemeUser: true,
      schemeAdmin: admin,
      createAt: this.#clock.now(),
    };
    members?.set(userId, member);
    return member;
  }

  removeMember(teamId: string, userId: string): TeamMember {
    const member = this.member(teamId, userId);
    member.deleteAt = this.#clock.now();
    return member;
  }

  member(teamId: string, userId: string): TeamMember {
    const member = this.#members.get(teamId)?.get(userId);
    if (!member) throw new AppError("app.team.get_member.missing.app_error", { where: "GetTeamMember" });
    return member;
  }

  members(teamId: string): TeamMember[] {
    return [...(this.#members.get(teamId)?.values() ?? [])].filter((member) => member.deleteAt === 0);
  }

  isMember(teamId: string, userId: string): boolean {
    return this.#members.get(teamId)?.get(userId)?.deleteAt === 0;
  }
}
