import type { PromisedStream } from "../go-plugin/mux-broker.ts";
import { none } from "../gob/schema.ts";
import type { Context } from "../models/context.ts";
import type { HttpHeader } from "../models/http.ts";
import type { RpcClient } from "../netrpc/rpc-client.ts";
import { RpcServer } from "../netrpc/rpc-server.ts";
import { canonicalName, headersToGo } from "./go-header.ts";
import { ResponseReceiver } from "./receive-response.ts";
import { ServeHttpArgs } from "./serve-http-args.ts";
import { type BodySource, serveBody } from "./served-body.ts";

/** A request as a host hands it to a plugin. */
export interface PluginHttpRequest {
  readonly method: string;
  /** Path and query behind `/plugins/<id>`, such as `/api/v1/x?y=1`. */
  readonly url: string;
  /** Path and query as the client asked for. Default: `url`. */
  readonly requestUri?: string;
  readonly headers: Headers | HttpHeader;
  /** Host and port the client asked for. */
  readonly host?: string;
  readonly remoteAddr?: string;
  readonly body?: BodySource;
  /** Aborted when the client has gone: the plugin's Writes then fail. */
  readonly signal?: AbortSignal;
}

function headerOf(headers: Headers | HttpHeader): HttpHeader {
  if (headers instanceof Headers) return headersToGo(headers);
  return Object.fromEntries(Object.entries(headers).map(([name, values]) => [canonicalName(name), values]));
}

/**
 * Calls `Plugin.ServeHTTP` or `Plugin.ServeMetrics`; the plugin dials both of the request's streams. Resolves
 * as soon as the plugin has decided on the status; rejects with an AbortError when `signal` aborts before that.
 */
export function serveHttpCall(
  rpc: RpcClient,
  broker: { promise(): PromisedStream },
  hook: "ServeHTTP" | "ServeMetrics",
  request: PluginHttpRequest,
  context: Partial<Context>,
): Promise<Response> {
  const receiver = new ResponseReceiver();
  const writer = broker.promise();
  const body = broker.promise();
  const args = {
    responseWriterStream: writer.id,
    requestBodyStream: body.id,
    context,
    request: {
      method: request.method,
      url: request.url,
      proto: "HTTP/1.1",
      protoMajor: 1,
      protoMinor: 1,
      header: headerOf(request.headers),
      host: request.host ?? "",
      remoteAddr: request.remoteAddr ?? "",
      requestURI: request.requestUri ?? request.url,
    },
  };
  const abort = () => receiver.abort();
  const { signal } = request;
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort);
  // A plugin that dials neither stream still answers or fails the call below, which is what counts.
  writer.stream.then((stream) => new RpcServer(stream, receiver.methods())).catch(() => {});
  body.stream.then((stream) => serveBody(stream, request.body ?? null)).catch(() => {});
  rpc
    .call(`Plugin.${hook}`, ServeHttpArgs, args, none)
    .then(
      () => receiver.finish(),
      (error) => receiver.fail(error),
    )
    .finally(() => signal?.removeEventListener("abort", abort));
  return receiver.response;
}
