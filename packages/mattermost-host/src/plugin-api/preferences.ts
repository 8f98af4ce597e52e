import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import type { Caller } from "./caller.ts";

/** Preferences of any user. The plugin is told of its own writes too (facts 5). */
export function preferencesApi({ system, activity }: Caller): ApiImplementation {
  return {
    GetPreferenceForUser: (userId, category, name) => system.preferences.get(userId, category, name),
    GetPreferencesForUser: (userId) => system.preferences.list(userId),
    UpdatePreferencesForUser: (userId, preferences) => activity.savePreferences(userId, preferences),
    DeletePreferencesForUser: (userId, preferences) => activity.deletePreferences(userId, preferences),
  };
}
