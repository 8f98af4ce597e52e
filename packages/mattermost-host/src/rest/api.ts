import { Hono } from "hono";
import { AppError } from "../app-error.ts";
import { csrfHolds, presentedToken, sessionOf } from "../http/credentials.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { errorAnswer } from "./answers.ts";
import { botRoutes } from "./bots.ts";
import { channelMemberRoutes } from "./channel-members.ts";
import { channelRoutes } from "./channels.ts";
import { commandRoutes } from "./commands.ts";
import { configurationRoutes, openSystemRoutes } from "./configuration.ts";
import { dialogRoute } from "./dialogs.ts";
import { fileRoutes } from "./files.ts";
import { loginRoute, logoutRoute } from "./login.ts";
import { pictureRoutes } from "./pictures.ts";
import { pluginRoutes, webappPluginsRoute } from "./plugins.ts";
import { postActionRoute } from "./post-actions.ts";
import { postRoutes } from "./posts.ts";
import { preferenceRoutes } from "./preferences.ts";
import type { Rest, RestContext, RestEnvironment } from "./rest.ts";
import { statusRoutes } from "./statuses.ts";
import { teamRoutes } from "./teams.ts";
import { userSessionRoutes } from "./user-sessions.ts";
import { userRoutes } from "./users.ts";

/** Routes that need no session come first, the wall in the middle, everything else behind it. */
const openRoutes = [loginRoute, openSystemRoutes, webappPluginsRoute];
const closedRoutes = [
  logoutRoute,
  statusRoutes,
  preferenceRoutes,
  teamRoutes,
  channelMemberRoutes,
  channelRoutes,
  postActionRoute,
  dialogRoute,
  postRoutes,
  fileRoutes,
  commandRoutes,
  pluginRoutes,
  configurationRoutes,
  botRoutes,
  pictureRoutes,
  userSessionRoutes,
  userRoutes,
];

/** Mattermost's REST interface, version 4, as far as this server has it; what it lacks answers 501 and names the route. */
export function restApi(parts: NodeParts): Rest {
  const rest = new Hono<RestEnvironment>().basePath("/api/v4");
  for (const routes of openRoutes) routes(rest, parts);
  rest.use("*", async (context, next) => {
    context.set("session", requireSession(parts, context));
    await next();
  });
  for (const routes of closedRoutes) routes(rest, parts);
  rest.all("*", (context) => {
    const detail = `It is ${context.req.method} ${context.req.path}.`;
    return errorAnswer(parts.system, new AppError("api.context.not_implemented.app_error", { detail }));
  });
  return rest;
}

function requireSession({ system }: NodeParts, context: RestContext) {
  const presented = presentedToken(context.req.raw.headers, new URL(context.req.url).searchParams);
  const session = sessionOf(system, presented);
  const strict = system.configuration.current.ServiceSettings.ExperimentalStrictCSRFEnforcement === true;
  if (
    session &&
    presented &&
    csrfHolds(context.req.raw, presented, session, { strict, formToken: undefined })
  ) {
    return session;
  }
  throw new AppError("api.context.session_expired.app_error");
}
