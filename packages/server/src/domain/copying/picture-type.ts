/** First bytes of the picture formats that every Mattermost client shows, and the extension Mattermost knows them by. */
const signatures: readonly (readonly [extension: string, start: readonly (number | undefined)[]])[] = [
  ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["jpg", [0xff, 0xd8, 0xff]],
  ["gif", [0x47, 0x49, 0x46, 0x38]],
  // "RIFF", four bytes of length, "WEBP".
  ["webp", [0x52, 0x49, 0x46, 0x46, undefined, undefined, undefined, undefined, 0x57, 0x45, 0x42, 0x50]],
  ["bmp", [0x42, 0x4d]],
];

/**
 * The extension for a picture, by its bytes: Mattermost derives the type it serves a file with from the extension alone
 * (facts, section 4), and the type that came along is only somebody's word. Undefined for anything else, SVG too, which
 * may hold scripts.
 */
export function pictureExtension(bytes: Uint8Array): string | undefined {
  return signatures.find(([, start]) =>
    start.every((byte, index) => byte === undefined || bytes[index] === byte),
  )?.[0];
}
