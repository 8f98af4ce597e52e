import { isRecord } from "../json.ts";

/** A request that a client sends over the websocket; `seq` is repeated in the answer. */
export interface ClientMessage {
  readonly seq: number;
  readonly action: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The message in a frame, or undefined for what is none. */
export function parseClientMessage(text: string): ClientMessage | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(parsed) || typeof parsed.action !== "string" || typeof parsed.seq !== "number")
    return undefined;
  return { seq: parsed.seq, action: parsed.action, data: isRecord(parsed.data) ? parsed.data : {} };
}

export function okFrame(seq: number, data?: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ status: "OK", ...(data ? { data } : {}), seq_reply: seq });
}

export function failFrame(seq: number, id: string, message: string): string {
  return JSON.stringify({ status: "FAIL", error: { id, message, status_code: 400 }, seq_reply: seq });
}
