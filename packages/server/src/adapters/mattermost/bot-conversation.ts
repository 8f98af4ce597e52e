import type { Api } from "@msteams-notifications/plugin-sdk";
import type { BotConversation } from "../../application/mattermost/bot-conversation.ts";
import { botUsername } from "./bot.ts";
import { askMattermost } from "./mattermost-failure.ts";

/** `/<team>/messages/@<username>`, in whichever of the person's teams: a direct channel is the same in all. */
export class TeamConversation implements BotConversation {
  readonly #api: Pick<Api, "teams">;

  constructor(api: Pick<Api, "teams">) {
    this.#api = api;
  }

  async pathFor(userId: string): Promise<string | undefined> {
    const teams = await askMattermost("list teams", () => this.#api.teams.ofUser(userId));
    // An archived team is listed, too, and shows nothing any more.
    const team = teams.find(({ deleteAt }) => deleteAt === 0);
    return team && `/${encodeURIComponent(team.name)}/messages/@${botUsername}`;
  }
}
