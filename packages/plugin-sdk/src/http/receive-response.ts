import type { HttpHeader } from "../models/http.ts";
import { type RpcMethod, rpcMethod } from "../netrpc/rpc-method.ts";
import { headersFromGo } from "./go-header.ts";
import { writerMethod, writerTypes } from "./response-writer.ts";

/** Body bytes the reader has not taken, above which a Write is not answered yet. */
const highWaterBytes = 256 * 1024;
/** Statuses whose response has no body in HTTP; Go refuses a Write after them. */
const bodyless = new Set([101, 204, 205, 304]);
/** What a status the web cannot express becomes. */
const badGateway = 502;

/**
 * The host's end of a response writer's connection: what the plugin calls becomes a `Response`. It resolves with the first
 * WriteHeader, Write or Flush, or when the hook is over; Writes wait for the reader and fail once it has gone.
 */
export class ResponseReceiver {
  readonly response: Promise<Response>;
  #settle: { resolve: (response: Response) => void; reject: (error: unknown) => void };
  #header: HttpHeader = {};
  #started = false;
  #body: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  #gone = false;
  #room: (() => void)[] = [];

  constructor() {
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    this.response = promise;
    this.#settle = { resolve, reject };
  }

  /** Methods to serve on the connection. */
  methods(): Map<string, RpcMethod> {
    return new Map([
      [writerMethod.header, rpcMethod(...writerTypes.header, () => this.#header)],
      [writerMethod.syncHeader, rpcMethod(...writerTypes.syncHeader, (header) => this.#syncHeader(header))],
      [
        writerMethod.writeHeader,
        rpcMethod(...writerTypes.writeHeader, (status) => this.#writeHeader(status)),
      ],
      [writerMethod.write, rpcMethod(...writerTypes.write, (chunk) => this.#write(chunk))],
      [writerMethod.flush, rpcMethod(...writerTypes.flush, () => this.#start(200))],
    ]);
  }

  /** The hook has returned: the response is complete. */
  finish(): void {
    this.#start(200);
    if (!this.#gone) this.#body?.close();
    this.#leave();
  }

  /** The hook failed: 500 if nothing was written (as Mattermost answers), else the body breaks off. */
  fail(error: unknown): void {
    if (!this.#started) {
      this.#started = true;
      this.#settle.resolve(new Response(null, { status: 500 }));
    } else if (!this.#gone) {
      this.#body?.error(error);
    }
    this.#leave();
  }

  /** The client has gone: Writes fail from now on. */
  abort(): void {
    if (!this.#started) {
      this.#started = true;
      this.#settle.reject(new DOMException("The request was aborted.", "AbortError"));
    } else if (!this.#gone) {
      this.#body?.error(new DOMException("The request was aborted.", "AbortError"));
    }
    this.#leave();
  }

  #syncHeader(header: HttpHeader | undefined): undefined {
    this.#header = header ?? {};
  }

  #writeHeader(status: number): undefined {
    if (status < 100 || status > 999) throw new Error("invalid http status code");
    // 1xx only announces; the final status is still to come.
    if (status >= 200 || status === 101) this.#start(status);
  }

  async #write(chunk: Uint8Array | undefined): Promise<undefined> {
    this.#start(200);
    if (this.#gone) throw new Error("client disconnected");
    if (this.#body === undefined)
      throw new Error("http: request method or response status code does not allow body");
    if (chunk === undefined || chunk.length === 0) return;
    this.#body.enqueue(new Uint8Array(chunk));
    while (!this.#gone && (this.#body.desiredSize ?? 0) <= 0) {
      await new Promise<void>((resolve) => this.#room.push(resolve));
    }
    if (this.#gone) throw new Error("client disconnected");
  }

  #start(status: number): undefined {
    if (this.#started) return;
    this.#started = true;
    const headers = headersFromGo(this.#header);
    if (bodyless.has(status)) {
      this.#settle.resolve(new Response(null, { status: status === 101 ? badGateway : status, headers }));
      return;
    }
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        start: (controller) => {
          this.#body = controller;
        },
        pull: () => this.#release(),
        cancel: () => this.#leave(),
      },
      { highWaterMark: highWaterBytes, size: (chunk) => chunk?.length ?? 0 },
    );
    this.#settle.resolve(new Response(body, { status: status > 599 ? badGateway : status, headers }));
  }

  #leave(): void {
    this.#gone = true;
    this.#release();
  }

  #release(): void {
    for (const resolve of this.#room.splice(0)) resolve();
  }
}
