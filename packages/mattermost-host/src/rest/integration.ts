import { AppError } from "../app-error.ts";
import { type JsonObject, toJsonObject } from "../json.ts";
import type { Session } from "../model/user.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { askPlugin, pluginAddress } from "./local-request.ts";

/** Mattermost waits this long for an integration (ServiceSettings.OutgoingIntegrationRequestsTimeout). */
const integrationTimeoutMs = 30_000;

/** Posts JSON to the address behind a button or dialog and reads the JSON of the answer; an empty one is no failure. */
export async function askIntegration(
  parts: NodeParts,
  session: Session,
  url: string,
  body: JsonObject,
): Promise<JsonObject> {
  const failed = (detail: string, cause?: unknown) =>
    new AppError("api.post.do_action.action_integration.app_error", { detail, cause });
  const signal = AbortSignal.timeout(integrationTimeoutMs);
  const answer = await send(parts, session, url, JSON.stringify(body), signal).catch((cause: unknown) => {
    throw failed("It could not be reached.", cause);
  });
  if (!answer) throw failed("The plugin is not running.");
  if (!answer.ok) throw failed(`It answered ${answer.status}.`);
  const content = await answer.text();
  if (content === "") return {};
  try {
    return toJsonObject(JSON.parse(content));
  } catch (cause) {
    throw failed("Its answer is no JSON.", cause);
  }
}

/** Plugins are asked in the process with the person's id, other addresses over the network without it. */
async function send(parts: NodeParts, session: Session, url: string, body: string, signal: AbortSignal) {
  const headers = new Headers({ "content-type": "application/json", accept: "application/json" });
  const address = pluginAddress(url, parts.system.configuration.current.ServiceSettings.SiteURL);
  if (!address) return fetch(url, { method: "POST", headers, body, signal });
  return askPlugin(parts, session, address, { method: "POST", headers, body, signal });
}
