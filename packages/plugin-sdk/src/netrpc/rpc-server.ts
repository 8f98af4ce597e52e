import type { ByteReceiver, ByteStream } from "../byte-stream.ts";
import { GobDecoder, INCOMPLETE } from "../gob/decoder.ts";
import { GobEncoder } from "../gob/encoder.ts";
import { GobError } from "../gob/gob-error.ts";
import type { Registry } from "../gob/registry.ts";
import { type AnySchema, none } from "../gob/schema.ts";
import { mattermostTypes } from "../models/registered-types.ts";
import { RequestHeader, ResponseHeader } from "./headers.ts";
import type { RpcMethod } from "./rpc-method.ts";

interface Target {
  readonly name: string;
  readonly seq: number;
  readonly method: RpcMethod | undefined;
}

/**
 * The answering side of a net/rpc connection with gob (Go net/rpc server.go). Requests run at the same time and are answered
 * as they finish. An unknown method, a request that does not fit and an answer that can not be encoded each become an error
 * text for that call; the connection stays usable.
 */
export class RpcServer implements ByteReceiver, Disposable {
  readonly #stream: ByteStream;
  readonly #methods: ReadonlyMap<string, RpcMethod>;
  readonly #encoder: GobEncoder;
  readonly #decoder: GobDecoder;
  readonly #ended: Promise<void>;
  #settleEnded: () => void = () => {};
  #target: Target | undefined;
  #running = 0;
  #noMoreRequests = false;
  #over = false;

  constructor(
    stream: ByteStream,
    methods: ReadonlyMap<string, RpcMethod>,
    registry: Registry = mattermostTypes,
  ) {
    this.#stream = stream;
    this.#methods = methods;
    this.#encoder = new GobEncoder(registry);
    this.#decoder = new GobDecoder(registry);
    this.#ended = new Promise((resolve) => {
      this.#settleEnded = resolve;
    });
    stream.receive(this);
  }

  /** Resolves when the connection is over and no request is being answered any more. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** Requests being answered. */
  get running(): number {
    return this.#running;
  }

  data(chunk: Uint8Array): void {
    if (this.#over) return;
    this.#decoder.push(chunk);
    this.#stream.consumed(chunk.length);
    try {
      while (this.#readHeader() && this.#readBody());
    } catch {
      // Nothing after bytes that make no sense can be understood; Go's server ends the connection as well.
      this.#stream.reset();
      this.#finish();
    }
  }

  #readHeader(): boolean {
    if (this.#target !== undefined) return true;
    const header = this.#decoder.next(RequestHeader);
    if (header === INCOMPLETE) return false;
    this.#target = {
      name: header.serviceMethod,
      seq: header.seq,
      method: this.#methods.get(header.serviceMethod),
    };
    return true;
  }

  #readBody(): boolean {
    const target = this.#target;
    if (target === undefined) return false;
    let argument: unknown;
    try {
      argument = this.#decoder.next(target.method?.argument ?? none);
    } catch (error) {
      if (this.#decoder.broken) throw error;
      this.#target = undefined;
      this.#refuse(target, textOf(error));
      return true;
    }
    if (argument === INCOMPLETE) return false;
    this.#target = undefined;
    if (target.method === undefined) this.#refuse(target, this.#unknown(target.name));
    else this.#run(target, target.method, argument);
    return true;
  }

  #unknown(name: string): string {
    const dot = name.lastIndexOf(".");
    if (dot < 0) return `rpc: service/method request ill-formed: ${name}`;
    const service = name.slice(0, dot + 1);
    for (const known of this.#methods.keys())
      if (known.startsWith(service)) return `rpc: can't find method ${name}`;
    return `rpc: can't find service ${name}`;
  }

  #run(target: Target, method: RpcMethod, argument: unknown): void {
    let result: unknown;
    try {
      result = method.answer(argument);
    } catch (error) {
      this.#refuse(target, textOf(error));
      return;
    }
    if (!(result instanceof Promise)) {
      this.#answer(target, method.reply, result);
      return;
    }
    this.#running++;
    result
      .then(
        (reply) => this.#answer(target, method.reply, reply),
        (error) => this.#refuse(target, textOf(error)),
      )
      .finally(() => {
        this.#running--;
        this.#endIfDone();
      });
  }

  #answer(target: Target, schema: AnySchema, reply: unknown): void {
    try {
      this.#encoder.write(ResponseHeader, { serviceMethod: target.name, seq: target.seq });
      this.#encoder.write(schema, reply);
    } catch (error) {
      this.#encoder.discard();
      this.#refuse(target, `The answer of ${target.name} does not fit its type: ${textOf(error)}`);
      return;
    }
    this.#send();
  }

  #refuse(target: Target, error: string): void {
    // An empty error text would read as success.
    const text = error === "" ? "unknown error" : error;
    this.#encoder.write(ResponseHeader, { serviceMethod: target.name, seq: target.seq, error: text });
    this.#encoder.write(none, undefined);
    this.#send();
  }

  #send(): void {
    const bytes = this.#encoder.take();
    if (this.#over) return;
    try {
      this.#stream.write(bytes);
    } catch {
      // The caller is gone; the stream tells so by `closed`.
      this.#finish();
    }
  }

  end(): void {
    this.#noMoreRequests = true;
    this.#endIfDone();
  }

  closed(): void {
    this.#finish();
  }

  #endIfDone(): void {
    if (this.#running > 0) return;
    if (this.#noMoreRequests && !this.#over) {
      this.#over = true;
      this.#stream.end();
    }
    if (this.#over) this.#settleEnded();
  }

  #finish(): void {
    this.#over = true;
    this.#endIfDone();
  }

  /** Ends the connection. Answers of requests still running are dropped. */
  close(): void {
    if (this.#over) return;
    this.#stream.end();
    this.#finish();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function textOf(error: unknown): string {
  if (error instanceof GobError) return `gob: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
