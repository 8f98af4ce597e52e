import type { Api } from "@msteams-notifications/plugin-sdk";
import {
  readPluginSettings,
  readServerSettings,
  type ServerSettings,
} from "../adapters/mattermost/server-settings.ts";
import type { Setup, SetupProblem } from "../application/integration.ts";
import type { Config } from "../config.ts";
import { parseConfig, sameConfig } from "../config.ts";
import { makeMissingSecrets } from "./generated-secrets.ts";
import { problemsOf, SetupFailure } from "./setup-failure.ts";
import { type RunningIntegration, startIntegration } from "./start-integration.ts";
import type { Surroundings } from "./surroundings.ts";

/** A database that restarts is back within seconds; a mistake in the settings is found again when they change. */
const firstRetryMs = 2_000;
const longestRetryMs = 60_000;

export interface RuntimeParts {
  readonly api: Pick<Api, "configuration">;
  /** Resolves when the bot exists; asked at every round, so that it may fail and succeed later. */
  readonly surroundings: () => Promise<Surroundings>;
  readonly base: Pick<Surroundings, "log" | "timers" | "randomness">;
}

interface Running {
  readonly config: Config;
  readonly dataSource: string;
  readonly integration: RunningIntegration;
}

const starting: readonly SetupProblem[] = [
  { what: "The plugin is starting.", doThis: "Try again in a few seconds." },
];

/**
 * Keeps the integration in step with the settings: starts it when they are complete, stops and starts it when they
 * change, and tries again while something it needs is away. Whatever is wrong, the plugin stays active and says so.
 */
export class Runtime implements AsyncDisposable {
  readonly #parts: RuntimeParts;
  #problems = starting;
  #running: Running | undefined;
  #isStale = false;
  #isStopped = false;
  #refreshing: Promise<void> | undefined;
  #retry: Disposable | undefined;
  #retryMs = firstRetryMs;

  constructor(parts: RuntimeParts) {
    this.#parts = parts;
  }

  setup(): Setup {
    return this.#running === undefined
      ? { kind: "not-ready", problems: this.#problems }
      : { kind: "ready", integration: this.#running.integration };
  }

  /** Reads the settings and follows them. However often it is called meanwhile, one more round follows. Never rejects. */
  refresh(): Promise<void> {
    this.#isStale = true;
    this.#refreshing ??= this.#rounds().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopped = true;
    this.#retry?.[Symbol.dispose]();
    await this.#refreshing;
    await this.#stop();
  }

  async #rounds(): Promise<void> {
    while (this.#isStale && !this.#isStopped) {
      this.#isStale = false;
      this.#retry?.[Symbol.dispose]();
      try {
        await this.#follow();
        this.#retryMs = firstRetryMs;
        this.#show([]);
      } catch (error) {
        this.#show(problemsOf(error));
        this.#tryLater();
      }
    }
  }

  async #follow(): Promise<void> {
    const { api } = this.#parts;
    const surroundings = await this.#parts.surroundings();
    const server = await readServerSettings(api);
    const stored = await readPluginSettings(api);
    const config = await this.#completeConfig(server, stored).catch(async (error: unknown) => {
      // Settings that do not fit end what they no longer describe; a failure to read them ends nothing.
      if (error instanceof SetupFailure) await this.#stop();
      throw error;
    });
    if (config === undefined) return;
    const { dataSource } = server;
    const running = this.#running;
    if (running?.dataSource === dataSource && sameConfig(running.config, config)) return;
    await this.#stop();
    const integration = await startIntegration(surroundings, config, dataSource);
    this.#running = { config, dataSource, integration };
    surroundings.log.info("Microsoft Teams Notifications is at work", { cloud: config.cloud.kind });
  }

  /** `undefined` when secrets were just saved: the change calls for another round. */
  async #completeConfig(server: ServerSettings, stored: unknown): Promise<Config | undefined> {
    const { siteUrl, databaseDriver, dataSource } = server;
    if (databaseDriver !== "postgres") throw new SetupFailure([wrongDatabase(databaseDriver)]);
    const { base, api } = this.#parts;
    if (await makeMissingSecrets({ ...base, api, dataSource }, stored)) {
      this.#isStale = true;
      return undefined;
    }
    const parsed = parseConfig(stored, siteUrl);
    if (parsed.kind === "incomplete") throw new SetupFailure(parsed.problems);
    return parsed.config;
  }

  #tryLater(): void {
    if (this.#isStopped) return;
    this.#retry = this.#parts.base.timers.after(this.#retryMs, () => void this.refresh());
    this.#retryMs = Math.min(2 * this.#retryMs, longestRetryMs);
  }

  /** Tells the log what is wrong once, not at every attempt. */
  #show(problems: readonly SetupProblem[]): void {
    const known = new Set(this.#problems.map(({ what }) => what));
    this.#problems = problems;
    for (const { what, doThis } of problems) {
      if (!known.has(what)) this.#parts.base.log.error(`Not set up yet: ${what} ${doThis}`);
    }
  }

  async #stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.integration[Symbol.asyncDispose]();
  }
}

function wrongDatabase(driver: string): SetupProblem {
  return {
    what: `Mattermost uses the database driver "${driver}"; this plugin needs PostgreSQL.`,
    doThis: "Move Mattermost to PostgreSQL, the only database it supports since version 11.",
  };
}
