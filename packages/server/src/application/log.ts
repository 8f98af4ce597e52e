/** Structured log. Fields never hold secrets, tokens or message text. */
export interface Log {
  debug(message: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
  info(message: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
  warn(message: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
  error(message: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
}
