import type { Drive } from "../tenant/drive.ts";

/**
 * The address that a request for content is sent on to: it opens without a token, and refuses one, so that a client that
 * carries its token to another host is noticed.
 */
export function download(drive: Drive, ticket: string, authorization: string | undefined): Response {
  if (authorization !== undefined) return new Response(null, { status: 401 });
  const item = drive.byTicket(ticket);
  if (item === undefined) return new Response(null, { status: 404 });
  return new Response(item.bytes.slice(), { headers: { "content-type": item.contentType } });
}
