import { type AnySchema, resolve, type StructField } from "./schema.ts";

/** What stands for a field that did not arrive: Go's zero value, `undefined` where that is nil. */
export function zeroOf(schema: AnySchema): unknown {
  const node = schema.node;
  switch (node.kind) {
    case "bool":
      return false;
    case "int":
    case "uint":
    case "float":
      return 0;
    case "int64":
    case "uint64":
      return 0n;
    case "string":
      return "";
    case "struct":
      return zeroStruct(node.fields);
    case "lazy":
      return zeroOf(node.get());
    case "filled":
      return emptyOf(node.to);
    default:
      return undefined;
  }
}

function emptyOf(schema: AnySchema): unknown {
  const node = resolve(schema).node;
  if (node.kind === "bytes") return new Uint8Array(0);
  if (node.kind === "map") return node.key.node.kind === "string" ? Object.create(null) : new Map();
  return node.kind === "slice" ? [] : zeroOf(schema);
}

function zeroStruct(fields: readonly StructField[]): Record<string, unknown> {
  const zero: Record<string, unknown> = {};
  for (const { key, schema } of fields) {
    const value = zeroOf(schema);
    if (value !== undefined) zero[key] = value;
  }
  return zero;
}

/** How to begin a struct: scalars by copying `template`, parts that must not be shared by `fresh`, only if they did not arrive. */
export interface StructStart {
  readonly template: Readonly<Record<string, unknown>>;
  readonly fresh: readonly { readonly key: string; readonly schema: AnySchema }[];
}

/** Prepares {@link StructStart} once for each struct schema. */
export function structStart(fields: readonly StructField[]): StructStart {
  const template: Record<string, unknown> = {};
  const fresh: { key: string; schema: AnySchema }[] = [];
  for (const { key, schema } of fields) {
    const zero = zeroOf(schema);
    if (typeof zero === "object") fresh.push({ key, schema });
    else if (zero !== undefined) template[key] = zero;
  }
  return { template, fresh };
}
