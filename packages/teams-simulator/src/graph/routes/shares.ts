import type { Drive, DriveItem } from "../../tenant/drive.ts";
import type { AccessToken } from "../../tenant/tokens.ts";
import { badRequest, GraphError } from "../graph-error.ts";
import { Query, selected } from "../odata/query.ts";
import { type GraphCall, type GraphRoute, json } from "../route.ts";

/** Section 2 names Files.Read.All for what a `reference` attachment points to; what holds more suffices too. */
const readFiles = {
  application: ["Files.Read.All", "Files.ReadWrite.All"],
  delegated: ["Files.Read.All", "Files.ReadWrite.All"],
};

/** Files by the address under which they were shared: `u!` and the address in base64url. */
export function shareRoutes(drive: Drive, graphUrl: string): readonly GraphRoute[] {
  return [
    {
      method: "GET",
      path: "/shares/:shareId/driveItem",
      permissions: readFiles,
      throttle: "files",
      respond: (call) => {
        const query = new Query(call.url.searchParams, ["$select"]);
        return json(selected(driveItemResource(itemAt(drive, call)), query.select()));
      },
    },
    {
      method: "GET",
      path: "/shares/:shareId/driveItem/content",
      permissions: readFiles,
      throttle: "files",
      respond: (call) => {
        new Query(call.url.searchParams, []);
        const ticket = drive.ticketFor(itemAt(drive, call));
        return { status: 302, location: `${graphUrl}/download/${ticket}` };
      },
    },
  ];
}

function driveItemResource(item: DriveItem): Readonly<Record<string, unknown>> {
  const { id, name, webUrl } = item;
  return { id, name, webUrl, size: item.bytes.length, file: { mimeType: item.contentType } };
}

function itemAt(drive: Drive, call: GraphCall): DriveItem {
  const [, encoded] = /^u!([A-Za-z0-9_-]+)$/.exec(call.parameter("shareId")) ?? [];
  if (encoded === undefined) throw badRequest("The sharing token is not valid.");
  const item = drive.byUrl(Buffer.from(encoded, "base64url").toString());
  if (item === undefined) throw new GraphError(404, "itemNotFound", "The resource could not be found.");
  if (!mayRead(item, call.token)) throw new GraphError(403, "accessDenied", "Access denied.");
  return item;
}

/** A person's token opens what that person may read; an application's opens everything. */
function mayRead(item: DriveItem, token: AccessToken): boolean {
  return token.kind === "app" || item.readerIds.has(token.oid);
}
