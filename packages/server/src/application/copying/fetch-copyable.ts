import type { Copyable } from "../../domain/copying/copyable.ts";
import { safeFileName } from "../../domain/copying/file-name.ts";
import { pictureExtension } from "../../domain/copying/picture-type.ts";
import type { DeliveryKey } from "../deliveries/delivery-log.ts";
import { type HostedContents, NotCopyable, type ReaderFiles } from "./copying-ports.ts";

export interface FetchParts {
  readonly pictures: HostedContents;
  readonly files: ReaderFiles;
  readonly signal: AbortSignal;
}

/** A file as Mattermost is to have it. */
export interface FetchedFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/**
 * Reads one copyable for the person of `delivery`: pictures as the application, since everybody in the chat sees them;
 * files as the person, since another's right to a file is not theirs. Pictures have no names: what their sender says is on
 * them tells them apart, or else their number, `place`.
 */
export async function fetchCopyable(
  { pictures, files, signal }: FetchParts,
  delivery: DeliveryKey,
  copyable: Copyable,
  { maxFileBytes, place }: { readonly maxFileBytes: number; readonly place: number },
): Promise<FetchedFile> {
  const limits = { maxBytes: maxFileBytes, signal };
  if (copyable.kind === "file") {
    const content = await files.read(delivery.userId, copyable.url, limits);
    return { name: safeFileName(copyable.name), content };
  }
  const { chatId, messageId } = delivery;
  const content = await pictures.read({ chatId, messageId }, copyable.contentId, limits);
  const extension = pictureExtension(content);
  if (extension === undefined) throw new NotCopyable("not-a-picture");
  const name = describedName(copyable.description ?? "", extension) || `picture-${place + 1}`;
  return { name: safeFileName(`${name}.${extension}`), content };
}

/** Without the dots of a sentence, and without an extension that would be there twice. */
function describedName(description: string, extension: string): string {
  const [firstLine = ""] = description.split(/[\r\n]/, 1);
  const name = firstLine.replace(/[.\s]+$/, "");
  return name.toLowerCase().endsWith(`.${extension}`) ? name.slice(0, -extension.length - 1) : name;
}
