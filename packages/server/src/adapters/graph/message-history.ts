import { z } from "zod";
import type { MessageHistory, TimeWindow } from "../../application/catch-up/catch-up-ports.ts";
import type { RequestTurn } from "../../application/graph/request-turn.ts";
import { checkedAnswer, pathOfNextLink } from "./answer.ts";
import type { GraphClient } from "./client.ts";

/** Graph's most for one page of messages. */
const messagesPerPage = 50;

const messagesPage = z.object({ value: z.array(z.unknown()), "@odata.nextLink": z.string().nullish() });

/** `GET /users/{id}/chats/getAllMessages` (facts, section 9). Not there in the China cloud. */
export class GraphMessageHistory implements MessageHistory {
  readonly #client: GraphClient;
  readonly #turn: RequestTurn;

  /** `stopping` ends the wait for a turn; without it nothing does but its time. */
  constructor(client: GraphClient, stopping?: AbortSignal) {
    this.#client = client;
    this.#turn = { kind: "background", ...(stopping === undefined ? {} : { stopping }) };
  }

  async *pages(teamsUserId: string, { fromMs, untilMs }: TimeWindow): AsyncGenerator<readonly unknown[]> {
    // Graph compares with "greater than" only; its times of messages are whole milliseconds.
    const from = new Date(fromMs - 1).toISOString();
    const until = new Date(untilMs).toISOString();
    const filter = `lastModifiedDateTime gt ${from} and lastModifiedDateTime lt ${until}`;
    const query = `$top=${messagesPerPage}&$filter=${encodeURIComponent(filter)}`;
    const first = `/users/${encodeURIComponent(teamsUserId)}/chats/getAllMessages?${query}`;
    for (let path: string | undefined = first; path !== undefined; ) {
      const page: z.infer<typeof messagesPage> = checkedAnswer(
        messagesPage,
        await this.#client.request({
          method: "GET",
          path,
          turn: this.#turn,
          headers: { prefer: "include-unknown-enum-members" },
        }),
        "the messages of a person",
      );
      yield page.value;
      path = pathOfNextLink(page["@odata.nextLink"] ?? undefined);
    }
  }
}
