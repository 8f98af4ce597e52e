import type { ByteReceiver, ByteStream } from "../byte-stream.ts";
import { GobDecoder, INCOMPLETE } from "../gob/decoder.ts";
import { GobEncoder } from "../gob/encoder.ts";
import { GobError } from "../gob/gob-error.ts";
import type { Registry } from "../gob/registry.ts";
import { type AnySchema, type Infer, type Input, none } from "../gob/schema.ts";
import { mattermostTypes } from "../models/registered-types.ts";
import { RequestHeader, ResponseHeader } from "./headers.ts";
import { RpcError } from "./rpc-error.ts";

interface PendingCall {
  readonly method: string;
  readonly reply: AnySchema;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * The calling side of a net/rpc connection with gob (Go net/rpc client.go). Calls run at the same time and are answered in
 * any order. Every failure is an `RpcError`; the end of the stream fails all calls in flight.
 */
export class RpcClient implements ByteReceiver, Disposable {
  readonly #stream: ByteStream;
  readonly #encoder: GobEncoder;
  readonly #decoder: GobDecoder;
  readonly #pending = new Map<number, PendingCall>();
  #nextSeq = 0;
  #header: { readonly call: PendingCall | undefined; readonly error: string } | undefined;
  #over: RpcError | undefined;

  constructor(stream: ByteStream, registry: Registry = mattermostTypes) {
    this.#stream = stream;
    this.#encoder = new GobEncoder(registry);
    this.#decoder = new GobDecoder(registry);
    stream.receive(this);
  }

  /** Calls in flight. */
  get inFlight(): number {
    return this.#pending.size + (this.#header?.call === undefined ? 0 : 1);
  }

  /** Calls `method` (`Service.Name`) and resolves to its reply. */
  call<A extends AnySchema, R extends AnySchema>(
    method: string,
    argSchema: A,
    arg: Input<A>,
    replySchema: R,
  ): Promise<Infer<R>> {
    if (this.#over !== undefined) return Promise.reject(this.#over);
    const seq = this.#nextSeq;
    let request: Uint8Array;
    try {
      this.#encoder.write(RequestHeader, { serviceMethod: method, seq });
      this.#encoder.write(argSchema, arg);
      request = this.#encoder.take();
    } catch (cause) {
      this.#encoder.discard();
      return Promise.reject(
        new RpcError("encode", `The argument of ${method} does not fit: ${reasonOf(cause)}`, { cause }),
      );
    }
    this.#nextSeq++;
    return new Promise((resolve, reject) => {
      this.#pending.set(seq, { method, reply: replySchema, resolve, reject });
      try {
        this.#stream.write(request);
      } catch (cause) {
        this.#pending.delete(seq);
        reject(new RpcError("closed", `The connection was closed before ${method} was sent`, { cause }));
      }
    });
  }

  data(chunk: Uint8Array): void {
    if (this.#over !== undefined) return;
    this.#decoder.push(chunk);
    this.#stream.consumed(chunk.length);
    try {
      while (this.#readHeader() && this.#readBody());
    } catch (cause) {
      this.#fail(new RpcError("protocol", `The peer's answers make no sense: ${reasonOf(cause)}`, { cause }));
      this.#stream.reset();
    }
  }

  /** True when a header is there, read now or before. */
  #readHeader(): boolean {
    if (this.#header !== undefined) return true;
    const header = this.#decoder.next(ResponseHeader);
    if (header === INCOMPLETE) return false;
    this.#header = { call: this.#pending.get(header.seq), error: header.error };
    this.#pending.delete(header.seq);
    return true;
  }

  #readBody(): boolean {
    const { call, error } = this.#header ?? { call: undefined, error: "" };
    const failed = call === undefined || error !== "";
    let value: unknown;
    try {
      value = this.#decoder.next(failed ? none : call.reply);
    } catch (cause) {
      if (call === undefined || this.#decoder.broken) {
        call?.reject(
          new RpcError("protocol", `The answer of ${call.method} makes no sense: ${reasonOf(cause)}`, {
            cause,
          }),
        );
        throw cause;
      }
      this.#header = undefined;
      call.reject(
        new RpcError("decode", `The answer of ${call.method} does not fit: ${reasonOf(cause)}`, { cause }),
      );
      return true;
    }
    if (value === INCOMPLETE) return false;
    this.#header = undefined;
    if (call === undefined) return true;
    if (error === "") call.resolve(value);
    else call.reject(new RpcError("remote", error));
    return true;
  }

  end(): void {
    const inOrder = this.#pending.size === 0 && this.#header === undefined && !this.#decoder.midMessage;
    this.#fail(inOrder ? shutDown() : cutOff());
    this.#stream.end();
  }

  closed(error?: Error): void {
    this.#fail(error === undefined && this.#pending.size === 0 ? shutDown() : cutOff(error));
  }

  #fail(error: RpcError): void {
    if (this.#over !== undefined) return;
    this.#over = error;
    this.#header?.call?.reject(error);
    this.#header = undefined;
    for (const call of this.#pending.values()) call.reject(error);
    this.#pending.clear();
  }

  /** Ends the connection; calls in flight fail with `closed`. */
  close(): void {
    this.#fail(shutDown());
    this.#stream.end();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function shutDown(): RpcError {
  return new RpcError("closed", "connection is shut down");
}

function cutOff(cause?: Error): RpcError {
  return new RpcError(
    "cut_off",
    "The connection ended before the answer came",
    cause === undefined ? {} : { cause },
  );
}

/** Only our own errors may be quoted: others could carry what was on the wire. */
function reasonOf(cause: unknown): string {
  return cause instanceof GobError ? cause.message : "unexpected failure";
}
