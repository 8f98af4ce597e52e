import type { ServerEvent } from "@msteams-notifications/mattermost-host";
import type { DeliveryEvent, NewMessage } from "@msteams-notifications/teams-simulator";
import type { Reader } from "./reader.ts";

/** How often progress is looked at; every message's times come from the events themselves. */
const lookEveryMs = 50;

/** Both ends of a message's way: the tenant it is written in and the Mattermost in which its post appears. */
export interface Ends {
  readonly conversations: { send(chatId: string, message: NewMessage): { readonly id: string } };
  readonly deliveries: { listen(listener: (event: DeliveryEvent) => void): Disposable };
  readonly events: { subscribe(listener: (event: ServerEvent) => void): Disposable };
}

/** One message on its way; times by `performance.now()`. */
interface Sent {
  /** The notification's POST began. */
  notifiedMs?: number;
  postedMs?: number;
  posts: number;
}

/**
 * Watches both ends of the way of messages: the tenant's POST of a notification and the post in Mattermost, both in this
 * process and so by one clock. Messages are told apart by a number in their text.
 */
export class Observation implements Disposable {
  readonly #ends: Ends;
  readonly #cargo: string;
  readonly #sent: Sent[] = [];
  readonly #byResource = new Map<string, Sent>();
  readonly #listening: readonly Disposable[];

  /** Two at the same time carry different `cargo`, a word of letters. */
  constructor(ends: Ends, cargo = "Crate") {
    this.#ends = ends;
    this.#cargo = cargo;
    this.#listening = [
      ends.deliveries.listen((event) => {
        if (event.kind === "attempted") for (const subject of event.subjects) this.#notified(subject);
      }),
      ends.events.subscribe(({ event, data }) => {
        if (event === "posted") this.#posted(String(data.post));
      }),
    ];
  }

  /** How many messages have not become a post. */
  get missing(): number {
    return this.#sent.filter(({ posts }) => posts === 0).length;
  }

  /** How many posts there are beyond one for each message. */
  get repeated(): number {
    return this.#sent.reduce((sum, { posts }) => sum + Math.max(0, posts - 1), 0);
  }

  /** Milliseconds from notification to post, of the messages that became one. */
  get latenciesMs(): readonly number[] {
    return this.#sent.flatMap(({ notifiedMs, postedMs }) =>
      notifiedMs === undefined || postedMs === undefined ? [] : [postedMs - notifiedMs],
    );
  }

  /** Milliseconds from the first notification to the last post. */
  get spanMs(): number {
    const times = (key: "notifiedMs" | "postedMs") => this.#sent.flatMap((sent) => sent[key] ?? []);
    return (
      times("postedMs").reduce((a, b) => Math.max(a, b)) -
      times("notifiedMs").reduce((a, b) => Math.min(a, b))
    );
  }

  send(reader: Reader): void {
    const number = this.#sent.length;
    const sent: Sent = { posts: 0 };
    this.#sent.push(sent);
    const { id } = this.#ends.conversations.send(reader.chatId, {
      from: { userId: reader.colleagueId },
      html: `<p>${this.#cargo} <strong>${number}</strong> is on the quay.</p>`,
    });
    // Notifications leave in a later turn, so none is missed.
    this.#byResource.set(`chats('${reader.chatId}')/messages('${id}')`, sent);
  }

  /** Resolves when every message became a post, or after `limitMs`. */
  async complete(limitMs: number): Promise<void> {
    const untilMs = performance.now() + limitMs;
    while (this.missing > 0 && performance.now() < untilMs)
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }

  #notified(subject: string): void {
    const sent = this.#byResource.get(subject);
    if (sent !== undefined) sent.notifiedMs ??= performance.now();
  }

  #posted(post: string): void {
    const number = new RegExp(`${this.#cargo} \\*\\*(\\d+)\\*\\*`).exec(post)?.[1];
    const sent = number === undefined ? undefined : this.#sent[Number(number)];
    if (sent === undefined) return;
    sent.postedMs ??= performance.now();
    sent.posts += 1;
  }

  [Symbol.dispose](): void {
    for (const listening of this.#listening) listening[Symbol.dispose]();
  }
}
