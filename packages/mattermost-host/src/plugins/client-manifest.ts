import type { JsonObject } from "../json.ts";
import type { PublishedPlugin } from "../node/plugin-gateway.ts";

/** Manifest.ClientManifest: without what is the server's business; the bundle's path is the published one. */
export function clientManifest({ manifest, webBundle }: PublishedPlugin): JsonObject {
  const { name: _name, description: _description, server: _server, ...shown } = manifest.raw;
  return { ...shown, webapp: { bundle_path: webBundle.path } };
}
