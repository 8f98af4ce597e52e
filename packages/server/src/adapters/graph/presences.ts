import { z } from "zod";
import { maxIdsPerPresenceRequest, type PresenceSource } from "../../application/graph/presence-source.ts";
import { type Presence, parsePresence } from "../../domain/presence.ts";
import { checkedAnswer } from "./answer.ts";
import type { GraphClient } from "./client.ts";

const presencesAnswer = z.object({ value: z.array(z.looseObject({ id: z.string() })) });

/** `POST /communications/getPresencesByUserId` (facts, section 6). */
export class GraphPresences implements PresenceSource {
  readonly #client: GraphClient;

  constructor(client: GraphClient) {
    this.#client = client;
  }

  async presencesOf(teamsUserIds: readonly string[]): Promise<ReadonlyMap<string, Presence>> {
    if (teamsUserIds.length > maxIdsPerPresenceRequest) {
      throw new RangeError(`At most ${maxIdsPerPresenceRequest} presences fit one request.`);
    }
    const answer = await this.#client.request({
      method: "POST",
      path: "/communications/getPresencesByUserId",
      body: { ids: teamsUserIds },
    });
    const { value } = checkedAnswer(presencesAnswer, answer, "presence");
    // Graph writes ids in its own case; the caller finds them as it asked for them.
    const byLowerCaseId = new Map(value.map((each) => [each.id.toLowerCase(), parsePresence(each)]));
    return new Map(
      teamsUserIds.flatMap((id) => {
        const presence = byLowerCaseId.get(id.toLowerCase());
        return presence === undefined ? [] : [[id, presence]];
      }),
    );
  }
}
