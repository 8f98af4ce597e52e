import { z } from "zod";
import {
  NotCopyable,
  type ReaderFiles,
  type ReadingLimits,
} from "../../application/copying/copying-ports.ts";
import { GraphError } from "../../application/graph/graph-error.ts";
import type { AccessTokens } from "./access-tokens.ts";
import { checkedAnswer } from "./answer.ts";
import { GraphClient, type GraphClientOptions } from "./client.ts";
import { isLoopback } from "./entra-client.ts";
import { readWithin } from "./read-within.ts";
import { readingSignal } from "./reading-signal.ts";

/** A folder has no `file`. */
const driveItem = z.object({ size: z.number().optional(), file: z.unknown().optional() });

/** From Graph to SharePoint, and perhaps from one of its servers to another. */
const maxRedirects = 3;

export interface ReaderFilesOptions extends Omit<GraphClientOptions, "tokens"> {
  readonly tokensOf: (userId: string) => AccessTokens;
}

/**
 * `GET /shares/u!{address in base64url}/driveItem` and its content, as the person the file is for. The token stays with
 * Graph: content lies behind an address that opens by itself, and SharePoint refuses a token there.
 */
export class GraphReaderFiles implements ReaderFiles {
  readonly #options: ReaderFilesOptions;
  readonly #fetch: typeof fetch;

  constructor(options: ReaderFilesOptions) {
    this.#options = options;
    this.#fetch = options.fetch ?? fetch;
  }

  async read(
    userId: string,
    url: string,
    { maxBytes, signal: stopping }: ReadingLimits,
  ): Promise<Uint8Array> {
    const { tokensOf, ...options } = this.#options;
    const client = new GraphClient({ ...options, tokens: tokensOf(userId) });
    const path = `/shares/u!${Buffer.from(url).toString("base64url")}/driveItem`;
    const signal = readingSignal(stopping);
    try {
      const described = await client.request({ method: "GET", path: `${path}?$select=size,file` });
      const item = checkedAnswer(driveItem, described, "a shared file");
      if (item.file === undefined || item.file === null) throw new NotCopyable("folder");
      if ((item.size ?? 0) > maxBytes) throw new NotCopyable("too-large");
      const answer = await client.open({ method: "GET", path: `${path}/content` }, signal);
      return await readWithin(await this.#followed(answer, signal), maxBytes);
    } catch (error) {
      if (error instanceof GraphError && (error.code === "forbidden" || error.code === "limit-reached"))
        throw new NotCopyable("not-permitted", { cause: error });
      throw error;
    }
  }

  async #followed(answer: Response, signal: AbortSignal): Promise<Response> {
    let response = answer;
    for (let count = 0; response.status === 302 && count < maxRedirects; count += 1) {
      await response.body?.cancel();
      response = await this.#opened(response.headers.get("location") ?? "", signal);
    }
    if (response.ok) return response;
    await response.body?.cancel();
    throw new GraphError("unavailable", `SharePoint did not give a file away (${response.status}).`, {
      status: response.status,
    });
  }

  /** The address is Graph's word, and https keeps it among Microsoft and us; a simulated Graph may be on this machine. */
  async #opened(location: string, signal: AbortSignal): Promise<Response> {
    const url = URL.parse(location);
    const { graphUrl } = this.#options;
    if (url === null || (url.protocol !== "https:" && !(isLoopback(graphUrl) && isLoopback(location))))
      throw new GraphError("unexpected", "Microsoft Graph named no address that a file can be read from.");
    try {
      return await this.#fetch(url.href, { redirect: "manual", signal });
    } catch (cause) {
      throw new GraphError("unreachable", "SharePoint could not be reached.", { cause });
    }
  }
}
