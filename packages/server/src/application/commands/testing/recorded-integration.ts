import { type ChoiceLimits, type Choices, holds, withinLimits } from "../../../domain/choices.ts";
import { defaultPreferences } from "../../../domain/reader-preferences.ts";
import type { Here } from "../../../domain/until.ts";
import type { CatchUpStarted } from "../../catch-up/catch-up-support.ts";
import type { Chats, ListedChat } from "../../chats/list-chats.ts";
import type { ChatReference, Muted, MuteRequest, NotDone, OneChat, Unmuted } from "../../chats/mute-chat.ts";
import type { Chosen } from "../../connections/choose.ts";
import type { OtherDisconnected } from "../../connections/disconnect-other.ts";
import type { QuietHoursChosen } from "../../connections/quiet-hours.ts";
import type { Snoozed } from "../../connections/snooze.ts";
import type { Decisions } from "../../deliveries/last-decisions.ts";
import type { FailedEntry, Failures } from "../../failures/failure-ports.ts";
import type { Integration, Overview } from "../../integration.ts";
import { ann } from "../../subscriptions/testing/graph.ts";

/** A quarter past nine of a Saturday evening. */
export const here: Here = { nowMs: Date.UTC(2026, 9, 24, 19, 15), timeZone: "Europe/Berlin" };

/** An integration that answers as told and remembers what it was asked. */
export class RecordedIntegration implements Integration {
  readonly loginUrl = "https://login.example.com";
  readonly pluginUrl = "https://chat.example.com/plugins/msteams-notifications";
  readonly asked: unknown[] = [];
  /** The account of whoever is connected; undefined for nobody. */
  account: string | undefined;
  preferences = defaultPreferences;
  limits: ChoiceLimits = {};
  files: "off" | "copied" | "sign-in-missing" = "off";
  /** The first of them is the one that is meant, whatever is asked for. */
  chatList: readonly ListedChat[] = [];
  decided: Decisions = { records: [], here: { nowMs: 0, timeZone: "UTC" } };
  snoozed: Snoozed = { kind: "is", untilMs: undefined, here };
  quiet: QuietHoursChosen = { kind: "is", hours: [], untilMs: undefined, here };
  refusal: NotDone | undefined;
  failure: Error | undefined;
  changedOverview: Partial<Overview> = {};
  failed: readonly FailedEntry[] = [];
  catchUpAnswer: CatchUpStarted = { kind: "started", people: 2 };

  async start(request: Parameters<Integration["start"]>[0]) {
    this.#note("start", request);
    return this.account === undefined
      ? ({ kind: "link", url: "https://chat.example.com/start" } as const)
      : ({ kind: "already-connected", account: this.account } as const);
  }

  async disconnect(userId: string) {
    this.#note("disconnect", userId);
    return this.account === undefined
      ? ({ kind: "not-connected" } as const)
      : ({ kind: "disconnected", account: this.account } as const);
  }

  async disconnectOther(username: string): Promise<OtherDisconnected> {
    this.#note("disconnectOther", username);
    if (username !== "ann") return { kind: "no-such-person" };
    if (this.account === undefined) return { kind: "not-connected" };
    return { kind: "disconnected", account: this.account, wasTold: true };
  }

  async connectionOf(userId: string) {
    this.#note("connectionOf", userId);
    if (this.account === undefined) return { kind: "not-connected" } as const;
    return {
      kind: "connected",
      account: this.account,
      connectedAtMs: 1,
      preferences: this.preferences,
      limits: this.limits,
      mutedChats: this.chatList.filter(({ mute }) => mute !== undefined).length,
      files: this.files,
      here,
    } as const;
  }

  async choose(userId: string, changes: Partial<Choices>): Promise<Chosen> {
    this.#note("choose", userId, changes);
    if (this.account === undefined) return { kind: "not-connected" };
    const asked = { ...defaultPreferences, ...changes };
    if (!holds(withinLimits(asked, this.limits), changes))
      return { kind: "not-allowed", limits: this.limits };
    if (holds(this.preferences, changes)) return { kind: "unchanged" };
    this.preferences = { ...this.preferences, ...changes };
    return { kind: "changed" };
  }

