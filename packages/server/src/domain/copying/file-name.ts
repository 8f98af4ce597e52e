import { cleanText } from "../rendering/text/clean-text.ts";

/** File systems stop at 255 bytes, and nobody reads further; a character takes up to four. */
const maxNameBytes = 200;

/** What a path, a shell or a file system could read as more than a name. */
const unsafe = /[/\\:*?"<>|]/g;

/**
 * A name for a file that came from outside: one path segment without control characters or marks that reorder letters
 * (`exe.tod` must not read as `dot.exe`), no dot in front, its extension kept when it is shortened. Never empty.
 */
export function safeFileName(name: string): string {
  const clean = cleanText(name.normalize("NFC"))
    .replace(unsafe, "_")
    .replace(/^[.\s]+/, "")
    .trimEnd();
  if (clean === "") return "file";
  if (Buffer.byteLength(clean) <= maxNameBytes) return clean;
  const [extension = ""] = /\.[\p{L}\p{N}]{1,10}$/u.exec(clean) ?? [];
  const stem = clean.slice(0, clean.length - extension.length);
  return cutTo(stem, maxNameBytes - Buffer.byteLength(extension)) + extension;
}

function cutTo(text: string, maxBytes: number): string {
  let kept = "";
  let left = maxBytes;
  for (const character of text) {
    left -= Buffer.byteLength(character);
    if (left < 0) break;
    kept += character;
  }
  return kept.trimEnd();
}
