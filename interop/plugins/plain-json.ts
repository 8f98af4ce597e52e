import { GoValue } from "../../packages/plugin-sdk/src/index.ts";

type Tagged = {
  readonly $bytes?: unknown;
  readonly $go?: unknown;
  readonly value?: unknown;
  readonly $big?: unknown;
  readonly $map?: unknown;
};

/**
 * JSON text in which bytes are `{"$bytes": base64}`, values of registered Go types `{"$go": name, "value": …}`, bigints
 * `{"$big": decimal}` and maps with other keys than strings `{"$map": pairs}`.
 */
export function toPlainJson(value: unknown): string | undefined {
  return JSON.stringify(value, function (this: Record<string, unknown>, key) {
    // Not the second argument: a Buffer has turned itself into JSON by then.
    const part = this[key];
    if (part instanceof Uint8Array) return { $bytes: Buffer.from(part).toString("base64") };
    if (part instanceof GoValue) return { $go: part.goType, value: part.value };
    if (typeof part === "bigint") return { $big: String(part) };
    if (part instanceof Map) return { $map: [...part].sort(([a], [b]) => a - b) };
    return part;
  });
}

/** The reverse of {@link toPlainJson}. */
export function fromPlainJson(text: string): unknown {
  return JSON.parse(text, (_key, part: unknown) => {
    if (typeof part !== "object" || part === null) return part;
    const { $bytes, $go, value, $big, $map }: Tagged = part;
    if (typeof $bytes === "string") return new Uint8Array(Buffer.from($bytes, "base64"));
    if (typeof $go === "string") return new GoValue($go, value);
    if (typeof $big === "string") return BigInt($big);
    if (Array.isArray($map)) return new Map($map);
    return part;
  });
}
