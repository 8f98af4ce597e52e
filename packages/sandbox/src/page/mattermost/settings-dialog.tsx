import type { RadioSetting, UserSettings } from "@msteams-notifications/webapp/registry";
import { useEffect, useRef, useState } from "preact/hooks";
import { mattermost } from "./client.ts";
import { PostText } from "./post-text.tsx";

/** Settings > Plugin Preferences, drawn from what the plugins registered, as Mattermost draws it. */
export function SettingsDialog(props: {
  readonly userId: string;
  readonly plugins: readonly UserSettings[];
  onClose(): void;
  report(error: unknown): void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="settings" aria-label="Settings" onClose={props.onClose}>
      <h2>Settings</h2>
      <h3>Plugin Preferences</h3>
      {props.plugins.length === 0 && <p>No plugin has preferences.</p>}
      {props.plugins.map((settings) => (
        <PluginSettings key={settings.id} settings={settings} userId={props.userId} report={props.report} />
      ))}
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}

/** Mattermost's name for the plugin's category, cut to the column's length. */
const categoryOf = (pluginId: string) => `pp_${pluginId}`.slice(0, 32);

function PluginSettings(props: {
  readonly settings: UserSettings;
  readonly userId: string;
  report(error: unknown): void;
}) {
  const { settings, userId, report } = props;
  const [saved, setSaved] = useState<ReadonlyMap<string, string>>(new Map());
  const category = categoryOf(settings.id);
  // Read anew when the plugin changed its page: connecting and disconnecting change preferences too.
  useEffect(() => {
    mattermost
      .preferences()
      .then(
        (rows) =>
          setSaved(
            new Map(rows.filter((row) => row.category === category).map((row) => [row.name, row.value])),
          ),
        report,
      );
  }, [settings]);
  const save = (name: string, value: string) => {
    setSaved(new Map([...saved, [name, value]]));
    mattermost.savePreference(userId, category, name, value).catch(report);
  };
  const { action } = settings;
  return (
    <section aria-label={settings.uiName}>
      <h4>{settings.uiName}</h4>
      {action !== undefined && (
        <div class="action">
          <strong>{action.title}</strong>
          <p>{action.text}</p>
          <button type="button" onClick={() => action.onClick()}>
            {action.buttonText}
          </button>
        </div>
      )}
      {settings.sections.map((section) => (
        <fieldset key={section.title} disabled={section.disabled ?? false}>
          <legend>{section.title}</legend>
          {section.settings.map((setting) => (
            <Radio
              key={setting.name}
              setting={setting}
              value={saved.get(setting.name) ?? setting.default}
              onChange={(value) => save(setting.name, value)}
            />
          ))}
        </fieldset>
      ))}
    </section>
  );
}

function Radio(props: {
  readonly setting: RadioSetting;
  readonly value: string;
  onChange(value: string): void;
}) {
  const { setting, value } = props;
  return (
    <>
      <p>{setting.title}</p>
      {setting.options.map((option) => (
        <label key={option.value} class="radio">
          <input
            type="radio"
            name={setting.name}
            checked={option.value === value}
            onChange={() => props.onChange(option.value)}
          />{" "}
          {option.text} {option.helpText !== undefined && <small>{option.helpText}</small>}
        </label>
      ))}
      <div class="help">
        <PostText message={setting.helpText} />
      </div>
    </>
  );
}
