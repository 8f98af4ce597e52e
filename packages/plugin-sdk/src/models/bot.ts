import { bool, type Infer, int, ptr, string, struct } from "../gob/schema.ts";

/** Mattermost's `model.Bot`; times are milliseconds since 1970. */
export const Bot = struct("Bot", {
  userId: string,
  username: string,
  displayName: string,
  description: string,
  ownerId: string,
  lastIconUpdate: int,
  createAt: int,
  updateAt: int,
  deleteAt: int,
});
export interface Bot extends Infer<typeof Bot> {}

/** Mattermost's `model.BotPatch`. */
export const BotPatch = struct("BotPatch", {
  username: ptr(string),
  displayName: ptr(string),
  description: ptr(string),
});
export interface BotPatch extends Infer<typeof BotPatch> {}

/** Which bots to list; `page` counts from 0. */
export const BotGetOptions = struct("BotGetOptions", {
  ownerId: string,
  includeDeleted: bool,
  onlyOrphaned: bool,
  page: int,
  perPage: int,
});
export interface BotGetOptions extends Infer<typeof BotGetOptions> {}
