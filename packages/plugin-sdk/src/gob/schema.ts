import type { AnyValue } from "./any-value.ts";
import type { GobTime } from "./gob-time.ts";

/** Kinds without parts. `int64` and `uint64` are the bigint variants of `int` and `uint`; `dynamic` takes the
 * sender's word, `none` reads and drops anything. */
export type ScalarKind =
  | "bool"
  | "int"
  | "uint"
  | "int64"
  | "uint64"
  | "float"
  | "string"
  | "bytes"
  | "any"
  | "time"
  | "url"
  | "dynamic"
  | "none";

/** One field of a struct: its key in TypeScript, its name on the wire, its type. */
export interface StructField {
  readonly key: string;
  readonly wireName: string;
  readonly schema: AnySchema;
}

/** What a schema says at run time. */
export type SchemaNode =
  | { readonly kind: ScalarKind }
  | { readonly kind: "slice"; readonly elem: AnySchema }
  | { readonly kind: "array"; readonly elem: AnySchema; readonly length: number }
  | { readonly kind: "map"; readonly key: AnySchema; readonly elem: AnySchema }
  | { readonly kind: "struct"; readonly name: string; readonly fields: readonly StructField[] }
  | { readonly kind: "pointer"; readonly to: AnySchema }
  | { readonly kind: "filled"; readonly to: AnySchema }
  | { readonly kind: "lazy"; readonly get: () => AnySchema };

/**
 * A Go type as gob sees it. `Out` is what decoding yields, `In` what encoding takes; `Absent` is `undefined`
 * for types whose zero value is nil, which inside a struct arrives as an absent field.
 */
export class Schema<Out, In = Out, Absent extends undefined = never> {
  declare readonly out: Out;
  declare readonly in: In;
  declare readonly absent: Absent;
  readonly node: SchemaNode;

  constructor(node: SchemaNode) {
    this.node = node;
  }
}

export type AnySchema = Schema<unknown, unknown, undefined>;
/** The type that decoding with schema `S` yields. */
export type Infer<S extends AnySchema> = S["out"];
/** The type that encoding with schema `S` takes; struct fields are all optional, absent means Go's zero value. */
export type Input<S extends AnySchema> = S["in"];

/** A struct field whose wire name is not its key with an upper-case first letter. */
export class NamedField<S extends AnySchema> {
  readonly wireName: string;
  readonly schema: S;
  constructor(wireName: string, schema: S) {
    this.wireName = wireName;
    this.schema = schema;
  }
}

export type Fields = Readonly<Record<string, AnySchema | NamedField<AnySchema>>>;
type SchemaOf<F> = F extends NamedField<infer S> ? S : F extends AnySchema ? F : never;
type NillableKeys<F extends Fields> = {
  [K in keyof F]: [SchemaOf<F[K]>["absent"]] extends [never] ? never : K;
}[keyof F];
type Flat<T> = { [K in keyof T]: T[K] };

/** Decoded form of a struct: scalars and value structs are filled, nillable fields may be absent. */
export type StructOut<F extends Fields> = Flat<
  { -readonly [K in Exclude<keyof F, NillableKeys<F>>]: SchemaOf<F[K]>["out"] } & {
    -readonly [K in NillableKeys<F>]?: SchemaOf<F[K]>["out"] | undefined;
  }
>;
/** Encodable form of a struct: every field may be left out and is then zero. */
export type StructIn<F extends Fields> = { readonly [K in keyof F]?: SchemaOf<F[K]>["in"] | undefined };

