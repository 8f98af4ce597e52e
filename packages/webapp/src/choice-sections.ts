import {
  type ChoiceName,
  choiceNames,
  choices,
  valuesOf,
  wordsOf,
} from "@msteams-notifications/server/choices";
import type { SettingsSection } from "./registry.ts";

/**
 * What a person can choose, from the server's table. A section each, because Mattermost describes a closed section by its
 * first radio alone (facts, section 5).
 */
export function choiceSections(disabled: boolean): SettingsSection[] {
  return choiceNames.map((name) => sectionOf(name, disabled));
}

function sectionOf(name: ChoiceName, disabled: boolean): SettingsSection {
  const { section, question, explanation } = choices[name];
  const values = valuesOf(name);
  const options = values.map((value) => {
    const { option, note } = wordsOf(name, value);
    return { value, text: option, ...(note !== undefined && { helpText: note }) };
  });
  const radio = {
    type: "radio",
    name,
    title: question,
    helpText: explanation,
    default: values[0] ?? "",
    options,
  };
  return { title: section, disabled, settings: [{ ...radio, type: "radio" }] };
}
