import type { RpcCaller } from "../contract/call-rows.ts";
import { bytes, filled, type Infer, type Input, struct } from "../gob/schema.ts";
import { headersFromGo, headersToGo } from "../http/go-header.ts";
import { HttpRequestSubset, HttpResponseSubset } from "../models/http.ts";
import { type RpcMethod, rpcMethod } from "../netrpc/rpc-method.ts";

/** PluginHTTP's argument; unlike the methods of the table it names its fields. */
export const InterPluginRequest = struct("Z_PluginHTTPArgs", {
  request: HttpRequestSubset,
  requestBody: filled(bytes),
});
export interface InterPluginRequest extends Infer<typeof InterPluginRequest> {}

/** PluginHTTP's reply. A plugin that gave no answer leaves the status code 0. */
export const InterPluginResponse = struct("Z_PluginHTTPReturns", {
  response: HttpResponseSubset,
  responseBody: filled(bytes),
});
export interface InterPluginResponse extends Infer<typeof InterPluginResponse> {}

const METHOD = "Plugin.PluginHTTP";
/** Statuses that the Fetch standard forbids to have a body. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);
/** What a caller sees of a plugin that gave no answer. */
const BAD_GATEWAY = 502;

/**
 * Sends a request to another plugin: the URL's path is `/<plugin id>/…`. Body and answer are held in memory whole. A plugin
 * that does not answer yields status 502.
 */
export function pluginHttp(rpc: RpcCaller): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname, search, host } = new URL(request.url);
    const argument: Input<typeof InterPluginRequest> = {
      request: {
        method: request.method,
        url: pathname + search,
        proto: "HTTP/1.1",
        protoMajor: 1,
        protoMinor: 1,
        header: headersToGo(request.headers),
        host,
        requestURI: pathname + search,
      },
      requestBody: new Uint8Array(await request.arrayBuffer()),
    };
    const { response, responseBody } = await rpc.call(
      METHOD,
      InterPluginRequest,
      argument,
      InterPluginResponse,
    );
    const status = response.statusCode === 0 ? BAD_GATEWAY : response.statusCode;
    const body = WITHOUT_BODY.has(status) ? null : new Blob([responseBody.slice()]);
    return new Response(body, { status, headers: headersFromGo(response.header) });
  };
}

/** The host's half of {@link pluginHttp}. */
export type PluginHttpAnswer = (request: InterPluginRequest) => Promise<Input<typeof InterPluginResponse>>;

/** net/rpc method for {@link pluginHttp}, by name. */
export function servePluginHttp(answer: PluginHttpAnswer): readonly [string, RpcMethod] {
  return [METHOD, rpcMethod(InterPluginRequest, InterPluginResponse, answer)];
}
