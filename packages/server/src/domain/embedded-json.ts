import { jsonrepair } from "jsonrepair";

/**
 * Longer texts are read strictly only. Teams' own limit for a message with its cards is about 28 KB; the repair of a hostile
 * text takes time by the square of its length, a second at twice this.
 */
const maxRepairedChars = 32_000;

/**
 * JSON inside a JSON text, as attachments carry it. Apps write it by hand: a wrong escape, a line end within a text or a
 * comma too many is read as it was meant. What cannot be read at all counts as absent. Never throws.
 */
export function embeddedJsonOf(value: unknown): unknown {
  if (typeof value !== "string") return value ?? undefined;
  return parsed(value) ?? repaired(value);
}

function parsed(text: string, prepare = (each: string) => each): unknown {
  try {
    return JSON.parse(prepare(text));
  } catch {
    return undefined;
  }
}

function repaired(text: string): unknown {
  // Only objects and lists: almost any text can be repaired into one JSON text.
  if (text.length > maxRepairedChars || !/^[\s\ufeff]*[{[]/.test(text)) return undefined;
  const readable = withKnownEscapes(text).replace(unreadable, " ");
  return parsed(readable) ?? parsed(readable, jsonrepair);
}

/** A backslash that escapes nothing stands for itself, as in a path or before an asterisk of Markdown. */
function withKnownEscapes(text: string): string {
  return text.replace(/\\(?:u[\dA-Fa-f]{4}|["'\\/bfnrt])?/g, (found) => (found === "\\" ? "\\\\" : found));
}

/** Control characters that mean nothing in a text, unlike tabulators and line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const unreadable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;
