import { AppError } from "../app-error.ts";
import type { Clock } from "../clock.ts";
import { type NewId, randomId } from "../identity.ts";
import type { FileInfo } from "../model/file.ts";

/** Whoever uploads through the plugin API leaves no name (App.UploadFile). */
export const noUser = "nouser";

/** The server derives the type from the extension alone, never from the content. */
const mimeTypes: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  md: "text/markdown; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  json: "application/json",
  pdf: "application/pdf",
  zip: "application/zip",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  mp4: "video/mp4",
};

/** Files with their content in memory. A file can be attached once; unattached ones linger. */
export class FileStore {
  readonly #clock: Clock;
  readonly #newId: NewId;
  readonly #infos = new Map<string, FileInfo>();
  readonly #contents = new Map<string, Uint8Array>();

  constructor(clock: Clock, newId: NewId = randomId) {
    this.#clock = clock;
    this.#newId = newId;
  }

  add(content: Uint8Array, channelId: string, name: string, creatorId: string): FileInfo {
    const now = this.#clock.now();
    const id = this.#newId();
    const baseName = name.replace(/^.*[/\\]/, "") || "file";
    const dot = baseName.lastIndexOf(".");
    const extension = dot > 0 ? baseName.slice(dot + 1).toLowerCase() : "";
    const day = new Date(now).toISOString().slice(0, 10).replaceAll("-", "");
    const info: FileInfo = {
      id,
      creatorId,
      postId: "",
      channelId,
      createAt: now,
      updateAt: now,
      deleteAt: 0,
      path: `${day}/teams/noteam/channels/${channelId}/users/${creatorId}/${id}/${baseName}`,
      name: baseName,
      extension,
      size: content.length,
      mimeType: mimeTypes[extension] ?? "application/octet-stream",
      ...pngSize(content),
    };
    this.#infos.set(id, info);
    this.#contents.set(id, content.slice());
    return info;
  }

  info(id: string): FileInfo {
    const info = this.#infos.get(id);
    if (info?.deleteAt !== 0) throw new AppError("app.file_info.get.app_error", { where: "GetFileInfo" });
    return info;
  }

  content(id: string): Uint8Array {
    this.info(id);
    return this.#contents.get(id) ?? new Uint8Array();
  }

  byPath(path: string): Uint8Array {
    const info = [...this.#infos.values()].find((one) => one.path === path && one.deleteAt === 0);
    if (!info) throw new AppError("app.file_info.get.app_error", { where: "ReadFile" });
    return this.content(info.id);
  }

  ofPost(postId: string): FileInfo[] {
    return [...this.#infos.values()].filter((info) => info.postId === postId && info.deleteAt === 0);
  }

  /** Attaches those of `ids` that are free and were uploaded by `userId` or by a plugin; returns their ids. */
  attach(ids: readonly string[], postId: string, userId: string): string[] {
    return ids.filter((id) => {
      const info = this.#infos.get(id);
      if (info?.deleteAt !== 0 || info.postId !== "") return false;
      if (info.creatorId !== userId && info.creatorId !== noUser) return false;
      info.postId = postId;
      return true;
    });
  }

  delete(id: string): void {
    const info = this.#infos.get(id);
    if (info) info.deleteAt = this.#clock.now();
    this.#contents.delete(id);
  }

  /** Copies of files under new ids, free to be attached by `userId`. */
  copy(ids: readonly string[], userId: string): string[] {
    return ids.map((id) => {
      const info = this.info(id);
      return this.add(this.content(id), info.channelId, info.name, userId).id;
    });
  }
}

/** Width and height from a PNG's header; other images have none here. */
function pngSize(content: Uint8Array): { width: number; height: number } {
  const isPng = content.length >= 24 && content[0] === 0x89 && content[1] === 0x50 && content[2] === 0x4e;
  if (!isPng) return { width: 0, height: 0 };
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
