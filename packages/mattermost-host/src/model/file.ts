import type { JsonObject } from "../json.ts";

/** What is known of a stored file; sizes in bytes. `creatorId` is `nouser` for files that plugins upload. */
export interface FileInfo {
  readonly id: string;
  readonly creatorId: string;
  postId: string;
  channelId: string;
  readonly createAt: number;
  updateAt: number;
  deleteAt: number;
  readonly path: string;
  readonly name: string;
  readonly extension: string;
  readonly size: number;
  readonly mimeType: string;
  readonly width: number;
  readonly height: number;
}

export function fileInfoJson(info: FileInfo): JsonObject {
  return {
    id: info.id,
    user_id: info.creatorId,
    post_id: info.postId,
    channel_id: info.channelId,
    create_at: info.createAt,
    update_at: info.updateAt,
    delete_at: info.deleteAt,
    name: info.name,
    extension: info.extension,
    size: info.size,
    mime_type: info.mimeType,
    width: info.width,
    height: info.height,
    has_preview_image: false,
  };
}
