import { string, struct, uint } from "../gob/schema.ts";

/** Precedes each argument (net/rpc server.go). `seq` counts from 0 on each connection. */
export const RequestHeader = struct("Request", { serviceMethod: string, seq: uint });

/** Precedes each reply. A reply with `error` has an empty struct as its body. */
export const ResponseHeader = struct("Response", { serviceMethod: string, seq: uint, error: string });
