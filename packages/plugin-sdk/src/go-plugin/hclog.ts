/** Levels that hclog and Mattermost's log share. */
export const logLevels = ["trace", "debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Values beside a log message. */
export type LogEntryFields = Readonly<Record<string, unknown>>;

/** Where a plugin's words go. Never secrets, tokens or message text. */
export type WriteLog = (
  level: LogLevel,
  message: string,
  fields?: Readonly<Record<string, string | number | boolean | undefined>>,
) => void;

/** One line on a plugin's stderr, in hclog's JSON form: the host logs it at its level with its fields. */
export function formatHclog(level: LogLevel, message: string, fields: LogEntryFields, at: Date): string {
  return `${JSON.stringify({ ...fields, "@level": level, "@message": message, "@timestamp": at.toISOString() })}\n`;
}

/** A log entry as the host sees it. */
export interface HclogEntry {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogEntryFields;
}

function isLevel(value: unknown): value is LogLevel {
  return logLevels.some((level) => level === value);
}

/** Reads a line of hclog's JSON form; `undefined` for anything else. */
export function parseHclog(line: string): HclogEntry | undefined {
  if (!line.startsWith("{")) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const {
    "@level": level,
    "@message": message,
    "@timestamp": _timestamp,
    ...fields
  } = parsed as Record<string, unknown>;
  if (!isLevel(level) || typeof message !== "string") return undefined;
  return { level, message, fields };
}
