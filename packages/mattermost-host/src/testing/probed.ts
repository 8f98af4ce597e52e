import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MattermostOptions, openInstallation, type RunningMattermost } from "../installation.ts";
import type { Json, JsonObject } from "../json.ts";
import type { LogRecord } from "../log.ts";
import { ProcessPlugins } from "../plugins/process-plugins.ts";
import { fromWire, toWire } from "./any-wire.ts";
import { password } from "./installation.ts";
import { type ProbeOptions, probeArchive, probeId } from "./plugin-archive.ts";
import { type Answer, RestClient } from "./rest-client.ts";

/** Loading TypeScript takes its time on a busy machine; the limit itself is tested where plugins are launched. */
const startTimeoutMs = 20_000;

/** Why the test plugin's call was refused. */
export interface Refusal {
  readonly name: string;
  readonly message: string;
  readonly id?: string;
  readonly statusCode?: number;
  readonly detailedError?: string;
}

/** A hook of the test plugin that ran, with its arguments and the process. */
export interface HookCall {
  readonly hook: string;
  readonly args: readonly unknown[];
  readonly pid: number;
}

/** An installation that runs plugins as processes, with a folder of its own for what they leave behind. */
export class Probed implements AsyncDisposable {
  readonly mattermost: RunningMattermost;
  readonly admin: RestClient;
  readonly ada: RestClient & { readonly id: string };
  readonly ben: RestClient & { readonly id: string };
  readonly townSquare: string;
  readonly #folder: string;

  private constructor(mattermost: RunningMattermost, folder: string) {
    this.mattermost = mattermost;
    this.#folder = folder;
    const { system, url, team } = mattermost;
    const person = (username: string) => {
      const email = `${username}@contoso.example`;
      const user = mattermost.addPerson({ username, email, password });
      return Object.assign(new RestClient(url, system.tokenFor(user).token), { id: user.id });
    };
    this.admin = new RestClient(url, system.tokenFor(mattermost.administrator).token);
    this.ada = person("ada");
    this.ben = person("ben");
    this.townSquare = system.channels.findByName(team.id, "town-square")?.id ?? "";
  }

  static async start(options: Partial<MattermostOptions> = {}): Promise<Probed> {
    const folder = await mkdtemp(join(tmpdir(), "probed-"));
    const administrator = { username: "admin", email: "admin@contoso.example", password };
    const mattermost = await openInstallation(
      { dataSource: "postgres://unused", administrator, ...options },
      (parts) => ProcessPlugins.start(parts, { startTimeoutMs, folder }),
    );
    return new Probed(mattermost, folder);
  }

  /** With the test plugin uploaded and running. */
  static async active(options: Partial<MattermostOptions> = {}, probe: ProbeOptions = {}): Promise<Probed> {
    const probed = await Probed.start(options);
    await probed.upload(probe);
    await probed.enable();
    return probed;
  }

  async upload(probe: ProbeOptions = {}, force = false): Promise<Answer> {
    return this.uploadArchive(await probeArchive(probe), force);
  }

  uploadArchive(archive: Uint8Array, force = false): Promise<Answer> {
    const form = new FormData();
    form.set("plugin", new Blob([archive.slice()]), "plugin.tar.gz");
    if (force) form.set("force", "true");
    return this.admin.post("/plugins", form);
  }

  enable(): Promise<Answer> {
    return this.admin.post(`/plugins/${probeId}/enable`, {});
  }

  disable(): Promise<Answer> {
    return this.admin.post(`/plugins/${probeId}/disable`, {});
  }

  settings(settings: JsonObject): Promise<void> {
    return this.mattermost.system.configuration.savePlugin(probeId, settings);
  }

  /** The statuses of the test plugin on all nodes. */
  async statuses(): Promise<JsonObject[]> {
    return (await this.admin.get("/plugins/statuses")).json as JsonObject[];
  }

  /** A request to the test plugin on one node. */
  fetch(path: string, init: RequestInit = {}, node = 0): Promise<Response> {
    return fetch(`${this.mattermost.nodes[node]?.url}/plugins/${probeId}${path}`, init);
  }

  async pid(node = 0): Promise<number> {
    const answer = (await (await this.fetch("/", {}, node)).json()) as { pid: number };
    return answer.pid;
  }

  /** Lets the test plugin call its API; rejects with a {@link Refusal} where that was refused. */
  async call(group: string, method: string, ...args: readonly unknown[]): Promise<unknown> {
    const body = JSON.stringify(toWire({ group, method, args }));
    const answer = (await (await this.fetch("/call", { method: "POST", body })).json()) as {
      readonly result?: Json;
      readonly error?: Refusal;
    };
    if (answer.error !== undefined) throw answer.error;
    return fromWire(answer.result);
  }

  refused(group: string, method: string, ...args: readonly unknown[]): Promise<Refusal> {
    return this.call(group, method, ...args).then(
      () => Promise.reject(new Error(`${group}.${method} was not refused.`)),
      (refusal: Refusal) => refusal,
    );
  }

  command(text: string): Promise<Answer> {
    return this.ada.post("/commands/execute", { channel_id: this.townSquare, command: text });
  }

  /** Calls of hooks so far, of one hook if named. */
  hooks(name?: string): HookCall[] {
    const calls = this.mattermost.log.records.flatMap((record) => hookCall(record) ?? []);
    return name === undefined ? calls : calls.filter(({ hook }) => hook === name);
  }

  /** The next call of that hook after now. Ask before it happens. */
  nextHook(name: string, wanted: (call: HookCall) => boolean = () => true): Promise<HookCall> {
    return new Promise((resolve) => {
      const watching = this.mattermost.log.observe((record) => {
        const call = hookCall(record);
        if (call?.hook !== name || !wanted(call)) return;
        watching[Symbol.dispose]();
        resolve(call);
      });
    });
  }

  /** The next line of the server's log with this message. Ask before it is written. */
  nextLog(message: string): Promise<LogRecord> {
    return new Promise((resolve) => {
      const watching = this.mattermost.log.observe((record) => {
        if (record.message !== message) return;
        watching[Symbol.dispose]();
        resolve(record);
      });
    });
  }

  /** Kills the plugin's process as a crash does and resolves when it is gone. */
  async crash(): Promise<void> {
    expectCrash(await this.fetch("/exit", { method: "POST" }));
  }

  /** Stops everything. Throws when a process, a socket, a folder or a subscription is left. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { system } = this.mattermost;
    await this.mattermost.stop();
    const left: unknown[] = await readdir(this.#folder);
    await rm(this.#folder, { recursive: true });
    left.push(...new Set(this.hooks().flatMap(({ pid }) => (isAlive(pid) ? pid : []))));
    left.push(...system.cluster.nodeIds);
    if (system.events.subscribers > 0) left.push("a subscription");
    if (left.length > 0) throw new Error(`The plugins left ${left.join(", ")} behind.`);
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function expectCrash({ status }: Response): void {
  if (status !== 500) throw new Error(`A crashed plugin answered ${status}.`);
}

function hookCall({ message, fields }: LogRecord): HookCall | undefined {
  if (!message.startsWith("hook ")) return undefined;
  const args = fromWire(JSON.parse(fields.args ?? "[]")) as readonly unknown[];
  return { hook: message.slice("hook ".length), args, pid: Number(fields.pid) };
}
