/** What a {@link ByteStream} tells the one who receives from it. Calls never overlap and stop after `closed`. */
export interface ByteReceiver {
  /** The next bytes, in order. The view is only valid during the call; copy what must outlive it. */
  data(chunk: Uint8Array): void;
  /** The peer will send no more; our own direction stays open. */
  end(): void;
  /** Both directions are over. `error` is absent after an orderly close. */
  closed(error?: Error): void;
}

/**
 * A reliable, ordered, bidirectional stream of bytes with back-pressure: a yamux stream or a socket.
 * It is push-based because a promise for each chunk costs more than the chunk's work on this path.
 */
export interface ByteStream {
  /** Starts delivery to `receiver`. Bytes that came earlier are delivered first. May be called again to hand over. */
  receive(receiver: ByteReceiver): void;
  /** Returns receive credit to the peer for `bytes` that were processed. Without it the peer stops after one window. */
  consumed(bytes: number): void;
  /** Queues a copy-free write; the caller must not change `bytes` afterwards. Throws after `end` or close. */
  write(bytes: Uint8Array): void;
  /** Resolves when queued writes are below the high-water mark, so that the next write does not pile up memory. */
  drained(): Promise<void>;
  /** Half close: no more data from us. Idempotent. */
  end(): void;
  /** Aborts both directions at once. Idempotent. */
  reset(): void;
}
