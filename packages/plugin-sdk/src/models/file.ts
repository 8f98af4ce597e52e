import { bool, bytes, type Infer, int, ptr, string, struct } from "../gob/schema.ts";

/** Mattermost's `model.FileInfo`; times are milliseconds since 1970. */
export const FileInfo = struct("FileInfo", {
  id: string,
  creatorId: string,
  postId: string,
  channelId: string,
  createAt: int,
  updateAt: int,
  deleteAt: int,
  path: string,
  thumbnailPath: string,
  previewPath: string,
  name: string,
  extension: string,
  size: int,
  mimeType: string,
  width: int,
  height: int,
  hasPreviewImage: bool,
  miniPreview: ptr(bytes),
  content: string,
  remoteId: ptr(string),
  archived: bool,
});
export interface FileInfo extends Infer<typeof FileInfo> {}

/** Mattermost's `model.UploadSession`; times are milliseconds since 1970. */
export const UploadSession = struct("UploadSession", {
  id: string,
  type: string,
  createAt: int,
  userId: string,
  channelId: string,
  filename: string,
  path: string,
  fileSize: int,
  fileOffset: int,
  remoteId: string,
  reqFileId: string,
});
export interface UploadSession extends Infer<typeof UploadSession> {}

/** Mattermost's `model.FileData`. */
export const FileData = struct("FileData", {
  filename: string,
  body: bytes,
});
export interface FileData extends Infer<typeof FileData> {}
