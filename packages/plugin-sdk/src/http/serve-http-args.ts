import { type Input, struct, uint } from "../gob/schema.ts";
import { Context } from "../models/context.ts";
import { HttpRequestSubset } from "../models/http.ts";

/** Argument of `Plugin.ServeHTTP` and `Plugin.ServeMetrics` (`Z_ServeHTTPArgs`): the request and the ids of its two streams. */
export const ServeHttpArgs = struct("Z_ServeHTTPArgs", {
  responseWriterStream: uint,
  request: HttpRequestSubset,
  context: Context,
  requestBodyStream: uint,
});
export type ServeHttpArgs = Input<typeof ServeHttpArgs>;
