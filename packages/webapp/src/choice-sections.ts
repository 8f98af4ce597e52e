import {
  type ChoiceName,
  choiceNames,
  choices,
  valuesOf,
  wordsOf,
} from "@msteams-notifications/server/choices";
import type { ChoiceSection } from "./registry.ts";

/**
 * What a person can choose, from the server's table. A section each, because Mattermost describes a closed section by its
 * first radio alone (facts, section 5). `limits` are the administrator's, by name; undefined disables everything.
 */
export function choiceSections(limits: Readonly<Record<string, string>> | undefined): ChoiceSection[] {
  return choiceNames.map((name) => sectionOf(name, limits === undefined, limits?.[name]));
}

function sectionOf(name: ChoiceName, disabled: boolean, limit: string | undefined): ChoiceSection {
  const { section, question, explanation } = choices[name];
  const values = valuesOf(name);
  const options = values.map((value) => {
    const { option, note } = wordsOf(name, value);
    return { value, text: option, ...(note !== undefined && { helpText: note }) };
  });
  const most = options.find(({ value }) => value === limit && value !== values[0]);
  const allowed = most && `Your administrator allows no more than **${most.text}**.`;
  const radio = {
    type: "radio",
    name,
    title: question,
    helpText: allowed === undefined ? explanation : `${explanation} ${allowed}`,
    default: values[0] ?? "",
    options,
  };
  return { title: section, disabled, settings: [{ ...radio, type: "radio" }] };
}
