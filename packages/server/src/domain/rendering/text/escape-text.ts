/** Invisible, without width, and neither letter nor digit: it ends a mention's name before it begins. */
const gap = "\u200b";

export interface EscapePlace {
  /** Nothing but white space or quote marks stands before it on its line. */
  readonly atLineStart?: boolean;
  /** Inside a link's label, where no address becomes a link of its own. */
  readonly inLabel?: boolean;
}

const special = /[\\`*_[\]|~@#:&<!]|www\./gi;

/**
 * Foreign text as Markdown that shows exactly this text in Mattermost and does nothing else. What only has a meaning in
 * Markdown gets a backslash. What Mattermost looks for in the raw text as well, or in what is left after Markdown
 * (mentions, channels, hashtags, emoji names, entities, tags, addresses), gets a zero-width space behind its first
 * character, because a backslash would be gone by then. Both is invisible where the text is read.
 */
export function escapeText(text: string, place: EscapePlace = {}): string {
  const escaped = text.replace(special, (found, offset: number) => escapeAt(text, found, offset, place));
  return place.atLineStart === true ? escapeLineStart(escaped) : escaped;
}

function escapeAt(text: string, found: string, offset: number, { inLabel = false }: EscapePlace): string {
  const rest = text.slice(offset, offset + maxNameChars);
  const next = rest[1];
  switch (found) {
    case "@":
      return isInAddress(text[offset - 1], next) || next === " " ? found : found + gap;
    case "#":
      return next === " " ? found : found + gap;
    case "~":
      return next === " " ? `\\${found}` : `\\${found}${gap}`;
    case ":":
      return /^:[\w+-]+:/.test(rest) || (!inLabel && /^:\//.test(rest)) ? found + gap : found;
    case "&":
      return /^&#?\w+;?/.test(rest) ? found + gap : found;
    case "<":
      return next === " " ? found : found + gap;
    case "!":
      return next === undefined ? `\\${found}` : found;
    default:
      if (found.length > 1) return inLabel ? found : `${found.slice(0, -1)}${gap}.`;
      return `\\${found}`;
  }
}

/** Longer than any emoji name (64 characters) or entity. */
const maxNameChars = 80;

/** An e-mail address: Mattermost takes no mention out of the middle of one, and people copy them. */
function isInAddress(before: string | undefined, after: string | undefined): boolean {
  return /^[A-Za-z0-9]$/.test(before ?? "") && /^[A-Za-z0-9]$/.test(after ?? "");
}

/** Lists, headings, quotes, and the underlines that make the line above a heading. */
function escapeLineStart(text: string): string {
  const trimmed = text.trimStart();
  if (/^[-+>#]/.test(trimmed)) return `\\${trimmed}`;
  if (trimmed.startsWith("=")) return gap + trimmed;
  return trimmed.replace(/^(\d+)([.)])/, "$1\\$2");
}
