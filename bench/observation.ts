import type { DeliveryEvent, NewMessage } from "@msteams-notifications/teams-simulator";
import { nowMs } from "./now.ts";
import type { Reader } from "./reader.ts";

/** How often progress is looked at; every message's times come from the events themselves. */
const lookEveryMs = 50;

/** Both ends of a message's way: the tenant it is written in and the Mattermost in which its post appears. */
export interface Ends {
  readonly conversations: { send(chatId: string, message: NewMessage): { readonly id: string } };
  readonly deliveries: { listen(listener: (event: DeliveryEvent) => void): Disposable };
  /** Tells of each new post, by a text in which its message is, and when there was one. */
  readonly posts: { listen(listener: (text: string, atMs: number) => void): Disposable };
}

/** One message on its way; times by {@link nowMs}. */
interface Sent {
  readonly people: number;
  /** The first notification's POST began. */
  notifiedMs?: number;
  readonly postedMs: number[];
}

/**
 * Watches both ends of the way of messages: the tenant's POST of a notification and the posts in Mattermost, by one clock.
 * Messages are told apart by a number in their text.
 */
export class Observation implements Disposable {
  readonly #ends: Ends;
  readonly #cargo: string;
  readonly #pattern: RegExp;
  readonly #sent: Sent[] = [];
  readonly #byResource = new Map<string, Sent>();
  readonly #listening: readonly Disposable[];
  #posts = 0;
  #missing = 0;

  /** Two at the same time carry different `cargo`, a word of letters. */
  constructor(ends: Ends, cargo = "Crate") {
    this.#ends = ends;
    this.#cargo = cargo;
    this.#pattern = new RegExp(`${cargo} \\*\\*(\\d+)\\*\\*`);
    this.#listening = [
      ends.deliveries.listen((event) => {
        if (event.kind === "attempted") for (const subject of event.subjects) this.#notified(subject);
      }),
      ends.posts.listen((text, atMs) => this.#posted(text, atMs)),
    ];
  }

  /** How many posts have not come. */
  get missing(): number {
    return this.#missing;
  }

  /** How many posts have come that were to come. */
  get posts(): number {
    return this.#posts;
  }

  /** How many posts there are beyond one for each reader of a message. */
  get repeated(): number {
    return this.#sent.reduce((sum, { people, postedMs }) => sum + Math.max(0, postedMs.length - people), 0);
  }

  /** Milliseconds from a message's first notification to each of its posts. */
  get latenciesMs(): readonly number[] {
    return this.#sent.flatMap(({ people, notifiedMs, postedMs }) =>
      notifiedMs === undefined ? [] : postedMs.slice(0, people).map((atMs) => atMs - notifiedMs),
    );
  }

  /** Milliseconds from the first notification to the last post. */
  get spanMs(): number {
    const ended = this.#sent.flatMap(({ people, postedMs }) => postedMs.slice(0, people));
    const begun = this.#sent.flatMap(({ notifiedMs }) => notifiedMs ?? []);
    return ended.reduce((a, b) => Math.max(a, b)) - begun.reduce((a, b) => Math.min(a, b));
  }

  send(reader: Reader): void {
    const number = this.#sent.length;
    const sent: Sent = { people: reader.people, postedMs: [] };
    this.#sent.push(sent);
    this.#missing += reader.people;
    const { id } = this.#ends.conversations.send(reader.chatId, {
      from: { userId: reader.colleagueId },
      html: `<p>${this.#cargo} <strong>${number}</strong> is on the quay.</p>`,
    });
    // Notifications leave in a later turn, so none is missed.
    this.#byResource.set(`chats('${reader.chatId}')/messages('${id}')`, sent);
  }

  /** Resolves when the first post is there, or after `limitMs`. */
  begun(limitMs: number): Promise<void> {
    return this.#until(() => this.#posts > 0, limitMs);
  }

  /** Resolves when every post is there, or after `limitMs`. */
  complete(limitMs: number): Promise<void> {
    return this.#until(() => this.#missing === 0, limitMs);
  }

  async #until(isSo: () => boolean, limitMs: number): Promise<void> {
    const untilMs = performance.now() + limitMs;
    while (!isSo() && performance.now() < untilMs)
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }

  #notified(subject: string): void {
    const sent = this.#byResource.get(subject);
    if (sent !== undefined) sent.notifiedMs ??= nowMs();
  }

  #posted(text: string, atMs: number): void {
    const number = this.#pattern.exec(text)?.[1];
    const sent = number === undefined ? undefined : this.#sent[Number(number)];
    if (sent === undefined) return;
    sent.postedMs.push(atMs);
    if (sent.postedMs.length > sent.people) return;
    this.#posts += 1;
    this.#missing -= 1;
  }

  [Symbol.dispose](): void {
    for (const listening of this.#listening) listening[Symbol.dispose]();
  }
}
