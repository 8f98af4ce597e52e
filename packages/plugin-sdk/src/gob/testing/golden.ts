import { readFileSync } from "node:fs";
import { GoValue } from "../any-value.ts";
import { GobDecoder, INCOMPLETE } from "../decoder.ts";
import { decodeTime } from "../gob-time.ts";
import { type AnySchema, dynamic } from "../schema.ts";

/** One entry of `testdata/gob/vectors.json`: bytes that Go wrote and the value it wrote. */
export interface Vector {
  readonly name: string;
  readonly file: string;
  readonly goType: string;
  readonly value: unknown;
}

const folder = new URL("../../../testdata/gob/", import.meta.url);

export const vectors: readonly Vector[] = JSON.parse(readFileSync(new URL("vectors.json", folder), "utf8"));

export function bytesOf(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`${name}.bin`, folder)));
}

/** Decodes all values of a stream that arrives as `chunks`. */
export function decodeAll(
  chunks: Iterable<Uint8Array>,
  schema: AnySchema = dynamic,
  decoder = new GobDecoder(),
): unknown[] {
  const values: unknown[] = [];
  for (const chunk of chunks) {
    // The decoder may only borrow a chunk; one that is overwritten afterwards shows if it kept it.
    const lent = Uint8Array.from(chunk);
    decoder.push(lent);
    for (let value = decoder.next(schema); value !== INCOMPLETE; value = decoder.next(schema))
      values.push(value);
    lent.fill(0xee);
  }
  return values;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function rfc3339(encoded: Uint8Array): string {
  const { unixSeconds, nanoseconds, offsetSeconds = 0 } = decodeTime(encoded);
  const local = new Date((unixSeconds + offsetSeconds) * 1000).toISOString().slice(0, 19);
  const fraction = nanoseconds === 0 ? "" : `.${String(nanoseconds).padStart(9, "0").replace(/0+$/, "")}`;
  const minutes = Math.trunc(Math.abs(offsetSeconds) / 60);
  const clock = `${String(Math.trunc(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return `${local}${fraction}${offsetSeconds === 0 ? "Z" : `${offsetSeconds < 0 ? "-" : "+"}${clock}`}`;
}

function asTime(value: unknown): string {
  if (value instanceof Uint8Array) return rfc3339(value);
  if (!isObject(value)) return String(value);
  const { unixSeconds, nanoseconds } = value;
  const date = new Date(Number(unixSeconds) * 1000).toISOString().slice(0, 19);
  return `${date}${nanoseconds === 0 ? "" : `.${String(nanoseconds).padStart(9, "0").replace(/0+$/, "")}`}Z`;
}

/** A decoded value in the notation of `vectors.json`: bytes as hex, maps as objects, named values bare. */
export function notation(value: unknown, like: unknown): unknown {
  if (value instanceof GoValue) return notation(value.value, like);
  if (typeof like === "string" && /^\d{4}-\d\d-\d\dT/.test(like)) return asTime(value);
  if (value instanceof Uint8Array) {
    const text = Buffer.from(value).toString();
    return text === like && text.includes(":") ? text : Buffer.from(value).toString("hex");
  }
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number" && typeof like === "string") return numberText(value);
  if (Array.isArray(value)) {
    const parts: readonly unknown[] = Array.isArray(like) ? like : [];
    return value.map((part: unknown, index) => notation(part, parts[index]));
  }
  if (value instanceof Map) return notation(Object.fromEntries(value), like);
  if (!isObject(value)) return value;
  const shape = isObject(like) ? like : {};
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, notation(part, shape[key])]));
}

function numberText(value: number): string {
  if (Object.is(value, -0)) return "-0";
  if (value === Infinity) return "+Inf";
  return value === -Infinity ? "-Inf" : String(value);
}
