/** Invisible, without width, and neither letter, digit nor white space: it ends a mention's name before it begins. */
export const gap = "\u200b";

export interface EscapePlace {
  /** Nothing but white space or quote marks stands before it on its line. */
  readonly atLineStart?: boolean;
  /** Inside a link's label, where no address becomes a link of its own and brackets end it. */
  readonly inLabel?: boolean;
  /** In one paragraph with a link, which the web app lets end at the last `](` behind it, escaped or not. */
  readonly nearLink?: boolean;
  /** Inside `*…*`, which the web app ends at any asterisk, escaped or not. */
  readonly inEmphasis?: boolean;
  /** Two dollar signs of this line could be taken for a formula. */
  readonly nearDollars?: boolean;
}

const special = /[\\`*_[\]|~@#:&<!$]|www\d{0,3}\.|\.(?=\p{L}{2,4}\/)/giu;

/**
 * Foreign text as Markdown that shows exactly this text in Mattermost and does nothing else. What only has a meaning in
 * Markdown gets a backslash. What Mattermost looks for in the raw text as well, or in what is left after Markdown
 * (mentions, channels, hashtags, emoji names, entities, tags, addresses), gets a zero-width space behind its first
 * character, because a backslash would be gone by then. Where the web app knows no backslash, a character reference
 * stands. All of it is invisible where the text is read.
 */
export function escapeText(text: string, place: EscapePlace = {}): string {
  const escaped = text.replace(special, (found, offset: number) => escapeAt(text, found, offset, place));
  return place.atLineStart ? escapeLineStart(escaped) : escaped;
}

function escapeAt(text: string, found: string, offset: number, place: EscapePlace): string {
  const rest = text.slice(offset, offset + maxNameChars);
  const next = rest[found.length];
  switch (found) {
    case "\\":
      // `\\` before a letter is two backslashes in the web app and one elsewhere; a reference is one everywhere.
      return next === undefined || /[!-/:-@[-`{-~]/.test(next) ? reference(found) : found;
    case "*":
      return place.inEmphasis ? reference(found) : `\\${found}`;
    case "[":
    case "]":
      return place.inLabel || place.nearLink ? reference(found) : `\\${found}`;
    case "$":
      return place.nearDollars ? reference(found) : found;
    case "@":
      return isInAddress(text.slice(0, offset), rest) || next === " " ? found : found + gap;
    case "#":
      return next === " " ? found : found + gap;
    case "~":
      return next === " " ? `\\${found}` : `\\${found}${gap}`;
    case ":":
      return opensName(text.slice(0, offset), rest, place) ? found + gap : found;
    case "&":
      return /^&#?\w/.test(rest) ? found + gap : found;
    case "<":
      // The web app takes `<…@…>` for a link, whatever else stands between, even if it begins in the next node.
      if (/^<[^ >]*(?:@|$)/.test(text.slice(offset, offset + maxAddressChars))) return "&lt;";
      return next === " " ? found : found + gap;
    case "!":
      return next === undefined ? `\\${found}` : found;
    case "`":
    case "_":
    case "|":
      return `\\${found}`;
    default:
      return place.inLabel ? found : addressWithGap(found);
  }
}

/** Longer than any emoji name (64 characters) or entity. */
const maxNameChars = 80;
/** Longer than any e-mail address (RFC 5321 allows 254 octets). */
const maxAddressChars = 300;

function reference(char: string): string {
  return `&#${char.charCodeAt(0)};`;
}

/** `:smile:`, or the colon of an address such as `mailto:ann`, which the web app links with any scheme it is told of. */
function opensName(before: string, rest: string, { inLabel = false }: EscapePlace): boolean {
  if (/^:[\w+-]+:/.test(rest)) return true;
  if (inLabel) return false;
  return (
    /^:\//.test(rest) || (/^:[\p{L}\d%]/u.test(rest) && /[A-Za-z][A-Za-z\d.+-]+$/.test(before.slice(-40)))
  );
}

/** `www.` and the last dot of `example.com/`. */
function addressWithGap(found: string): string {
  return found === "." ? found + gap : `${found.slice(0, -1)}${gap}.`;
}

/** An e-mail address: Mattermost takes no mention out of the middle of one, and people copy them. */
function isInAddress(before: string, fromAt: string): boolean {
  return (
    /(?:^|[^\w@.+-])[\w.+-]*[A-Za-z0-9]$/.test(before.slice(-maxNameChars)) &&
    /^@[A-Za-z0-9][^@\s]*(?:\s|$)/.test(fromAt)
  );
}

/** Lists, headings, quotes, and the underlines that make the line above a heading. */
function escapeLineStart(text: string): string {
  const trimmed = text.trimStart();
  if (/^[-+>#]/.test(trimmed)) return `\\${trimmed}`;
  if (trimmed.startsWith("=")) return gap + trimmed;
  return trimmed.replace(/^(\d+)([.)])/, "$1\\$2");
}
