import {
  decodeList,
  decodeMap,
  decodeRecord,
  decodeSentStruct,
  decodeStruct,
  fieldsByWireName,
  skipElements,
} from "./decode-containers.ts";
import { decodeInterface, skipInterface } from "./decode-interface.ts";
import type { Decode, DecodePlan, DecodeState } from "./decode-state.ts";
import { GobError } from "./gob-error.ts";
import { decodeTime } from "./gob-time.ts";
import { type AnySchema, dynamic, none, resolve, type ScalarKind } from "./schema.ts";
import type { BasicName, WireType } from "./wire-type.ts";

const utf8 = new TextDecoder();

/** An integer as number where that is exact, else as bigint. */
function loose(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

const DYNAMIC_BASICS: Readonly<Record<BasicName, Decode>> = {
  bool: (from) => from.bool(),
  int: (from) => loose(from.bigInt()),
  uint: (from) => loose(from.bigUint()),
  float: (from) => from.float(),
  bytes: (from) => from.blob(),
  string: (from) => from.text(),
  complex: (from) => [from.float(), from.float()],
  interface: decodeInterface,
};

function skipBytes(from: DecodeState): undefined {
  from.skip(from.length());
}

const SKIPPED_BASICS: Readonly<Record<BasicName, Decode>> = {
  bool: (from) => void from.bigUint(),
  int: (from) => void from.bigUint(),
  uint: (from) => void from.bigUint(),
  float: (from) => void from.bigUint(),
  bytes: skipBytes,
  string: skipBytes,
  complex: (from) => {
    from.bigUint();
    from.bigUint();
  },
  interface: skipInterface,
};

/** The basic type each scalar schema accepts, and how it is then read. */
const SCALARS: Readonly<Partial<Record<ScalarKind, { readonly wire: BasicName; readonly decode: Decode }>>> =
  {
    bool: { wire: "bool", decode: DYNAMIC_BASICS.bool },
    int: { wire: "int", decode: (from) => from.int() },
    int64: { wire: "int", decode: (from) => from.bigInt() },
    uint: { wire: "uint", decode: (from) => from.uint() },
    uint64: { wire: "uint", decode: (from) => from.bigUint() },
    float: { wire: "float", decode: DYNAMIC_BASICS.float },
    string: { wire: "string", decode: DYNAMIC_BASICS.string },
    bytes: { wire: "bytes", decode: DYNAMIC_BASICS.bytes },
    any: { wire: "interface", decode: decodeInterface },
  };

/** Compiles one plan: walks the sender's type beside the schema and remembers both, since types may contain themselves. */
class PlanCompiler {
  readonly #lookUp: (id: number) => WireType | undefined;
  readonly #compiled = new Map<AnySchema, Map<number, Decode>>();
  readonly restsOn = new Map<number, WireType>();

  constructor(lookUp: (id: number) => WireType | undefined) {
    this.#lookUp = lookUp;
  }

  type(id: number): WireType {
    const type = this.#lookUp(id);
    if (type === undefined) throw new GobError("unknown_type", `type ${id} is used before it is defined`);
    this.restsOn.set(id, type);
    return type;
  }

  compile(schema: AnySchema, id: number): Decode {
    const target = resolve(schema);
    let byId = this.#compiled.get(target);
    if (byId === undefined) {
      byId = new Map();
      this.#compiled.set(target, byId);
    }
    const known = byId.get(id);
    if (known !== undefined) return known;
    let decode: Decode | undefined;
    // Stands in while a type that contains itself is being compiled.
    byId.set(id, (from) => {
      if (decode === undefined) throw new GobError("malformed", "a type is defined only by itself");
      return decode(from);
    });
    decode = this.#decodeFor(target, this.type(id));
    byId.set(id, decode);
    return decode;
  }

  #decodeFor(schema: AnySchema, type: WireType): Decode {
    const node = schema.node;
    if (node.kind === "none") return this.#skip(type);
    if (node.kind === "dynamic") return this.#dynamic(type);
    if (node.kind === "struct" && type.kind === "struct") {
      const known = fieldsByWireName(node.fields);
      let matched = 0;
      const sent = type.fields.map(({ name, id }) => {
        const target = known.get(name);
        if (target === undefined) return { key: undefined, decode: this.compile(none, id) };
        matched++;
        return { key: target.key, decode: this.compile(target.schema, id) };
      });
      if (matched === 0 && known.size > 0 && sent.length > 0) {
        throw new GobError("type_mismatch", `no field of ${node.name || "the struct"} was sent`);
      }
      return decodeStruct(sent, node.fields);
    }
    if (node.kind === "slice" && type.kind === "slice") return this.#list(node.elem, type.elem);
    if (node.kind === "array" && type.kind === "array" && node.length === type.length) {
      return this.#list(node.elem, type.elem, type.length);
    }
    if (node.kind === "map" && type.kind === "map") {
      const key = this.compile(node.key, type.key);
      const elem = this.compile(node.elem, type.elem);
      return node.key.node.kind === "string" ? decodeRecord(key, elem) : decodeMap(key, elem);
    }
    if (type.kind === "opaque") {
      if (node.kind === "time" && type.encoding === "gob") return (from) => decodeTime(from.blob());
      if (node.kind === "url" && type.encoding === "binary") return (from) => utf8.decode(from.blob());
    }
    if (type.kind === "basic") {
      const scalar = (SCALARS as Readonly<Record<string, (typeof SCALARS)["bool"]>>)[node.kind];
      if (scalar?.wire === type.name) return scalar.decode;
    }
    const sentKind = type.kind === "basic" ? type.name : type.kind;
    throw new GobError("type_mismatch", `expected ${node.kind}, but ${sentKind} was sent`);
  }

  #list(elemSchema: AnySchema, elemId: number, length?: number): Decode {
    const elemType = this.type(elemId);
    const flat = elemType.kind === "basic" && elemType.name !== "interface";
    return decodeList(this.compile(elemSchema, elemId), !flat, length);
  }

  #dynamic(type: WireType): Decode {
    switch (type.kind) {
      case "basic":
        return DYNAMIC_BASICS[type.name];
      case "opaque":
        return DYNAMIC_BASICS.bytes;
      case "slice":
        return this.#list(dynamic, type.elem);
      case "array":
        return this.#list(dynamic, type.elem, type.length);
      case "map": {
        const key = this.type(type.key);
        const textual = key.kind === "basic" && key.name === "string";
        const parts = [this.compile(dynamic, type.key), this.compile(dynamic, type.elem)] as const;
        return textual ? decodeRecord(...parts) : decodeMap(...parts);
      }
      case "struct":
        return decodeSentStruct(
          type.fields.map(({ name, id }) => ({ key: name, decode: this.compile(dynamic, id) })),
        );
    }
  }

  #skip(type: WireType): Decode {
    switch (type.kind) {
      case "basic":
        return SKIPPED_BASICS[type.name];
      case "opaque":
        return skipBytes;
      case "slice":
      case "array":
        return skipElements([this.compile(none, type.elem)]);
      case "map":
        return skipElements([this.compile(none, type.key), this.compile(none, type.elem)]);
      case "struct": {
        const skip = decodeSentStruct(
          type.fields.map(({ id }) => ({ key: undefined, decode: this.compile(none, id) })),
        );
        return (from) => void skip(from);
      }
    }
  }
}

