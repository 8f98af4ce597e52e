import { GobError } from "./gob-error.ts";

/** Go's `time.Time`: seconds since 1970, nanoseconds within the second, zone offset in seconds (absent = UTC). */
export interface GobTime {
  readonly unixSeconds: number;
  readonly nanoseconds: number;
  readonly offsetSeconds?: number | undefined;
}

/** Go counts its seconds from the year 1, so that the zero value is a real moment. */
const SECONDS_FROM_YEAR_1_TO_1970 = 62_135_596_800n;
const UTC_OFFSET_MARK = -1;

/** Reads `time.Time`'s binary form (Go `time.Time.UnmarshalBinary`, versions 1 and 2). */
export function decodeTime(encoded: Uint8Array): GobTime {
  const version = encoded[0];
  const expected = version === 1 ? 15 : version === 2 ? 16 : -1;
  if (encoded.length !== expected)
    throw new GobError("malformed", "time.Time has an unknown version or length");
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const seconds = view.getBigInt64(1) - SECONDS_FROM_YEAR_1_TO_1970;
  const unixSeconds = Number(seconds);
  if (!Number.isSafeInteger(unixSeconds))
    throw new GobError("number_range", "time.Time is beyond 2^53 seconds");
  const minutes = view.getInt16(13);
  const base = { unixSeconds, nanoseconds: view.getInt32(9) };
  if (minutes === UTC_OFFSET_MARK) return base;
  return { ...base, offsetSeconds: minutes * 60 + (version === 2 ? view.getInt8(15) : 0) };
}

/** Writes `time.Time`'s binary form; version 2 only when the zone has odd seconds, as Go does. */
export function encodeTime(value: GobTime): Uint8Array {
  const offset = value.offsetSeconds;
  const oddSeconds = offset === undefined ? 0 : offset % 60;
  const encoded = new Uint8Array(oddSeconds === 0 ? 15 : 16);
  const view = new DataView(encoded.buffer);
  encoded[0] = oddSeconds === 0 ? 1 : 2;
  if (!Number.isSafeInteger(value.unixSeconds))
    throw new GobError("bad_value", "unixSeconds must be an integer");
  view.setBigInt64(1, BigInt(value.unixSeconds) + SECONDS_FROM_YEAR_1_TO_1970);
  view.setInt32(9, value.nanoseconds);
  view.setInt16(13, offset === undefined ? UTC_OFFSET_MARK : Math.trunc(offset / 60));
  if (oddSeconds !== 0) view.setInt8(15, oddSeconds);
  return encoded;
}

/** The moment as milliseconds; finer parts and the zone are dropped. */
export function dateFromGobTime(value: GobTime): Date {
  return new Date(value.unixSeconds * 1000 + Math.trunc(value.nanoseconds / 1_000_000));
}

/** The moment of `date` in UTC. */
export function gobTimeFromDate(date: Date): GobTime {
  const unixSeconds = Math.floor(date.getTime() / 1000);
  return { unixSeconds, nanoseconds: (date.getTime() - unixSeconds * 1000) * 1_000_000 };
}
