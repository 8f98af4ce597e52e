import { bool, type Infer, int, string, struct } from "../gob/schema.ts";

/** Wire form of Mattermost's `model.AppError`; authors meet the class `AppError` instead. */
export const AppErrorModel = struct("AppError", {
  id: string,
  message: string,
  detailedError: string,
  requestId: string,
  statusCode: int,
  where: string,
  skipTranslation: bool,
});
export interface AppErrorModel extends Infer<typeof AppErrorModel> {}
