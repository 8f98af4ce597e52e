import type { Integration } from "../../application/integration.ts";
import { type HttpParts, sessionUserId } from "./http-parts.ts";
import { errorAnswer, notSetUp, signInFirst } from "./json-answer.ts";
import { readJson } from "./request-body.ts";

/** What people ask for is some hundred bytes. */
const maxBodyBytes = 10_000;

export interface Asked {
  readonly userId: string;
  readonly integration: Integration;
  readonly json: unknown;
}

/** Who asks, and what; or why that is not answered. */
export async function whoAsks(parts: HttpParts, request: Request): Promise<Asked | Response> {
  const userId = sessionUserId(request);
  if (userId === undefined) return signInFirst();
  const setup = parts.setup();
  if (setup.kind !== "ready") return errorAnswer(503, notSetUp);
  const body = await readJson(request, maxBodyBytes);
  if (body.kind !== "json") return errorAnswer(400, "This is not what is asked for here.");
  return { userId, integration: setup.integration, json: body.value };
}
