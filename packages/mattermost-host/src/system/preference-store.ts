import { AppError } from "../app-error.ts";
import type { Preference } from "../model/preference.ts";

/** Columns of the preferences table are this wide, in bytes (model.Preference.IsValid). */
const maxCategoryBytes = 32;
const maxNameBytes = 32;
/** model.MaxPreferenceValueLength; a longer value is refused, nothing is cut. */
const maxValueRunes = 20_000;

const bytesOf = (text: string) => new TextEncoder().encode(text).length;
const runesOf = (text: string) => [...text].length;

/** Preferences of all users. Saving is all or nothing: one invalid row refuses the whole list. */
export class PreferenceStore {
  readonly #rows = new Map<string, Map<string, Preference>>();

  save(preferences: readonly Preference[]): void {
    for (const preference of preferences) requireValid(preference);
    for (const preference of preferences) {
      const rows = this.#rows.get(preference.userId) ?? new Map<string, Preference>();
      rows.set(keyOf(preference), { ...preference });
      this.#rows.set(preference.userId, rows);
    }
  }

  list(userId: string): Preference[] {
    return [...(this.#rows.get(userId)?.values() ?? [])];
  }

  inCategory(userId: string, category: string): Preference[] {
    return this.list(userId).filter((preference) => preference.category === category);
  }

  get(userId: string, category: string, name: string): Preference {
    const found = this.#rows.get(userId)?.get(keyOf({ category, name }));
    if (!found) throw new AppError("app.preference.get.app_error", { where: "GetPreference" });
    return found;
  }

  delete(preferences: readonly Pick<Preference, "userId" | "category" | "name">[]): void {
    for (const preference of preferences) this.#rows.get(preference.userId)?.delete(keyOf(preference));
  }
}

function keyOf(preference: Pick<Preference, "category" | "name">): string {
  return JSON.stringify([preference.category, preference.name]);
}

function requireValid(preference: Preference): void {
  const invalid = (detail: string) =>
    new AppError("model.preference.is_valid.app_error", { detail, where: "Preference.IsValid" });
  if (preference.category === "" || bytesOf(preference.category) > maxCategoryBytes) {
    throw invalid(`A category has 1 to ${maxCategoryBytes} bytes.`);
  }
  if (bytesOf(preference.name) > maxNameBytes) throw invalid(`A name has at most ${maxNameBytes} bytes.`);
  if (runesOf(preference.value) > maxValueRunes) {
    throw invalid(`A value has at most ${maxValueRunes} characters.`);
  }
}
