import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import { AppError } from "../app-error.ts";
import { noUser } from "../system/file-store.ts";
import type { Caller } from "./caller.ts";

/** Files. An upload through this API has no owner, and its size is not limited (facts 4). */
export function filesApi({ system }: Caller): ApiImplementation {
  const { files } = system;
  return {
    UploadFile: (content, channelId, name) => files.add(content ?? new Uint8Array(), channelId, name, noUser),
    GetFile: (fileId) => files.content(fileId),
    GetFileInfo: (fileId) => files.info(fileId),
    GetFileLink() {
      throw new AppError("api.file.get_public_link.disabled");
    },
    ReadFile: (path) => files.byPath(path),
    CopyFileInfos: (userId, fileIds) => files.copy(fileIds, userId),
  };
}
