import { type AnySchema, any, type Infer, type Input, ptr, type Schema, struct } from "../gob/schema.ts";
import { AppErrorModel } from "../models/app-error.ts";

/** How a method tells failure: not at all, by a `*model.AppError` or by a Go `error`, each as its last result. */
export type FailureKind = "none" | "appError" | "error";

type Schemas = readonly AnySchema[];

/**
 * One method of Mattermost's plugin protocol: types of its parameters and results in order. On the wire both are
 * structs with the fields A, B, C…; the failure, if any, is the last field of the reply.
 */
export interface Row<A extends Schemas = Schemas, R extends Schemas = Schemas> {
  readonly args: A;
  readonly returns: R;
  readonly fails: FailureKind;
  /** The reply's field for the failure. */
  readonly failureField: string;
  /** The argument struct. */
  readonly argsSchema: Schema<Record<string, unknown>, Record<string, unknown>>;
  /** The reply struct. */
  readonly replySchema: Schema<Record<string, unknown>, Record<string, unknown>>;
}

/** Methods by their Go names. */
export type Table = Readonly<Record<string, Row>>;

/** The wire name of a parameter or result: A, B, C… */
export function letter(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}

function lettered(schemas: Schemas): Record<string, AnySchema> {
  return Object.fromEntries(schemas.map((schema, index) => [letter(index), schema]));
}

/** Declares a {@link Row}. `unused` results between the others and the failure are never sent and passed over. */
export function row<const A extends Schemas, const R extends Schemas>(
  args: A,
  returns: R,
  fails: FailureKind = "none",
  unused = 0,
): Row<A, R> {
  const failureField = letter(returns.length + unused);
  const failure = fails === "none" ? {} : { [failureField]: fails === "appError" ? ptr(AppErrorModel) : any };
  return {
    args,
    returns,
    fails,
    failureField,
    argsSchema: struct("", lettered(args)),
    replySchema: struct("", { ...lettered(returns), ...failure }),
  };
}

type Received<L extends Schemas> = { -readonly [K in keyof L]: Infer<L[K]> | L[K]["absent"] };
type Sent<L extends Schemas> = { -readonly [K in keyof L]: Input<L[K]> | L[K]["absent"] };
type Results<T extends readonly unknown[], Nothing> = T extends readonly []
  ? Nothing
  : T extends readonly [infer One]
    ? One
    : T;

/** Parameters as the answering side sees them; nillable ones may be `undefined`. */
export type ReceivedArgs<M extends Row> = Received<M["args"]>;
/** Parameters as the calling side gives them; nillable ones may be `undefined`. */
export type SentArgs<M extends Row> = Sent<M["args"]>;
/** What a call resolves to: nothing, the one result, or a tuple of them. */
export type ReceivedResult<M extends Row> = Results<Received<M["returns"]>, void>;
/** What an implementation answers. */
export type SentResult<M extends Row> = Results<Sent<M["returns"]>, void>;

/** Calls a method of `T` by name. */
export type Call<T extends Table> = <N extends keyof T & string>(
  name: N,
  ...args: SentArgs<T[N]>
) => Promise<ReceivedResult<T[N]>>;

/** One typed function for each method of `T`, calling. */
export type Callers<T extends Table> = {
  readonly [N in keyof T]: (...args: SentArgs<T[N]>) => Promise<ReceivedResult<T[N]>>;
};

/** One typed function for each method of `T` that is implemented, answering; failure is thrown. */
export type Implementations<T extends Table> = {
  readonly [N in keyof T]?: (...args: ReceivedArgs<T[N]>) => Promise<SentResult<T[N]>> | SentResult<T[N]>;
};