export const bool = new Schema<boolean>({ kind: "bool" });
/** Any Go signed integer that fits a double exactly; beyond ±2^53 is a `number_range` error. */
export const int = new Schema<number>({ kind: "int" });
/** Any Go unsigned integer up to 2^53. */
export const uint = new Schema<number>({ kind: "uint" });
/** A Go signed integer over its full 64 bits. */
export const int64big = new Schema<bigint>({ kind: "int64" });
/** A Go unsigned integer over its full 64 bits. */
export const uint64big = new Schema<bigint>({ kind: "uint64" });
export const float = new Schema<number>({ kind: "float" });
export const string = new Schema<string>({ kind: "string" });
export const bytes = new Schema<Uint8Array, Uint8Array, undefined>({ kind: "bytes" });
/** An interface value: JSON-like values plain, registered Go types as `GoValue`. */
export const any = new Schema<AnyValue, AnyValue, undefined>({ kind: "any" });
/** Go's `time.Time`. */
export const time = new Schema<GobTime, GobTime, undefined>({ kind: "time" });
/** Go's `*url.URL`, as its text. */
export const url = new Schema<string, string, undefined>({ kind: "url" });
/** Whatever the sender's definitions say, structs as objects with Go's field names. Decodes only. */
export const dynamic = new Schema<unknown, never>({ kind: "dynamic" });
/** Accepts every type and drops the value; sent as an empty struct. */
export const none = new Schema<undefined>({ kind: "none" });

export function slice<Out, In, A extends undefined>(
  elem: Schema<Out, In, A>,
): Schema<Out[], readonly In[], undefined> {
  return new Schema({ kind: "slice", elem });
}

/** A Go array: always `length` elements. */
export function array<Out, In, A extends undefined>(
  elem: Schema<Out, In, A>,
  length: number,
): Schema<Out[], readonly In[], undefined> {
  return new Schema({ kind: "array", elem, length });
}

/** A Go map with string keys, as an object without prototype, because keys come from users. */
export function record<Out, In, A extends undefined>(
  elem: Schema<Out, In, A>,
): Schema<Record<string, Out>, Readonly<Record<string, In>>, undefined> {
  return new Schema({ kind: "map", key: string, elem });
}

/** A Go map with keys of any scalar type. For string keys use {@link record}. */
export function map<KOut, KIn, Out, In, AK extends undefined, A extends undefined>(
  key: Schema<KOut, KIn, AK>,
  elem: Schema<Out, In, A>,
): Schema<Map<KOut, Out>, ReadonlyMap<KIn, In>, undefined> {
  return new Schema({ kind: "map", key, elem });
}

/** A Go pointer. Gob flattens it; what remains is that the value may be absent. */
export function ptr<Out, In, A extends undefined>(to: Schema<Out, In, A>): Schema<Out, In, undefined> {
  return new Schema({ kind: "pointer", to });
}

/** A slice, map or bytes whose nil arrives as empty, for places where the difference means nothing. */
export function filled<Out, In, A extends undefined>(to: Schema<Out, In, A>): Schema<Out, In> {
  return new Schema({ kind: "filled", to });
}

/** A reference that is looked up at first use, for types that contain themselves. */
export function lazy<Out, In>(get: () => Schema<Out, In>): Schema<Out, In> {
  return new Schema({ kind: "lazy", get });
}

/** Names a field on the wire where upper-casing the key's first letter is not enough (`URL`, `IPAddress`). */
export function field<S extends AnySchema>(wireName: string, schema: S): NamedField<S> {
  return new NamedField(wireName, schema);
}

/** A Go struct. The key `createAt` is the field `CreateAt` on the wire. */
export function struct<F extends Fields>(name: string, fields: F): Schema<StructOut<F>, StructIn<F>> {
  const list = Object.entries(fields).map(([key, part]) =>
    part instanceof NamedField
      ? { key, wireName: part.wireName, schema: part.schema }
      : { key, wireName: key.charAt(0).toUpperCase() + key.slice(1), schema: part },
  );
  return new Schema({ kind: "struct", name, fields: list });
}

/** Follows pointers, fills and lazy references to the type that is on the wire. */
export function resolve(schema: AnySchema): AnySchema {
  let current = schema;
  for (;;) {
    const node = current.node;
    if (node.kind === "pointer" || node.kind === "filled") current = node.to;
    else if (node.kind === "lazy") current = node.get();
    else return current;
  }
}
