/** What Teams puts into the message itself; everything else is shared as a file. */
const pictureTypes: readonly string[] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** The part of a message, as the tenant's control interface takes it, that brings a picture or a file. */
export async function broughtBy(file: File): Promise<Readonly<Record<string, unknown>>> {
  const bytesBase64 = base64(new Uint8Array(await file.arrayBuffer()));
  const contentType = file.type === "" ? "application/octet-stream" : file.type;
  return pictureTypes.includes(file.type)
    ? { hostedContents: [{ id: "picture", contentType, bytesBase64 }] }
    : { files: [{ name: file.name, contentType, bytesBase64 }] };
}

export function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
