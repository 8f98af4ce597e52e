import { type AnySchema, time } from "./schema.ts";

/** Schemas of Go types by the name under which `gob.Register` announced them. */
export type Registry = ReadonlyMap<string, AnySchema>;

/** A registry with `entries` and the types that Go programs register most. */
export function createRegistry(entries: Iterable<readonly [string, AnySchema]> = []): Registry {
  return new Map<string, AnySchema>([["time.Time", time], ...entries]);
}

/** A registry of no own types. */
export const standardTypes: Registry = createRegistry();
