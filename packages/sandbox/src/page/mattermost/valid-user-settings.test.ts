import { expect, test } from "bun:test";
import type { UserSettings } from "@msteams-notifications/webapp/registry";
import { validUserSettings } from "./valid-user-settings.ts";

const radio = {
  type: "radio",
  name: "notifications",
  title: "Notify me",
  helpText: "",
  default: "on",
  options: [
    { value: "on", text: "On" },
    { value: "off", text: "Off" },
  ],
} as const;
const action = { title: "Connected", text: "As Ada.", buttonText: "Disconnect", onClick: () => {} };
const page: UserSettings = {
  id: "plugin",
  uiName: "Plugin",
  action,
  sections: [
    { title: "First", settings: [radio] },
    { title: "Second", settings: [radio] },
  ],
};
const titles = (settings: UserSettings | undefined) => settings?.sections.map(({ title }) => title);

test("a complete page is kept as it is", () => {
  expect(validUserSettings(page)).toEqual({ valid: page, faults: [] });
});

test("a part with an empty text is dropped, and the rest is kept", () => {
  const unnamed = { ...page, sections: [{ title: "", settings: [radio] }, ...page.sections] };
  expect(titles(validUserSettings(unnamed).valid)).toEqual(["First", "Second"]);
  const withoutDefault = { title: "Third", settings: [{ ...radio, default: "" }] };
  expect(titles(validUserSettings({ ...page, sections: [...page.sections, withoutDefault] }).valid)).toEqual([
    "First",
    "Second",
  ]);
  const option = { ...radio, options: [{ value: "on", text: "" }, ...radio.options.slice(1)] };
  const { valid, faults } = validUserSettings({
    ...page,
    sections: [{ title: "First", settings: [option] }],
  });
  expect(valid?.sections[0]).toMatchObject({ settings: [{ options: [{ value: "off", text: "Off" }] }] });
  expect(faults).toEqual(['with an option without a text in "notifications"']);
  expect(validUserSettings({ ...page, action: { ...action, buttonText: "" } }).valid?.action).toBeUndefined();
});

test("without a name or a section that holds anything nothing is left", () => {
  expect(validUserSettings({ ...page, uiName: "" }).valid).toBeUndefined();
  const empty = { ...page, sections: [{ title: "First", settings: [] }] };
  expect(validUserSettings(empty).valid).toBeUndefined();
  expect(validUserSettings(empty).faults).toHaveLength(2);
});

test("a section that a plugin draws itself has a title and a function, not an object that React would take as well", () => {
  const drawn = { title: "Drawn", component: () => null };
  expect(titles(validUserSettings({ ...page, sections: [drawn] }).valid)).toEqual(["Drawn"]);
  const memo = { ...drawn, component: {} } as unknown as typeof drawn;
  const { valid, faults } = validUserSettings({ ...page, sections: [...page.sections, memo] });
  expect(titles(valid)).not.toContain("Drawn");
  expect(faults).toEqual(["with a section without title or component"]);
});
