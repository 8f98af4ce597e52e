import { type Call, row } from "../contract/row.ts";
import { bytes, filled, type Input, slice, string } from "../gob/schema.ts";
import { FileInfo, UploadSession } from "../models/file.ts";

/** API methods for files and upload sessions (Mattermost plugin API). */
export const filesRows = {
  UploadFile: row([bytes, string, string], [FileInfo], "appError"),
  GetFile: row([string], [filled(bytes)], "appError"),
  GetFileInfo: row([string], [FileInfo], "appError"),
  GetFileLink: row([string], [string], "appError"),
  ReadFile: row([string], [filled(bytes)], "appError"),
  CopyFileInfos: row([string, filled(slice(string))], [filled(slice(string))], "appError"),
  CreateUploadSession: row([UploadSession], [UploadSession], "error"),
  GetUploadSession: row([string], [UploadSession], "error"),
};

/** The author's view of {@link filesRows}. */
export function files(call: Call<typeof filesRows>) {
  return {
    /** The whole file travels in one message. */
    upload: (content: Uint8Array, channelId: string, filename: string) =>
      call("UploadFile", content, channelId, filename),
    get: (fileId: string) => call("GetFile", fileId),
    /** Name, size and kind of a file. */
    getDescription: (fileId: string) => call("GetFileInfo", fileId),
    getLink: (fileId: string) => call("GetFileLink", fileId),
    read: (path: string) => call("ReadFile", path),
    /** Copies the files' entries for another user and answers the new ids. */
    copyDescriptions: (userId: string, fileIds: readonly string[]) => call("CopyFileInfos", userId, fileIds),
    createUploadSession: (session: Input<typeof UploadSession>) => call("CreateUploadSession", session),
    getUploadSession: (uploadId: string) => call("GetUploadSession", uploadId),
  };
}
