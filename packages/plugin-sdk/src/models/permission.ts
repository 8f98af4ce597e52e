import { type Infer, string, struct } from "../gob/schema.ts";

/** Mattermost's `model.Permission`. Mattermost compares only `id`, such as `manage_system`. */
export const Permission = struct("Permission", {
  id: string,
  name: string,
  description: string,
  scope: string,
});
export interface Permission extends Infer<typeof Permission> {}
