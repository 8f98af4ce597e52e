import type { Chat, Installation } from "./installation.ts";
import { messagesIn, type SeenPost } from "./read-post.ts";
import { type Expected, type Found, judge, messageName, nameOf, type Verdict } from "./verdict.ts";

/** Messages are sent in handfuls, so that a rate is kept without a timer for each. */
const handfulMs = 50;

/** More posts than a trial makes in one channel. */
const wholeChannel = 1_000_000;

interface Sent {
  readonly chat: Chat;
  readonly messageId: string;
  readonly index: number;
}

/** Messages of one trial: sends them, changes them if asked, and compares them with what arrives. */
export class Sending implements Disposable {
  readonly #installation: Installation;
  readonly #expected: Expected[] = [];
  readonly #missing = new Set<string>();
  readonly #sent: Sent[] = [];
  /** What each message says in Teams, as a post has it below its header. */
  readonly #texts = new Map<string, string>();
  readonly #readers: ReadonlyMap<string, string>;
  readonly #listening: Disposable;
  #complete = () => {};
  #begin = () => {};
  readonly #begun: Promise<void>;
  #hasBegun = false;

  constructor(installation: Installation) {
    this.#installation = installation;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#begun = promise;
    this.#begin = () => {
      this.#hasBegun = true;
      resolve();
    };
    this.#readers = new Map(installation.readers.map(({ channelId, username }) => [channelId, username]));
    this.#listening = installation.mattermost.system.events.subscribe(({ event, data }) => {
      if (event === "posted" || event === "post_edited") this.#arrived(JSON.parse(String(data.post)));
    });
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }

  /** Posts that are still to come, or to change. */
  get missing(): number {
    return this.#missing.size;
  }

  /** Whether any of the messages has arrived. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Sends `count` messages, round the chats, at `perSecond`. */
  send(count: number, perSecond: number): Promise<void> {
    return inHandfuls(count, perSecond, (index) => this.#sendOne(index));
  }

  /**
   * Edits, deletes and reacts to messages that were sent so far, `count` times. Only what has arrived as it stands is
   * deleted and brought back: what is deleted earlier need not arrive any more, or not change at all.
   */
  change(count: number, perSecond: number): Promise<void> {
    return inHandfuls(count, perSecond, (index) => this.#changeOne(index));
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
    return judge(this.#expected, this.#found(), this.#texts);
  }

  #sendOne(index: number): void {
    const { chats, tenant } = this.#installation;
    const chat = chats[index % chats.length];
    if (chat === undefined) return;
    const { id: messageId } = tenant.tenant.conversations.send(chat.id, {
      from: { userId: chat.writerId },
      html: `<p>Message ${index}</p>`,
    });
    this.#sent.push({ chat, messageId, index });
    this.#texts.set(messageName({ chatId: chat.id, messageId }), `> Message ${index}`);
    for (const { username: reader } of chat.readers) {
      const one = { reader, chatId: chat.id, messageId };
      this.#expected.push(one);
      this.#missing.add(nameOf(one));
    }
  }

  #changeOne(turn: number): void {
    const { conversations } = this.#installation.tenant.tenant;
    const sent = this.#sent[(turn * spread) % Math.max(1, this.#sent.length)];
    if (sent === undefined) return;
    const { chat, messageId, index } = sent;
    const name = messageName({ chatId: chat.id, messageId });
    const isDeleted = this.#texts.get(name) === "";
    switch (turn % 4) {
      case 0:
        conversations.react(chat.id, messageId, chat.writerId, "like");
        return;
      case 1:
        if (this.#namesOf(sent).some((each) => this.#missing.has(each))) return;
        if (isDeleted) conversations.undelete(chat.id, messageId);
        else conversations.delete(chat.id, messageId);
        this.#expect(sent, isDeleted ? wordsOf(conversations.message(chat.id, messageId).body.content) : "");
        return;
      default:
        if (isDeleted) return;
        conversations.edit(chat.id, messageId, { html: `<p>Message ${index}, changed in turn ${turn}</p>` });
        this.#expect(sent, `> Message ${index}, changed in turn ${turn}`);
    }
  }

  #expect(sent: Sent, text: string): void {
    this.#texts.set(messageName({ chatId: sent.chat.id, messageId: sent.messageId }), text);
    for (const name of this.#namesOf(sent)) this.#missing.add(name);
  }

  #namesOf({ chat, messageId }: Sent): string[] {
    return chat.readers.map(({ username: reader }) => nameOf({ reader, chatId: chat.id, messageId }));
  }

  #arrived(post: SeenPost & { readonly channel_id: string }): void {
    const reader = this.#readers.get(post.channel_id);
    if (reader === undefined) return;
    for (const found of messagesIn(post, reader)) {
      const expected = this.#texts.get(messageName(found));
      if (expected === undefined) continue;
      this.#begin();
      if (expected === found.text) this.#missing.delete(nameOf(found));
      else this.#missing.add(nameOf(found));
    }
    if (this.missing === 0) this.#complete();
  }

  /** What Mattermost keeps of this trial's messages, whoever received them. */
  #found(): Found[] {
    const { readers, mattermost } = this.#installation;
    return readers.flatMap(({ username, channelId }) => {
      const page = mattermost.system.posts.page(channelId, 0, wholeChannel);
      return [...page.posts.values()]
        .flatMap((post) => messagesIn(post, username))
        .filter((found) => this.#texts.has(messageName(found)));
    });
  }
}

/** Odd and large, so that turns go over all messages in no order. */
const spread = 7_919;

function wordsOf(html: string): string {
  return `> ${html.replaceAll(/<[^>]+>/g, "")}`;
}

async function inHandfuls(count: number, perSecond: number, act: (index: number) => void): Promise<void> {
  const perHandful = Math.max(1, Math.round((perSecond * handfulMs) / 1_000));
  for (let done = 0; done < count; done += perHandful) {
    const until = Date.now() + handfulMs;
    for (let index = done; index < Math.min(done + perHandful, count); index += 1) act(index);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, until - Date.now())));
  }
}
