import { badRequest } from "./graph-error.ts";

/** Throws Graph's 400 unless `value` is a JSON object. */
export function jsonObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw badRequest("Unable to read JSON request payload: an object is expected.");
  }
  return Object.fromEntries(Object.entries(value));
}
