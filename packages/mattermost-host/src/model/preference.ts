import type { JsonObject } from "../json.ts";

/** One row of a user's preferences; category, name and value are free text within limits. */
export interface Preference {
  readonly userId: string;
  readonly category: string;
  readonly name: string;
  readonly value: string;
}

export function preferenceJson(preference: Preference): JsonObject {
  return {
    user_id: preference.userId,
    category: preference.category,
    name: preference.name,
    value: preference.value,
  };
}