const plans = new WeakMap<AnySchema, WeakMap<WireType, DecodePlan[]>>();
/** Streams that define a type's parts differently each get a plan; more than this many at once are not worth keeping. */
const MAX_PLANS_PER_TYPE = 8;

function stillRests(plan: DecodePlan, lookUp: (id: number) => WireType | undefined): boolean {
  for (const [id, type] of plan.restsOn) if (lookUp(id) !== type) return false;
  return true;
}

/** The plan for type `id` of a stream as `schema`; shared by all streams whose definitions are the same bytes. */
export function planFor(
  schema: AnySchema,
  id: number,
  lookUp: (id: number) => WireType | undefined,
): DecodePlan {
  const type = lookUp(id);
  if (type === undefined) throw new GobError("unknown_type", `type ${id} is used before it is defined`);
  let byType = plans.get(schema);
  if (byType === undefined) {
    byType = new WeakMap();
    plans.set(schema, byType);
  }
  const candidates = byType.get(type) ?? [];
  const known = candidates.find((plan) => stillRests(plan, lookUp));
  if (known !== undefined) return known;
  const compiler = new PlanCompiler(lookUp);
  const decode = compiler.compile(schema, id);
  const plan = { decode, singleton: type.kind !== "struct", restsOn: compiler.restsOn };
  byType.set(type, [plan, ...candidates].slice(0, MAX_PLANS_PER_TYPE));
  return plan;
}
