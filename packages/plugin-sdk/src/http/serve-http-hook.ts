import type { ByteStream } from "../byte-stream.ts";
import type { WriteLog } from "../go-plugin/hclog.ts";
import { type Infer, none } from "../gob/schema.ts";
import type { Context } from "../models/context.ts";
import { RpcClient } from "../netrpc/rpc-client.ts";
import { type RpcMethod, rpcMethod } from "../netrpc/rpc-method.ts";
import { PulledBody } from "./pulled-body.ts";
import { contentLengthOf, requestFromGo } from "./request-from-go.ts";
import { ServeHttpArgs } from "./serve-http-args.ts";
import { ResponseFailure, writeResponse } from "./write-response.ts";

/** The author's side of ServeHTTP. */
export type HttpHook = (request: Request, context: Context) => Promise<Response> | Response;

/** What the author threw, for the log: never the request's body or query, which may hold secrets. */
function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
}

/**
 * The net/rpc method for `Plugin.ServeHTTP` or `Plugin.ServeMetrics`. Both streams are dialed at once even when they are
 * not needed, because the server waits 5 s for each. What the author throws is logged and answered with 500.
 */
export function serveHttpMethod(hook: HttpHook, dial: (id: number) => ByteStream, log: WriteLog): RpcMethod {
  return rpcMethod(ServeHttpArgs, none, async (args) => {
    const writerStream = dial(args.responseWriterStream);
    using body =
      args.requestBodyStream === 0
        ? undefined
        : new PulledBody(dial(args.requestBodyStream), contentLengthOf(args.request));
    const abort = new AbortController();
    const rpc = new RpcClient(writerStream);
    try {
      await writeResponse(rpc, await answer(hook, args, body, abort.signal, log));
    } catch (error) {
      abort.abort();
      // The client left or the connection broke: nobody is there to read another answer.
      log("debug", "A response was not delivered completely.", { reason: describe(causeOf(error)) });
      // Before the first byte the server can still answer 500 by itself, when this call fails.
      if (!(error instanceof ResponseFailure && error.started)) throw error;
    } finally {
      rpc.close();
    }
    return undefined;
  });
}

function causeOf(error: unknown): unknown {
  return error instanceof ResponseFailure ? error.cause : error;
}

async function answer(
  hook: HttpHook,
  args: Infer<typeof ServeHttpArgs>,
  body: PulledBody | undefined,
  signal: AbortSignal,
  log: WriteLog,
): Promise<Response> {
  let request: Request;
  try {
    request = requestFromGo(args.request, body, signal);
  } catch {
    return new Response("Bad request", { status: 400 });
  }
  try {
    const response: unknown = await hook(request, args.context);
    if (response instanceof Response && !response.bodyUsed) return response;
    throw new TypeError("The hook answered no usable Response.");
  } catch (error) {
    log("error", "An HTTP request failed.", { method: request.method, error: describe(error) });
    return new Response("Internal server error", { status: 500 });
  }
}