  async snooze(userId: string, until: string | undefined): Promise<Snoozed> {
    this.#note("snooze", userId, until);
    return this.account === undefined ? { kind: "not-connected" } : this.snoozed;
  }

  async quietHours(userId: string, typed: string | undefined): Promise<QuietHoursChosen> {
    this.#note("quietHours", userId, typed);
    return this.account === undefined ? { kind: "not-connected" } : this.quiet;
  }

  async reconsiderHeld(userId: string) {
    this.#note("reconsiderHeld", userId);
  }

  /** The person's chats; undefined for who is not connected. */
  get listed(): Chats | undefined {
    if (this.account === undefined) return undefined;
    return { connection: ann, chats: this.chatList, mutes: [], here };
  }

  async decisions(userId: string) {
    this.#note("decisions", userId);
    return this.account === undefined ? undefined : this.decided;
  }

  async decisionOfPost(userId: string, postId: string) {
    this.#note("decisionOfPost", userId, postId);
    return this.decided;
  }

  async chats(userId: string) {
    this.#note("chats", userId);
    return this.listed;
  }

  async chatOfPost(userId: string, postId: string): Promise<OneChat> {
    this.#note("chatOfPost", userId, postId);
    return this.#one();
  }

  async mute(userId: string, request: MuteRequest): Promise<Muted> {
    this.#note("mute", userId, request);
    const one = this.#one();
    if (this.refusal !== undefined) return this.refusal;
    if (one.kind !== "one") return one;
    const untilMs = request.until === undefined ? undefined : one.here.nowMs + 3_600_000;
    const mute = { chatId: one.chat.chatId, untilMs, mentions: request.mentions };
    this.chatList = [{ ...one.chat, mute }, ...this.chatList.slice(1)];
    return { kind: "muted", chat: { ...one.chat, mute }, here: one.here };
  }

  async unmute(userId: string, chat: ChatReference): Promise<Unmuted> {
    this.#note("unmute", userId, chat);
    const one = this.#one();
    if (one.kind !== "one") return one;
    const wasMuted = one.chat.mute !== undefined;
    this.chatList = [{ ...one.chat, mute: undefined }, ...this.chatList.slice(1)];
    return { kind: wasMuted ? "unmuted" : "was-not-muted", chat: { ...one.chat, mute: undefined } };
  }

  #one(): OneChat {
    const { listed } = this;
    if (listed === undefined) return { kind: "not-connected" };
    const [chat] = listed.chats;
    return chat === undefined
      ? { kind: "no-chat", chats: [], here: listed.here }
      : { kind: "one", chat, ...listed };
  }

  async overview(): Promise<Overview> {
    return {
      connectedPeople: 2,
      subscriptions: {
        wanted: 2,
        active: 1,
        problems: [{ owner: "ann", code: "forbidden" as const, sinceMs: 1 }],
      },
      access: [],
      backlog: { pending: 0, held: 0, dead: 0 },
      waitingToCatchUp: 0,
      noCatchUp: undefined,
      peopleWithoutFiles: 0,
      ...this.changedOverview,
    };
  }

  async notificationsSwitched(userId: string, on: boolean) {
    this.#note("notificationsSwitched", userId, on);
  }

  async backlog() {
    return { pending: 0, held: 0, dead: this.failed.length };
  }

  async failures(limit: number): Promise<Failures> {
    this.#note("failures", limit);
    return { total: this.failed.length, newest: this.failed.slice(0, limit) };
  }

  async replay(which: number | "all") {
    this.#note("replay", which);
    return this.failed.filter(({ id }) => which === "all" || id === which).length;
  }

  async catchUp() {
    this.#note("catchUp");
    return this.catchUpAnswer;
  }

  async recentDeliveries() {
    return [];
  }

  open(): never {
    throw new Error("a command opens no link");
  }

  finish(): never {
    throw new Error("a command finishes no sign-in");
  }

  receiveChanges(): never {
    throw new Error("a command receives nothing");
  }

  receiveLifecycle(): never {
    throw new Error("a command receives nothing");
  }

  #note(...request: unknown[]): void {
    this.asked.push(request);
    if (this.failure !== undefined) throw this.failure;
  }
}
