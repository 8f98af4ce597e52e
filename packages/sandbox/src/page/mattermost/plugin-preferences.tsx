import type { ChoiceSection, UserSettings } from "@msteams-notifications/webapp/registry";
import { h, type VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { mattermost } from "./client.ts";
import { OpenSection } from "./open-section.tsx";

/** Mattermost's name for the plugin's category, cut to the column's length. */
const categoryOf = (pluginId: string) => `pp_${pluginId}`.slice(0, 32);

/** The page of one plugin: its call to action, and its sections, of which one at a time is open. */
export function PluginPreferences(props: {
  readonly settings: UserSettings;
  readonly userId: string;
  report(error: unknown): void;
}) {
  const { settings, userId, report } = props;
  const [saved, setSaved] = useState<ReadonlyMap<string, string>>(new Map());
  const [active, setActive] = useState<string>();
  const category = categoryOf(settings.id);
  // Read anew when the plugin changed its page: connecting and disconnecting change preferences too.
  useEffect(() => {
    let left = false;
    const show = (rows: Awaited<ReturnType<typeof mattermost.preferences>>) => {
      const own = rows.filter((row) => row.category === category);
      if (!left) setSaved(new Map(own.map(({ name, value }) => [name, value])));
    };
    mattermost.preferences().then(show, report);
    return () => {
      left = true;
    };
  }, [settings]);
  const save = (changes: ReadonlyMap<string, string>) => {
    setSaved(new Map([...saved, ...changes]));
    setActive(undefined);
    for (const [name, value] of changes)
      mattermost.savePreference(userId, category, name, value).catch(report);
  };
  const { action } = settings;
  return (
    <section aria-label={settings.uiName}>
      <h3>{settings.uiName} Settings</h3>
      {action !== undefined && (
        <div class="action">
          <strong>{action.title}</strong>
          <p>{action.text}</p>
          <button type="button" onClick={() => action.onClick()}>
            {action.buttonText}
          </button>
        </div>
      )}
      {settings.sections.map((section) =>
        "component" in section ? (
          <Drawn key={section.title} component={section.component} />
        ) : section.title === active && section.disabled !== true ? (
          <OpenSection
            key={section.title}
            section={section}
            saved={saved}
            onSave={save}
            onCancel={() => setActive(undefined)}
          />
        ) : (
          <ClosedSection
            key={section.title}
            section={section}
            saved={saved}
            onEdit={() => setActive(section.title)}
          />
        ),
      )}
    </section>
  );
}

/** Whatever a plugin draws, with the React that plugins are given here. */
function Drawn({ component: Component }: { readonly component: () => unknown }) {
  return h(Component as () => VNode, null);
}

/** A closed section tells what its first setting says, and can be opened unless it is disabled. */
function ClosedSection(props: {
  readonly section: ChoiceSection;
  readonly saved: ReadonlyMap<string, string>;
  onEdit(): void;
}) {
  const { title, settings, disabled = false } = props.section;
  const [first] = settings;
  const value = first && (props.saved.get(first.name) ?? first.default);
  return (
    // biome-ignore lint/a11y/useSemanticElements: nothing in it is filled in.
    <div role="group" aria-label={title} aria-disabled={disabled} class="section closed">
      <strong>{title}</strong>
      {!disabled && (
        <button type="button" aria-label={`Edit ${title}`} onClick={props.onEdit}>
          Edit
        </button>
      )}
      <span>{first?.options.find((option) => option.value === value)?.text}</span>
    </div>
  );
}
