import { type Infer, string, struct } from "../gob/schema.ts";

/** Mattermost's `model.Preference`. */
export const Preference = struct("Preference", {
  userId: string,
  category: string,
  name: string,
  value: string,
});
export interface Preference extends Infer<typeof Preference> {}
