import { type StatusName, statusJson } from "../model/user.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { invalid, readBody, readStrings } from "./body.ts";
import { type Rest, requireSelf, userParam } from "./rest.ts";

const statusNames: readonly StatusName[] = ["online", "away", "dnd", "offline", "ooo"];

/** Whether people are there, as they or their clients say. */
export function statusRoutes(rest: Rest, parts: NodeParts): void {
  const { system, activity } = parts;

  rest.get("/users/:user_id/status", (context) =>
    context.json(statusJson(system.users.status(userParam(context)))),
  );

  rest.put("/users/:user_id/status", async (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    const wanted = (await readBody(context)).text("status");
    const status = statusNames.find((name) => name === wanted);
    if (!status) throw invalid("status", statusNames.join(", "));
    return context.json(statusJson(activity.setStatus(userId, status, true)));
  });

  rest.post("/users/status/ids", async (context) => {
    const known = (await readStrings(context)).filter((id) => system.users.find(id));
    return context.json(known.map((id) => statusJson(system.users.status(id))));
  });
}
