import type { Connection } from "../../domain/connection.ts";
import type { Clock } from "../clock.ts";
import type { GraphErrorCode } from "../graph/graph-error.ts";
import type { Log } from "../log.ts";
import type { BotPosts } from "../mattermost/bot-posts.ts";
import {
  type AccessArea,
  type AccessProblem,
  type AccessProblems,
  applicationOwner,
} from "./access-ports.ts";
import { explainToAdministrator, explainToPerson } from "./access-texts.ts";

export interface AccessParts {
  readonly problems: AccessProblems;
  readonly posts: Pick<BotPosts, "directChannel" | "create">;
  readonly clock: Clock;
  readonly log: Log;
}

/** Keeps what Microsoft refuses, and tells whoever can change it: once, however often and wherever it is refused. */
export class Access {
  readonly #parts: AccessParts;

  constructor(parts: AccessParts) {
    this.#parts = parts;
  }

  /** Administrators read it in the log, and in `/msteams status` for as long as it lasts. */
  async applicationRefused(area: AccessArea, code: AccessProblem["code"]): Promise<void> {
    const { problems, clock, log } = this.#parts;
    const problem = { owner: applicationOwner, area, code, sinceMs: clock.now() };
    if ((await problems.record(problem)) === "known") return;
    log[area === "setting" ? "warn" : "error"](explainToAdministrator(problem), { area, code });
  }

  /** Whether something had been refused there before. */
  async applicationWorks(...areas: readonly AccessArea[]): Promise<boolean> {
    const { problems, log } = this.#parts;
    let isNew = false;
    for (const area of areas) {
      if (!(await problems.clear(applicationOwner, area))) continue;
      isNew = true;
      log.info("What had stopped works again", { area });
    }
    return isNew;
  }

  /** The person reads it as the bot's direct message; when that fails they are told the next time. */
  async personRefused({ userId, teamsAccount }: Connection, code: GraphErrorCode): Promise<void> {
    const { problems, posts, clock, log } = this.#parts;
    const sinceMs = clock.now();
    if ((await problems.record({ owner: userId, area: "messages", code, sinceMs })) === "known") return;
    log.warn("Microsoft refuses the messages of one person", { userId, code });
    try {
      const channelId = await posts.directChannel(userId);
      const message = explainToPerson(code, teamsAccount);
      await posts.create(channelId, { message, key: `access:${code}:${sinceMs}` });
    } catch (error) {
      await problems.clear(userId, "messages");
      throw error;
    }
  }

  async personWorks(userId: string): Promise<void> {
    await this.#parts.problems.clear(userId, "messages");
  }

  list(): Promise<readonly AccessProblem[]> {
    return this.#parts.problems.list();
  }
}
