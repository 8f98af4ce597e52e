import { field, type Infer, string, struct } from "../gob/schema.ts";

/** Who caused a hook to be called; empty strings where nobody did. Mattermost calls it `plugin.Context`. */
export const Context = struct("Context", {
  sessionId: string,
  requestId: string,
  ipAddress: field("IPAddress", string),
  acceptLanguage: string,
  userAgent: string,
});
export interface Context extends Infer<typeof Context> {}
