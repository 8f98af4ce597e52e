import { any, bool, field, type Infer, int, record, slice, string, struct, url } from "../gob/schema.ts";

/** Go's `http.Header`: canonical names, each with its list of values. */
export const HttpHeader = record(slice(string));
export type HttpHeader = Infer<typeof HttpHeader>;

/** What Mattermost sends of an HTTP request (`plugin.HTTPRequestSubset`); the body travels on a stream of its own. */
export const HttpRequestSubset = struct("HTTPRequestSubset", {
  method: string,
  url: field("URL", url),
  proto: string,
  protoMajor: int,
  protoMinor: int,
  header: HttpHeader,
  host: string,
  remoteAddr: string,
  requestURI: string,
  body: any,
});
export interface HttpRequestSubset extends Infer<typeof HttpRequestSubset> {}

/** The fields of Go's `http.Response` that mean something beyond the process that made it. */
export const HttpResponseSubset = struct("Response", {
  status: string,
  statusCode: int,
  proto: string,
  protoMajor: int,
  protoMinor: int,
  header: HttpHeader,
  contentLength: int,
  transferEncoding: slice(string),
  uncompressed: bool,
  trailer: HttpHeader,
});
export interface HttpResponseSubset extends Infer<typeof HttpResponseSubset> {}
