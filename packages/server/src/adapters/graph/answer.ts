import type { z } from "zod";
import { GraphError } from "../../application/graph/graph-error.ts";

/** The answer as `schema` describes it. Throws {@link GraphError} `unexpected` that names `what` the answer is about. */
export function checkedAnswer<T>(schema: z.ZodType<T>, answer: unknown, what: string): T {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  throw new GraphError(
    "unexpected",
    `Microsoft Graph's answer about ${what} has another shape than documented.`,
    {
      cause: result.error,
    },
  );
}

/** A next link is absolute. Only its path is followed, on the host we were configured for: it is the answer's word. */
export function pathOfNextLink(nextLink: string | undefined): string | undefined {
  if (nextLink === undefined) return undefined;
  const url = new URL(nextLink);
  return `${url.pathname.replace(/^\/v1\.0/, "")}${url.search}`;
}
