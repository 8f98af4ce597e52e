import { type Choices, defaultChoices } from "./choices.ts";

/** How one person wants to be told of Teams messages. */
export interface ReaderPreferences extends Choices {}

/** Of whoever never chose. */
export const defaultPreferences: ReaderPreferences = defaultChoices;

/** Of someone who wants whatever there is. */
export const mostWelcoming: ReaderPreferences = {
  ...defaultPreferences,
  notifications: "on",
  when: "always",
  direct: "all",
  groups: "all",
  meetings: "all",
  bots: "on",
};
