import { type Call, row } from "../contract/row.ts";
import { filled, type Input, slice, string } from "../gob/schema.ts";
import { Preference } from "../models/preference.ts";

/** API methods for per-user preferences (Mattermost plugin API). */
export const preferencesRows = {
  GetPreferenceForUser: row([string, string, string], [Preference], "appError"),
  GetPreferencesForUser: row([string], [filled(slice(Preference))], "appError"),
  UpdatePreferencesForUser: row([string, filled(slice(Preference))], [], "appError"),
  DeletePreferencesForUser: row([string, filled(slice(Preference))], [], "appError"),
};

/** The author's view of {@link preferencesRows}. */
export function preferences(call: Call<typeof preferencesRows>) {
  return {
    get: (userId: string, category: string, name: string) =>
      call("GetPreferenceForUser", userId, category, name),
    list: (userId: string) => call("GetPreferencesForUser", userId),
    update: (userId: string, preferences: readonly Input<typeof Preference>[]) =>
      call("UpdatePreferencesForUser", userId, preferences),
    delete: (userId: string, preferences: readonly Input<typeof Preference>[]) =>
      call("DeletePreferencesForUser", userId, preferences),
  };
}
