import type { RpcCaller } from "../contract/call-rows.ts";
import { headersToGo } from "./go-header.ts";
import { writerMethod, writerTypes } from "./response-writer.ts";

/** A Write travels as one gob message; smaller ones keep both sides' memory small and other streams moving. */
const maxWriteBytes = 256 * 1024;

/**
 * The calls of a response writer's connection, each awaited by its user: a Go server runs calls of one connection
 * concurrently, so a later Write could overtake an earlier one.
 */
class Writer {
  readonly #rpc: RpcCaller;
  /** Something reached the host: the status can no longer be changed. */
  started = false;

  constructor(rpc: RpcCaller) {
    this.#rpc = rpc;
  }

  async head(response: Response): Promise<void> {
    const header = headersToGo(response.headers);
    if (Object.keys(header).length > 0) {
      const [argument, reply] = writerTypes.syncHeader;
      await this.#rpc.call(writerMethod.syncHeader, argument, header, reply);
    }
    // The first Write says 200 by itself, and so does an answer without any Write: one round trip saved.
    if (response.status === 200) return;
    this.started = true;
    const [argument, reply] = writerTypes.writeHeader;
    await this.#rpc.call(writerMethod.writeHeader, argument, response.status, reply);
  }

  async write(chunk: Uint8Array): Promise<void> {
    const [argument, reply] = writerTypes.write;
    for (let offset = 0; offset < chunk.length; offset += maxWriteBytes) {
      this.started = true;
      await this.#rpc.call(
        writerMethod.write,
        argument,
        chunk.subarray(offset, offset + maxWriteBytes),
        reply,
      );
    }
  }

  async flush(): Promise<void> {
    this.started = true;
    const [argument, reply] = writerTypes.flush;
    await this.#rpc.call(writerMethod.flush, argument, undefined, reply);
  }
}

async function writeBody(writer: Writer, body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body.getReader();
  try {
    let next = reader.read();
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = reader.read();
      let waiting = true;
      const settled = () => {
        waiting = false;
      };
      next.then(settled, settled);
      await writer.write(value);
      // The source has nothing more yet: what was written must not wait in the server's buffer for it.
      if (waiting) await writer.flush();
    }
  } catch (error) {
    reader.cancel(error).catch(() => {});
    throw error;
  }
}

/** How a response could not be written: whether the host still awaits a status. */
export class ResponseFailure extends Error {
  override readonly name = "ResponseFailure";
  readonly started: boolean;

  constructor(started: boolean, cause: unknown) {
    super("The response could not be written.", { cause });
    this.started = started;
  }
}

/**
 * Writes `response` over the writer's connection: headers, status, then the body as it comes, flushed whenever the source
 * pauses. A small response of status 200 costs two round trips. Throws {@link ResponseFailure}; the body is then cancelled.
 */
export async function writeResponse(rpc: RpcCaller, response: Response): Promise<void> {
  const writer = new Writer(rpc);
  try {
    await writer.head(response);
    if (response.body !== null) await writeBody(writer, response.body);
  } catch (error) {
    response.body?.cancel(error).catch(() => {});
    throw new ResponseFailure(writer.started, error);
  }
}
