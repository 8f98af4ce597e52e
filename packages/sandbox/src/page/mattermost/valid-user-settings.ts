import type { RadioSetting, SettingsSection, UserSettings } from "@msteams-notifications/webapp/registry";

/** What Mattermost keeps of a registered page, and what it found wrong, each to follow "settings". */
export interface CheckedUserSettings {
  readonly valid: UserSettings | undefined;
  readonly faults: readonly string[];
}

/**
 * Mattermost drops what has an empty text where one is required, and the whole page when no section is left (facts,
 * section 5; WC/utils/plugins/plugin_setting_extraction).
 */
export function validUserSettings({ action, ...settings }: UserSettings): CheckedUserSettings {
  const faults: string[] = [];
  const kept = <Part>(part: Part, fault: string, isValid: boolean): Part[] => {
    if (!isValid) faults.push(fault);
    return isValid ? [part] : [];
  };
  const texts = (...all: readonly unknown[]) => all.every((text) => typeof text === "string" && text !== "");
  const radio = (setting: RadioSetting): RadioSetting[] => {
    const options = setting.options.flatMap((option) =>
      kept(option, `with an option without a text in "${setting.name}"`, texts(option.value, option.text)),
    );
    const isValid = texts(setting.name, setting.default) && options.length > 0;
    return kept({ ...setting, options }, `with a choice without name, default or options`, isValid);
  };
  const section = (given: SettingsSection): SettingsSection[] => {
    if ("component" in given) {
      const isComponent = typeof given.component === "function" && texts(given.title);
      return kept(given, "with a section without title or component", isComponent);
    }
    const inside = given.settings.flatMap(radio);
    const isValid = texts(given.title) && inside.length > 0;
    return kept({ ...given, settings: inside }, "with a section without title or choices", isValid);
  };
  const sections = settings.sections.flatMap(section);
  const actions =
    action === undefined
      ? []
      : kept(action, "with an incomplete action", texts(action.title, action.text, action.buttonText));
  const [page] = kept(
    { ...settings, sections, ...(actions[0] && { action: actions[0] }) },
    "without a name or a section",
    texts(settings.uiName) && sections.length > 0,
  );
  return { valid: page, faults };
}
