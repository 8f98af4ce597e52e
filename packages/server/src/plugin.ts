import "reflect-metadata";
import { type Api, definePlugin } from "@msteams-notifications/plugin-sdk";
import ownPackage from "../package.json" with { type: "json" };
import { connectionChangedEvent, paths, pluginId, preferencesCategory } from "./adapters/http/contract.ts";
import { httpApp } from "./adapters/http/http-app.ts";
import { PrometheusMetrics } from "./adapters/http/prometheus-metrics.ts";
import { ensureBot } from "./adapters/mattermost/bot.ts";
import { TeamConversation } from "./adapters/mattermost/bot-conversation.ts";
import { registerCommand } from "./adapters/mattermost/command-registration.ts";
import { WebsocketEvents } from "./adapters/mattermost/connection-events.ts";
import { EphemeralMessages } from "./adapters/mattermost/ephemeral-messages.ts";
import { MattermostFileUploads } from "./adapters/mattermost/file-uploads.ts";
import { Posts } from "./adapters/mattermost/posts.ts";
import { Preferences } from "./adapters/mattermost/preferences.ts";
import { serverLog } from "./adapters/mattermost/server-log.ts";
import { Users } from "./adapters/mattermost/users.ts";
import { answerCommand } from "./application/commands/answer-command.ts";
import { msteamsCommand } from "./application/commands/command-words.ts";
import type { EphemeralPlace } from "./application/mattermost/ephemeral-posts.ts";
import { systemTimers } from "./application/timers.ts";
import { ownEngine, relieveMemory } from "./runtime/memory-relief.ts";
import { systemRandomness } from "./runtime/randomness.ts";
import { Runtime } from "./runtime/runtime.ts";
import type { Surroundings } from "./runtime/surroundings.ts";

const systemClock = { now: () => Date.now() };

