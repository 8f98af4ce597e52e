import { type Call, row } from "../contract/row.ts";
import { filled, slice, string } from "../gob/schema.ts";
import { Team, TeamMember } from "../models/team.ts";

/** API methods for teams and their members (Mattermost plugin API). */
export const teamsRows = {
  GetTeam: row([string], [Team], "appError"),
  GetTeams: row([], [filled(slice(Team))], "appError"),
  GetTeamByName: row([string], [Team], "appError"),
  GetTeamsForUser: row([string], [filled(slice(Team))], "appError"),
  GetTeamMember: row([string, string], [TeamMember], "appError"),
};

/** The author's view of {@link teamsRows}. */
export function teams(call: Call<typeof teamsRows>) {
  return {
    get: (teamId: string) => call("GetTeam", teamId),
    list: () => call("GetTeams"),
    getByName: (name: string) => call("GetTeamByName", name),
    ofUser: (userId: string) => call("GetTeamsForUser", userId),
    getMember: (teamId: string, userId: string) => call("GetTeamMember", teamId, userId),
  };
}
