import type { QueryResultRow } from "pg";
import type { Log } from "../../application/log.ts";
import type { Timers } from "../../application/timers.ts";
import type { Database, OpenSession } from "./database.ts";
import { PostgresError } from "./postgres-error.ts";
import { readSignal, signalChannel, type Topic } from "./signals.ts";

/** PostgreSQL notices a vanished host after 5 + 3 × 3 seconds and gives its locks away (libpq's keepalive settings). */
const keepalive = ["idle = 5", "interval = 3", "count = 3"].map((setting) => `SET tcp_keepalives_${setting}`);
const firstWords = [...keepalive, `LISTEN ${signalChannel}`];
/** A database that went away is looked for this often. */
const reopenMs = 1_000;
/** One that ended again so soon after it was opened anew would do so again at once. */
const settledMs = 1_000;
/** A server that hears gives up a session in a moment; for one that does not the end must not wait. */
const farewellMs = 1_000;
/** A session that does not answer for so long is as good as broken: its host may be gone without a word. */
const answerMs = 10_000;

export interface StandingSessionParts {
  readonly database: Database;
  readonly timers: Timers;
  readonly log: Log;
}

/** Told when a session begins, and when it has ended with all its locks; in between signals are heard. */
export interface SessionFollower {
  opened(): void;
  closed(): void;
}

/**
 * One connection for as long as the plugin runs, opened anew whenever it breaks: it holds this node's locks, which PostgreSQL
 * drops in the moment a node dies, and hears the {@link Topic signals} of all nodes, this one's own included.
 */
export class StandingSession implements AsyncDisposable {
  readonly #parts: StandingSessionParts;
  readonly #followers: SessionFollower[] = [];
  readonly #heard = new Map<string, ((told: string) => void)[]>();
  #open: OpenSession | undefined;
  #opening: Promise<void> | undefined;
  #retry: Disposable | undefined;
  /** Since the session was opened anew, for a while. */
  #settling: Disposable | undefined;
  /** While somebody is being answered. */
  #lastAnswer: Promise<void> | undefined;
  #isEnding = false;

  constructor(parts: StandingSessionParts) {
    this.#parts = parts;
  }

  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** Opens the first session. Throws {@link PostgresError} when that fails; later ones are tried until they succeed. */
  open(): Promise<void> {
    const opening = this.#begin();
    this.#opening = opening.catch(() => undefined);
    return opening;
  }

  /** Whoever follows an open session is told so at once. */
  follow(follower: SessionFollower): void {
    this.#followers.push(follower);
    if (this.isOpen) follower.opened();
  }

  on(topic: Topic, heard: (told: string) => void): void {
    this.#heard.set(topic, [...(this.#heard.get(topic) ?? []), heard]);
  }

  /**
   * Asks on this session. Throws {@link PostgresError}, and ends the session then: what failed, or gave no answer in ten seconds,
   * may have taken locks all the same, of which nobody would know.
   */
  query<Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    // A session answers one question after another.
    const ask = () => this.#query<Row>(sql, values);
    const answer = this.#lastAnswer === undefined ? ask() : this.#lastAnswer.then(ask);
    const last = answer
      .catch(() => undefined)
      .then(() => {
        if (this.#lastAnswer === last) this.#lastAnswer = undefined;
      });
    this.#lastAnswer = last;
    return answer;
  }

  async #query<Row extends QueryResultRow>(sql: string, values: readonly unknown[]): Promise<readonly Row[]> {
    const session = this.#open;
    if (session === undefined) throw unreachable();
    try {
      return await this.#ask<Row>(session, sql, values);
    } catch (error) {
      this.#lose(session);
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isEnding = true;
    this.#retry?.[Symbol.dispose]();
    await this.#opening;
    this.#settling?.[Symbol.dispose]();
    const session = this.#open;
    this.#open = undefined;
    if (session !== undefined) await this.#leave(session);
  }

  async #ask<Row extends QueryResultRow>(
    { client }: OpenSession,
    sql: string,
    values: readonly unknown[],
  ): Promise<readonly Row[]> {
    const late = Promise.withResolvers<never>();
    using _limit = this.#parts.timers.after(answerMs, () => late.reject(unreachable()));
    try {
      const { rows } = await Promise.race([client.query<Row>(sql, [...values]), late.promise]);
      return rows;
    } catch (cause) {
      throw PostgresError.from(cause);
    }
  }

  async #begin(): Promise<void> {
    const session = await this.#parts.database.openSession();
    const { client } = session;
    // From the first moment: a connection that breaks before it is in use must not end the process.
    client.on("error", () => this.#lose(session));
    client.on("end", () => this.#lose(session));
    client.on("notification", ({ payload = "" }) => {
      const { topic, told } = readSignal(payload);
      for (const heard of this.#heard.get(topic) ?? []) heard(told);
    });
    try {
      for (const sql of firstWords) await this.#ask(session, sql, []);
    } catch (error) {
      session.cut();
      throw error;
    }
    this.#open = session;
    for (const follower of this.#followers) follower.opened();
  }

  #lose(session: OpenSession): void {
    if (this.#open !== session) return;
    this.#open = undefined;
    session.cut();
    for (const follower of this.#followers) follower.closed();
    if (this.#isEnding) return;
    this.#parts.log.warn("The connection by which this node keeps its place broke; another is opened");
    if (this.#settling === undefined) this.#openAgain();
    else this.#openLater();
  }

  #openAgain(): void {
    this.#opening = this.#begin().then(
      () => {
        this.#settling = this.#parts.timers.after(settledMs, () => {
          this.#settling = undefined;
        });
      },
      () => this.#openLater(),
    );
  }

  #openLater(): void {
    this.#settling?.[Symbol.dispose]();
    this.#settling = undefined;
    if (!this.#isEnding) this.#retry = this.#parts.timers.after(reopenMs, () => this.#openAgain());
  }

  async #leave({ client, cut }: OpenSession): Promise<void> {
    const late = Promise.withResolvers<void>();
    using _limit = this.#parts.timers.after(farewellMs, late.resolve);
    await Promise.race([client.end().catch(() => undefined), late.promise]);
    cut();
  }
}

function unreachable(): PostgresError {
  return new PostgresError(
    "unreachable",
    "Mattermost's PostgreSQL database cannot be reached at the moment.",
  );
}
