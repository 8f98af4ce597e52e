import type { Responder } from "../../listening/listener.ts";
import { badRequest } from "../graph-error.ts";
import { jsonObject } from "../json-object.ts";
import { type GraphRoute, json } from "../route.ts";

// Documented limit of JSON batching (section 7).
const maxBatchedRequests = 20;

interface Part {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly dependsOn: readonly string[];
}

interface PartAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** `POST /$batch`: up to 20 requests, each answered with its own status; a failed dependency answers 424. */
export function batchRoute(respond: Responder): GraphRoute {
  return {
    method: "POST",
    path: "/$batch",
    permissions: { application: [], delegated: [] },
    throttle: "batch",
    openToEveryToken: true,
    respond: async (call) => {
      const parts = partsOf(jsonObject(await call.json()));
      const authorization = call.header("authorization") ?? "";
      const answers = new Map<string, PartAnswer>();
      for (const part of parts) {
        answers.set(part.id, await answerOf(part, answers, authorization, call.url.origin, respond));
      }
      return json({ responses: [...answers.values()] });
    },
  };
}

function partsOf(body: Readonly<Record<string, unknown>>): readonly Part[] {
  const { requests } = body;
  if (!Array.isArray(requests) || requests.length === 0) throw badRequest("Batch request has no requests.");
  if (requests.length > maxBatchedRequests) {
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${maxBatchedRequests}.`);
  }
  const parts = requests.map((request: unknown) => partOf(jsonObject(request)));
  if (new Set(parts.map((part) => part.id)).size < parts.length)
    throw badRequest("Batch request ids must be unique.");
  for (const [at, part] of parts.entries()) {
    const earlier = parts.slice(0, at).map(({ id }) => id);
    if (!part.dependsOn.every((id) => earlier.includes(id))) {
      throw badRequest(`Request ${part.id} depends on a request that does not precede it.`);
    }
  }
  return parts;
}

function partOf(request: Readonly<Record<string, unknown>>): Part {
  const { id, method, url, headers, body, dependsOn } = request;
  if (typeof id !== "string" || typeof method !== "string" || typeof url !== "string") {
    throw badRequest("Each batch request needs id, method and url.");
  }
  const given = headers === undefined ? {} : jsonObject(headers);
  return {
    id,
    method: method.toUpperCase(),
    url,
    headers: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)])),
    body,
    dependsOn: Array.isArray(dependsOn) ? dependsOn.map(String) : [],
  };
}

async function answerOf(
  part: Part,
  earlier: ReadonlyMap<string, PartAnswer>,
  authorization: string,
  origin: string,
  respond: Responder,
): Promise<PartAnswer> {
  if (part.dependsOn.some((id) => (earlier.get(id)?.status ?? 500) >= 400)) {
    const error = { code: "FailedDependency", message: "Failed Dependency" };
    return { id: part.id, status: 424, headers: {}, body: { error } };
  }
  let reset = false;
  const request = new Request(`${origin}/v1.0${part.url}`, {
    method: part.method,
    headers: { authorization, ...part.headers },
    ...(part.body === undefined ? {} : { body: JSON.stringify(part.body) }),
  });
  const answer = await respond(request, {
    reset: () => {
      reset = true;
    },
  });
  if (reset) return { id: part.id, status: 502, headers: {}, body: null };
  const bytes = Buffer.from(await answer.arrayBuffer());
  const isJson = (answer.headers.get("content-type") ?? "").startsWith("application/json");
  const body: unknown =
    bytes.length === 0 ? null : isJson ? JSON.parse(bytes.toString("utf8")) : bytes.toString("base64");
  return { id: part.id, status: answer.status, headers: Object.fromEntries(answer.headers), body };
}
