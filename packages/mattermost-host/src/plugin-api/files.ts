import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import { AppError } from "../app-error.ts";
import { noUser } from "../system/file-store.ts";
import type { Caller } from "./caller.ts";

/** Files. An upload through this API has no owner, and only the pixels of an image are limited (facts 4). */
export function filesApi({ system }: Caller): ApiImplementation {
  const { files, channels, configuration } = system;
  return {
    UploadFile(content, channelId, name) {
      const where = "UploadFile";
      if (channelId !== "" && !channels.find(channelId)) {
        throw new AppError("api.file.upload_file.incorrect_channelId.app_error", { where });
      }
      const file = files.add(content ?? new Uint8Array(), channelId, name, noUser);
      if (file.width * file.height > Number(configuration.current.FileSettings.MaxImageResolution)) {
        files.delete(file.id);
        throw new AppError("api.file.upload_file.large_image.app_error", { where });
      }
      return file;
    },
    GetFile: (fileId) => files.content(fileId),
    GetFileInfo: (fileId) => files.info(fileId),
    GetFileLink() {
      throw new AppError("api.file.get_public_link.disabled");
    },
    ReadFile: (path) => files.byPath(path),
    CopyFileInfos: (userId, fileIds) => files.copy(fileIds, userId),
  };
}