/** Everything that lives while the plugin is active. */
class ActivePlugin implements AsyncDisposable {
  readonly metrics = new PrometheusMetrics(() => this.#backlog());
  readonly users: Users;
  readonly events: WebsocketEvents;
  readonly runtime: Runtime;
  readonly respond: (request: Request) => Promise<Response>;
  readonly #api: Api;
  readonly #log;
  readonly #relief = relieveMemory({ timers: systemTimers, clock: systemClock, engine: ownEngine });
  #surroundings: Surroundings | undefined;

  constructor(api: Api) {
    this.#api = api;
    this.#log = serverLog(api);
    this.users = new Users(api);
    this.events = new WebsocketEvents(api, connectionChangedEvent, this.#log);
    const base = { log: this.#log, timers: systemTimers, randomness: systemRandomness };
    this.runtime = new Runtime({ api, base, surroundings: () => this.#findSurroundings() });
    this.respond = httpApp(this.#parts());
  }

  /** What the bot says to a command, or the text for Mattermost to show when there is no bot to say it. */
  async answer(userId: string, place: EphemeralPlace, line: string): Promise<string | undefined> {
    const ephemeralPostId = systemRandomness.mattermostId();
    const reply = await answerCommand(this.#parts(), { userId, ...place, line, ephemeralPostId });
    const { message } = reply;
    const bot = this.#surroundings?.mattermost.ephemeral;
    if (bot === undefined) return message;
    const post = { id: ephemeralPostId, ...reply };
    return bot.send(userId, place, post).then(
      () => undefined,
      () => message,
    );
  }

  /** Shows in a person's open web apps what they chose, and remembers when they turned notifications on and off. */
  async follow(userId: string, saved: readonly { readonly name: string; readonly value: string }[]) {
    const notifications = saved.find(({ name }) => name === "notifications");
    if (notifications !== undefined) await this.#noteSwitch(userId, notifications.value !== "off");
    if (saved.some(({ name }) => holdingPreferences.has(name))) await this.#reconsiderHeld(userId);
    await this.events.connectionChanged(userId);
  }

  async #reconsiderHeld(userId: string): Promise<void> {
    const setup = this.runtime.setup();
    if (setup.kind !== "ready") return;
    await setup.integration.reconsiderHeld(userId).catch((error: unknown) => {
      const cause = error instanceof Error ? error.name : "unknown";
      this.#log.warn("What is held for a person waits for the time they chose before", { cause });
    });
  }

  async #noteSwitch(userId: string, on: boolean): Promise<void> {
    const setup = this.runtime.setup();
    if (setup.kind === "ready") {
      await setup.integration.notificationsSwitched(userId, on).catch((error: unknown) => {
        const cause = error instanceof Error ? error.name : "unknown";
        this.#log.warn("The time of a switch of notifications could not be kept", { cause });
      });
    }
  }

  /** Whoever leaves Mattermost is no longer forwarded anything. */
  async forget(userId: string): Promise<void> {
    const setup = this.runtime.setup();
    if (setup.kind !== "ready") return;
    await setup.integration.disconnect(userId).catch((error: unknown) => {
      const cause = error instanceof Error ? error.name : "unknown";
      this.#log.warn("A deactivated person could not be disconnected", { cause });
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#relief[Symbol.dispose]();
    return this.runtime[Symbol.asyncDispose]();
  }

  async #backlog() {
    const setup = this.runtime.setup();
    return setup.kind === "ready" ? setup.integration.backlog() : undefined;
  }

  #parts() {
    return {
      setup: () => this.runtime.setup(),
      administrators: this.users,
      ephemeral: () => this.#surroundings?.mattermost.ephemeral,
      newId: () => systemRandomness.mattermostId(),
      log: this.#log,
    };
  }

  async #findSurroundings(): Promise<Surroundings> {
    this.#surroundings ??= this.#surroundingsOf(await ensureBot(this.#api, this.#log, ownPackage.version));
    return this.#surroundings;
  }

  #surroundingsOf(botUserId: string): Surroundings {
    const api = this.#api;
    const clock = systemClock;
    return {
      mattermost: {
        users: this.users,
        names: this.users,
        posts: new Posts(api, botUserId),
        conversation: new TeamConversation(api),
        ephemeral: new EphemeralMessages(api, botUserId, `/plugins/${pluginId}${paths.buttons}`),
        preferences: new Preferences(api, preferencesCategory),
        events: this.events,
        uploads: new MattermostFileUploads(api, clock),
      },
      clock,
      timers: systemTimers,
      randomness: systemRandomness,
      log: this.#log,
      metrics: this.metrics,
      pluginId,
    };
  }
}

/** What decides whether a message is held, and until when. */
const holdingPreferences: ReadonlySet<string> = new Set(["snooze", "quiet", "grace"]);

let active: ActivePlugin | undefined;

const inactive = () => new Response("The plugin is not active.", { status: 503 });

export default definePlugin({
  async onActivate({ api }) {
    active = new ActivePlugin(api);
    await registerCommand(api, msteamsCommand, {
      url: (which) => (which === "recent" ? paths.recentChats : paths.mutedChats),
    });
    // In the background: Mattermost waits for this hook, and a database or Microsoft may be slow or away.
    void active.runtime.refresh();
  },
  async onDeactivate() {
    await active?.[Symbol.asyncDispose]();
    active = undefined;
  },
  onConfigurationChange() {
    // Not awaited: saving generated secrets calls this hook before the save returns.
    void active?.runtime.refresh();
  },
  async executeCommand(_context, { userId, channelId, rootId, command }) {
    const place = { channelId, rootId: rootId === "" ? undefined : rootId };
    const text = await active?.answer(userId, place, command);
    return text === undefined ? {} : { responseType: "ephemeral", text, skipSlackParsing: true };
  },
  async preferencesHaveChanged(_context, saved) {
    const ours = saved.filter(({ category }) => category === preferencesCategory);
    const people = new Set(ours.map(({ userId }) => userId));
    for (const userId of people)
      await active?.follow(
        userId,
        ours.filter((row) => row.userId === userId),
      );
  },
  async userHasBeenDeactivated(_context, user) {
    await active?.forget(user.id);
  },
  serveHttp: (request) => active?.respond(request) ?? inactive(),
  serveMetrics: () => active?.metrics.response() ?? inactive(),
});
