import type { Installation } from "./installation.ts";
import { type Expected, type Found, judge, nameOf, type Verdict } from "./verdict.ts";

/** The prop in which the plugin keeps a post's key: the chat and the message. */
const keyProp = "msteams_notifications_key";

/** Messages are sent in handfuls, so that a rate is kept without a timer for each. */
const handfulMs = 50;

/** More posts than a trial makes in one channel. */
const wholeChannel = 1_000_000;

/** Messages of one trial: sends them and compares them with what arrives. */
export class Sending implements Disposable {
  readonly #installation: Installation;
  readonly #expected: Expected[] = [];
  readonly #missing = new Set<string>();
  readonly #messages = new Set<string>();
  readonly #readers: ReadonlyMap<string, string>;
  readonly #listening: Disposable;
  #complete = () => {};
  #begin = () => {};
  readonly #begun: Promise<void>;

  constructor(installation: Installation) {
    this.#installation = installation;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#begun = promise;
    this.#begin = resolve;
    this.#readers = new Map(installation.readers.map(({ channelId, username }) => [channelId, username]));
    this.#listening = installation.mattermost.system.events.subscribe(({ event, data }) => {
      if (event === "posted") this.#arrived(JSON.parse(String(data.post)));
    });
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }

  /** Posts that are still to come. */
  get missing(): number {
    return this.#missing.size;
  }

  /** Sends `count` messages, round the chats, at `perSecond`. */
  async send(count: number, perSecond: number): Promise<void> {
    const perHandful = Math.max(1, Math.round((perSecond * handfulMs) / 1_000));
    for (let sent = 0; sent < count; sent += perHandful) {
      const until = Date.now() + handfulMs;
      for (let index = sent; index < Math.min(sent + perHandful, count); index += 1) this.#sendOne(index);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, until - Date.now())));
    }
  }

  /** Resolves when the first of the messages has arrived. */
  begun(): Promise<void> {
    return this.#begun;
  }

  /** Resolves when every expected post is there, or `withinMs` later: the verdict tells. */
  async settled(withinMs: number): Promise<Verdict> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#complete = resolve;
    const limit = setTimeout(resolve, withinMs);
    if (this.missing > 0) await promise;
    clearTimeout(limit);
    return this.verdict();
  }

  verdict(): Verdict {
    return judge(this.#expected, this.#found());
  }

  #sendOne(index: number): void {
    const { chats, tenant } = this.#installation;
    const chat = chats[index % chats.length];
    if (chat === undefined) return;
    const { id: messageId } = tenant.tenant.conversations.send(chat.id, {
      from: { userId: chat.writerId },
      html: `<p>Message ${index}</p>`,
    });
    this.#messages.add(`${chat.id}/${messageId}`);
    for (const { username: reader } of chat.readers) {
      const one = { reader, chatId: chat.id, messageId };
      this.#expected.push(one);
      this.#missing.add(nameOf(one));
    }
  }

  #arrived(post: { readonly channel_id: string; readonly props: Readonly<Record<string, unknown>> }): void {
    const reader = this.#readers.get(post.channel_id);
    const named = reader === undefined ? undefined : messageOf(post.props, reader);
    if (named === undefined) return;
    if (this.#missing.delete(nameOf(named))) this.#begin();
    if (this.missing === 0) this.#complete();
  }

  /** What Mattermost keeps of this trial's messages, whoever received them. */
  #found(): Found[] {
    const { readers, mattermost } = this.#installation;
    return readers.flatMap(({ username, channelId }) => {
      const page = mattermost.system.posts.page(channelId, 0, wholeChannel);
      return [...page.posts.values()].flatMap(({ props, createAt }) => {
        const named = messageOf(props, username);
        const isOurs = named !== undefined && this.#messages.has(`${named.chatId}/${named.messageId}`);
        return isOurs ? [{ ...named, createAt }] : [];
      });
    });
  }
}

function messageOf(props: Readonly<Record<string, unknown>>, reader: string): Expected | undefined {
  const key = props[keyProp];
  if (typeof key !== "string") return undefined;
  const cut = key.lastIndexOf("/");
  return { reader, chatId: key.slice(0, cut), messageId: key.slice(cut + 1) };
}
