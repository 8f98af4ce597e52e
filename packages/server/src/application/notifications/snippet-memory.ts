import type { ChatMessage } from "../../domain/chat-message.ts";
import { hostedContentIdOf } from "../../domain/copying/hosted-content.ts";
import type { Clock } from "../clock.ts";
import type { HostedContents } from "../copying/copying-ports.ts";
import type { Log } from "../log.ts";
import type { Timers } from "../timers.ts";

/** A message waits no longer than this for its code; Graph answers such requests in a fraction of it. */
export const snippetDeadlineMs = 1_000;
/** More does not fit a post (facts, section 4: 16,383 characters of up to four bytes). */
const maxSnippetBytes = 65_536;
/** All readers of a message are served within moments. */
const keptMs = 60_000;

export interface SnippetParts {
  readonly contents: HostedContents;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
}

interface Kept {
  readonly untilMs: number;
  readonly arrived: Promise<void>;
  code: string | undefined;
}

/**
 * The code of snippets, which messages only refer to. Fetched before the post is made, once for all readers, and not
 * waited for long: a post that comes without its code has a link to Teams in its place.
 */
export class SnippetMemory {
  readonly #parts: SnippetParts;
  readonly #kept = new Map<string, Kept>();

  constructor(parts: SnippetParts) {
    this.#parts = parts;
  }

  /** Resolves when the code is at hand, or late. Never rejects. */
  async fetch(message: ChatMessage): Promise<void> {
    const snippets = snippetsOf(message);
    if (snippets.length === 0) return;
    this.#forget();
    const all = Promise.all(
      snippets.map(([url, contentId]) => this.#startFetching(message, url, contentId).arrived),
    );
    const deadline = Promise.withResolvers<void>();
    using _timer = this.#parts.timers.after(snippetDeadlineMs, () => deadline.resolve());
    await Promise.race([all, deadline.promise]);
  }

  /** What has arrived, by the address that the message names. */
  known(message: ChatMessage): ReadonlyMap<string, string> {
    return new Map(
      snippetsOf(message).flatMap(([url]) => {
        const code = this.#kept.get(url)?.code;
        return code === undefined ? [] : [[url, code] as const];
      }),
    );
  }

  #startFetching(message: ChatMessage, url: string, contentId: string): Kept {
    const known = this.#kept.get(url);
    if (known !== undefined) return known;
    const { contents, clock, log } = this.#parts;
    const limits = { maxBytes: maxSnippetBytes, signal: new AbortController().signal };
    const kept: Kept = {
      untilMs: clock.now() + keptMs,
      code: undefined,
      arrived: contents.read({ chatId: message.chatId, messageId: message.id }, contentId, limits).then(
        (content) => {
          kept.code = new TextDecoder().decode(content);
        },
        () => {
          this.#kept.delete(url);
          log.warn("The code of a snippet could not be read; its message links to it");
        },
      ),
    };
    this.#kept.set(url, kept);
    return kept;
  }

  #forget(): void {
    const nowMs = this.#parts.clock.now();
    for (const [url, { untilMs }] of this.#kept) if (untilMs <= nowMs) this.#kept.delete(url);
  }
}

/** Address and id of the snippets that are the message's own. */
function snippetsOf(message: ChatMessage): readonly (readonly [url: string, contentId: string])[] {
  return message.attachments.flatMap((attachment) => {
    if (attachment.kind !== "code-snippet" || attachment.url === undefined) return [];
    const contentId = hostedContentIdOf(attachment.url, { chatId: message.chatId, messageId: message.id });
    return contentId === undefined ? [] : [[attachment.url, contentId] as const];
  });
}
