/**
 * A value of a Go type that was registered by name (`gob.Register`). With a schema for the name in the registry
 * `value` has that schema's form; else it is decoded by the sender's definitions with Go's field names as keys.
 */
export class GoValue {
  readonly goType: string;
  readonly value: unknown;

  constructor(goType: string, value: unknown) {
    this.goType = goType;
    this.value = value;
  }
}

/**
 * What an interface value holds. Numbers are sent as `float64`, bigint as `int64`, lists as `[]interface {}`,
 * objects as `map[string]interface {}`; integers beyond ±2^53 arrive as bigint.
 */
export type AnyValue =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | GoValue
  | readonly AnyValue[]
  | { readonly [key: string]: AnyValue };
