import { GoValue } from "./any-value.ts";
import type { EncodeState } from "./encode-state.ts";
import { GobError } from "./gob-error.ts";
import { type AnySchema, any, bool, bytes, float, int64big, record, slice, string } from "./schema.ts";

const anyList = slice(any);
const anyRecord = record(any);

/** The registered name and type as which a JavaScript value travels. */
function concreteType(value: unknown, to: EncodeState): readonly [string, AnySchema, unknown] {
  switch (typeof value) {
    case "boolean":
      return ["bool", bool, value];
    case "number":
      return ["float64", float, value];
    case "bigint":
      return ["int64", int64big, value];
    case "string":
      return ["string", string, value];
    case "object":
      break;
    default:
      throw new GobError("bad_value", `a ${typeof value} can not travel in an interface value`);
  }
  if (value instanceof GoValue) {
    const schema = to.registry.get(value.goType);
    if (schema !== undefined) return [value.goType, schema, value.value];
    throw new GobError(
      "unregistered_type",
      `the Go type ${value.goType} is not registered, so it can not be sent`,
    );
  }
  if (value instanceof Uint8Array) return ["[]uint8", bytes, value];
  return Array.isArray(value)
    ? ["[]interface {}", anyList, value]
    : ["map[string]interface {}", anyRecord, value];
}

/**
 * An interface value: the registered name, the type id, the byte length, the value (encoding/gob, "Interface types").
 * Definitions go before the whole value's message, which spares the reader the forms that interrupt a value.
 */
export function writeInterface(to: EncodeState, value: unknown): void {
  if (value === null || value === undefined) {
    to.byte(0);
    return;
  }
  const [name, schema, content] = concreteType(value, to);
  const plan = to.planFor(schema);
  to.define(plan);
  to.text(name);
  to.int(plan.id);
  const start = to.openBlock();
  if (plan.singleton) to.byte(0);
  to.enter();
  plan.write(to, content);
  to.leave();
  to.closeBlock(start);
}
