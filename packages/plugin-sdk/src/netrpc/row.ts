import type { AnySchema, Infer, Input } from "../gob/schema.ts";

/** How a method tells failure: not at all, by a `*model.AppError` or by a Go `error`, each as its last result. */
export type FailureKind = "none" | "appError" | "error";

/**
 * One method of Mattermost's plugin protocol: types of its parameters and results in order. On the wire both are structs
 * with the fields A, B, C…; the failure, if any, is the result after `returns`.
 */
export interface Row<
  A extends readonly AnySchema[] = readonly AnySchema[],
  R extends readonly AnySchema[] = readonly AnySchema[],
> {
  readonly args: A;
  readonly returns: R;
  readonly fails: FailureKind;
}

/** Declares a {@link Row}. */
export function row<const A extends readonly AnySchema[], const R extends readonly AnySchema[]>(
  args: A,
  returns: R,
  fails: FailureKind = "none",
): Row<A, R> {
  return { args, returns, fails };
}

type OrAbsent<S extends AnySchema, T> = T | S["absent"];

/** Parameters as the receiving side sees them: nillable ones may be absent. */
export type ReceivedArgs<M extends Row> = {
  [K in keyof M["args"]]: OrAbsent<M["args"][K], Infer<M["args"][K]>>;
};
/** Parameters as the calling side gives them; nillable ones may be `undefined`. */
export type SentArgs<M extends Row> = {
  [K in keyof M["args"]]: OrAbsent<M["args"][K], Input<M["args"][K]>>;
};

type Results<T extends readonly unknown[]> = T extends readonly []
  ? void
  : T extends readonly [infer One]
    ? One
    : T;
type ReceivedList<R extends readonly AnySchema[]> = { [K in keyof R]: OrAbsent<R[K], Infer<R[K]>> };
type SentList<R extends readonly AnySchema[]> = { [K in keyof R]: OrAbsent<R[K], Input<R[K]>> };

/** What a call resolves to: nothing, the one result, or a tuple of them. */
export type ReceivedResult<M extends Row> = Results<ReceivedList<M["returns"]>>;
/** What an implementation answers. */
export type SentResult<M extends Row> = Results<SentList<M["returns"]>>;

/** The calling side of a row. */
export type Caller<M extends Row> = (...args: SentArgs<M>) => Promise<ReceivedResult<M>>;
/** The answering side of a row; failure is thrown. */
export type Implementation<M extends Row> = (
  ...args: ReceivedArgs<M>
) => Promise<SentResult<M>> | SentResult<M>;
